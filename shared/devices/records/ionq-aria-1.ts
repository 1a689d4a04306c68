import type { DeviceRecord } from '../device.ts';

/** IonQ Aria, retired; the averages that its maker gave, 10 s of its 10 to 100 s of T1. */
export const ionqAria1: DeviceRecord = {
  id: 'ionq-aria-1',
  provider: 'ionq',
  vendor: 'IonQ',
  name: 'IonQ Aria 1',
  technology: 'trapped ion (Yb)',
  qubits: 25,
  couplings: null,
  nativeGates: ['gpi', 'gpi2', 'ms'],
  gates: [
    { gate: 'gpi', error: 0.0005, duration: 135e-6 },
    { gate: 'gpi2', error: 0.0005, duration: 135e-6 },
    { gate: 'ms', error: 0.004, duration: 600e-6 },
  ],
  T1: 10,
  T2: 1,
  readout: { read1Given0: 0.0039, read0Given1: 0.0039, duration: null },
  isDynamic: false,
  shots: null,
  price: {},
  calibratedAt: '2024-01-01T00:00:00+00:00',
  source: 'learn.microsoft.com azure/quantum/provider-ionq (undated, about 2024)',
};
