import { type Device, listingOf } from '#shared/devices/listing.ts';
import { ionqForteEnterprise1 } from '#shared/devices/records/ionq-forte-enterprise-1.ts';

const common = {
  provider: 'ionq',
  technology: 'trapped ion (Yb)',
  status: 'needs-credential',
  queueLength: null,
  queueSeconds: null,
  edges: null,
  isDynamic: false,
} as const satisfies Partial<Device>;

/** IonQ's machines as far as they are known without an account. */
export const ionqDevices: readonly Device[] = [
  {
    ...common,
    id: 'ionq.simulator',
    name: 'IonQ simulator',
    kind: 'simulator',
    technology: 'classical simulation at IonQ',
    qubits: 29,
    nativeGates: [],
    errorRates: {},
    times: {},
    shots: { min: 1, max: 1_000_000 },
    calibratedAt: null,
    source: 'IonQ Quantum Cloud API v0.4',
  },
  {
    ...common,
    id: 'ionq.qpu.forte-1',
    name: 'IonQ Forte-1',
    kind: 'qpu',
    qubits: 36,
    nativeGates: ['gpi', 'gpi2', 'zz'],
    errorRates: {},
    times: {},
    shots: { min: 1, max: 10_000 },
    calibratedAt: null,
    source: 'IonQ Quantum Cloud API v0.4; no calibration published in the sources at hand',
  },
  {
    ...listingOf(ionqForteEnterprise1, { ...common, kind: 'qpu' }),
    id: 'ionq.qpu.forte-enterprise-1',
    nativeGates: ['gpi', 'gpi2', 'zz'],
    shots: { min: 1, max: 10_000 },
  },
];

/** "ionq.qpu.forte-1" → "qpu.forte-1", the vendor's own name. */
export function backendOf(deviceId: string): string {
  return deviceId.replace(/^ionq\./, '');
}
