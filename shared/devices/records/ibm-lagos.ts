import { type DeviceRecord, pairsOf } from '../device.ts';

/** IBM Falcon r5.11H, retired; medians of its last calibration, with the readout of a machine near its end. */
export const ibmLagos: DeviceRecord = {
  id: 'ibm-lagos',
  provider: 'ibm',
  vendor: 'IBM',
  name: 'ibm_lagos',
  technology: 'superconducting transmon',
  qubits: 7,
  couplings: pairsOf([0, 1, 1, 0, 1, 2, 1, 3, 2, 1, 3, 1, 3, 5, 4, 5, 5, 3, 5, 4, 5, 6, 6, 5]),
  nativeGates: ['id', 'rz', 'sx', 'x', 'cx'],
  gates: [
    { gate: 'id', error: 0.00025284, duration: 3.5556e-8 },
    { gate: 'rz', error: 0, duration: 0 },
    { gate: 'sx', error: 0.00025284, duration: 3.5556e-8 },
    { gate: 'x', error: 0.00025284, duration: 3.5556e-8 },
    { gate: 'cx', error: 0.010494, duration: 4.6933e-7 },
  ],
  T1: 0.00010544,
  T2: 7.2399e-5,
  readout: { read1Given0: 0.169, read0Given1: 0.169, duration: 7.8933e-7 },
  isDynamic: true,
  shots: { min: 1, max: 100000 },
  price: {},
  calibratedAt: '2024-05-27T15:51:15-03:00',
  source:
    'Qiskit/qiskit-ibm-runtime@73514f0660 qiskit_ibm_runtime/fake_provider/backends/lagos/conf_lagos.json + props_lagos.json',
};
