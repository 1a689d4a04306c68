import { type DeviceRecord, pairsOf } from '../device.ts';

/** Infidelity of √X by qubit; X is as good. */
const rootX = [0.00015507, 0.00039219, 0.00074582, 0.00021222, 0.00035387];

/** IBM Falcon r5.11L, retired: its calibration qubit by qubit and pair by pair; pairs without a figure are out of use. */
export const ibmqManila: DeviceRecord = {
  id: 'ibmq-manila',
  provider: 'ibm',
  vendor: 'IBM',
  name: 'ibmq_manila',
  technology: 'superconducting transmon',
  qubits: 5,
  couplings: pairsOf([0, 1, 1, 0, 1, 2, 2, 1, 2, 3, 3, 2, 3, 4, 4, 3]),
  nativeGates: ['id', 'rz', 'sx', 'x', 'cx'],
  gates: [
    { gate: 'id', error: rootX, duration: 3.5556e-8 },
    { gate: 'rz', error: 0, duration: 0 },
    { gate: 'sx', error: rootX, duration: 3.5556e-8 },
    { gate: 'x', error: rootX, duration: 3.5556e-8 },
    {
      gate: 'cx',
      error: [0.0088277, 0.0088277, 0.01394, 0.01394, 0.011354, 0.011354, 0.0056963, 0.0056963],
      duration: [
        2.7733e-7, 3.1289e-7, 4.6933e-7, 5.0489e-7, 3.5556e-7, 3.9111e-7, 3.3422e-7, 2.9867e-7,
      ],
    },
  ],
  T1: [0.00013153, 0.00012454, 0.00015862, 0.0001791, 0.00014467],
  T2: [0.0001022, 7.9015e-5, 2.5151e-5, 5.4361e-5, 4.0332e-5],
  readout: {
    read1Given0: [0.0158, 0.0122, 0.0702, 0.0084, 0.0088],
    read0Given1: [0.0548, 0.0316, 0.1226, 0.0204, 0.0284],
    duration: 5.3511e-6,
  },
  isDynamic: true,
  shots: { min: 1, max: 100000 },
  price: {},
  calibratedAt: '2024-05-27T15:27:23-03:00',
  source:
    'Qiskit/qiskit-ibm-runtime@73514f0660 qiskit_ibm_runtime/fake_provider/backends/manila/conf_manila.json + props_manila.json',
};
