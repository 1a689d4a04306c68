import type { DeviceRecord } from '../device.ts';

/** IonQ Forte 1: no calibration of it is public, so it has the figures of Forte Enterprise 1. */
export const ionqForte1: DeviceRecord = {
  id: 'ionq-forte-1',
  provider: 'ionq',
  vendor: 'IonQ',
  name: 'IonQ Forte-1',
  technology: 'trapped ion (Yb)',
  qubits: 36,
  couplings: null,
  nativeGates: ['gpi', 'gpi2', 'rzz'],
  gates: [
    { gate: 'gpi', error: 0.0001, duration: 63e-6 },
    { gate: 'gpi2', error: 0.0001, duration: 63e-6 },
    { gate: 'rzz', error: 0.0075, duration: 650e-6 },
  ],
  T1: 188,
  T2: 0.95,
  readout: { read1Given0: 0.0045, read0Given1: 0.0045, duration: 250e-6 },
  isDynamic: false,
  shots: null,
  price: {},
  calibratedAt: '2026-05-03T00:00:00+00:00',
  source:
    'amazon-braket/amazon-braket-examples@9b71ff6bca test/integ_tests/default_data/ionq_forte_enterprise_device_capabilities.json (of Forte Enterprise 1)',
};
