import type { DeviceModel } from '../device-model.ts';

/** IonQ Forte Enterprise 1; means of its calibration. */
export const ionqForteEnterprise1: DeviceModel = {
  id: 'ionq-forte-enterprise-1',
  name: 'IonQ Forte Enterprise 1',
  vendor: 'IonQ',
  technology: 'trapped ion (Yb)',
  qubits: 36,
  nativeGates: ['gpi', 'gpi2', 'zz'],
  edges: null,
  oneQubitError: 0.0001,
  twoQubitError: 0.0075,
  readoutError: 0.0045,
  times: { T1: 188, T2: 0.95, oneQubitGate: 63e-6, twoQubitGate: 650e-6, readout: 250e-6 },
  isDynamic: false,
  calibratedAt: '2026-05-03T00:00:00+00:00',
  source:
    'amazon-braket/amazon-braket-examples@9b71ff6bca test/integ_tests/default_data/ionq_forte_enterprise_device_capabilities.json',
};
