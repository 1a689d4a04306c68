/**
 * Best seconds of other simulators on two cores of Zen 4, for one and two threads, and how far below
 * them the kernels are meant to be: qsim with AVX-512 in complex64, qulacs in complex128.
 */
export interface PeerTimes {
  readonly peer: 'qsim' | 'qulacs';
  readonly seconds: readonly [number | null, number | null];
  readonly share: number;
}

export const peers: Readonly<Record<string, Readonly<Partial<Record<'f32' | 'f64', PeerTimes>>>>> =
  {
    'random cz 22': {
      f32: { peer: 'qsim', seconds: [0.152, 0.089], share: 1.2 },
      f64: { peer: 'qulacs', seconds: [0.494, 0.268], share: 0.7 },
    },
    'random fsim 20': {
      f32: { peer: 'qsim', seconds: [0.041, 0.021], share: 1.5 },
      f64: { peer: 'qulacs', seconds: [0.175, 0.082], share: 0.9 },
    },
    'Fourier 22': {
      f32: { peer: 'qsim', seconds: [0.451, 0.24], share: 0.4 },
      f64: { peer: 'qulacs', seconds: [1.65, 0.91], share: 0.2 },
    },
    'QAOA 20 with its cost': {
      f32: { peer: 'qsim', seconds: [0.0705, 0.0373], share: 0.8 },
      f64: { peer: 'qulacs', seconds: [1.15, 0.539], share: 0.15 },
    },
    'gradient of hardware-efficient 16': {
      f64: { peer: 'qulacs', seconds: [0.166, 0.0975], share: 0.6 },
    },
  };

/** What the machine of those times moves in place over 512 MiB, reading and writing: GB/s by threads. */
export const peerBandwidth = [32, 70] as const;
