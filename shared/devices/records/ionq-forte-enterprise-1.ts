import type { DeviceRecord } from '../device.ts';

/** IonQ Forte Enterprise 1; means of its calibration. */
export const ionqForteEnterprise1: DeviceRecord = {
  id: 'ionq-forte-enterprise-1',
  provider: 'ionq',
  vendor: 'IonQ',
  name: 'IonQ Forte Enterprise 1',
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
    'amazon-braket/amazon-braket-examples@9b71ff6bca test/integ_tests/default_data/ionq_forte_enterprise_device_capabilities.json',
};
