import { KernelState, runOver } from '#engine/kernels/kernel-state.ts';
import { inWorkshop, ownCrew } from '#engine/kernels/workshop.ts';
import { runsMs } from '../bench-row.ts';

/** Milliseconds of one multiplication in place of all amplitudes: the least that any gate can take. */
export function sweepMs(qubits: number, precision: 'f32' | 'f64', threads: number): number {
  return inWorkshop({ threads }, () => {
    ownCrew().complete();
    const state = KernelState.zero(qubits, precision);
    const extras = [{ at: 24, double: 0.999 }];
    const [fastest] = runsMs(() => runOver(state, 'scale', state, { extras }), 7);
    return fastest as number;
  });
}

/** GB/s of that over 512 MiB, read and written. */
export function bandwidth(threads: number): number {
  const bytes = 2 ** 29;
  return (2 * bytes) / (sweepMs(25, 'f64', threads) * 1e6);
}
