import { type DeviceRecord, pairsOf } from '../device.ts';

/** IQM Emerald; medians of its calibration. Qubits count from 0, the vendor's from 1. Its own prx(θ, φ) is written as rx between turns about z, which cost nothing. Durations are not published. */
export const iqmEmerald: DeviceRecord = {
  id: 'iqm-emerald',
  provider: 'braket',
  vendor: 'IQM',
  name: 'IQM Emerald',
  technology: 'superconducting transmon',
  qubits: 54,
  couplings: pairsOf([
    0, 1, 0, 4, 1, 5, 2, 3, 2, 8, 3, 4, 3, 9, 4, 5, 4, 10, 5, 6, 5, 11, 7, 8, 7, 15, 8, 9, 8, 16, 9,
    10, 10, 11, 10, 18, 11, 12, 11, 19, 12, 13, 12, 20, 13, 21, 14, 15, 14, 22, 15, 16, 15, 23, 16,
    17, 16, 24, 17, 18, 17, 25, 18, 19, 18, 26, 19, 20, 19, 27, 20, 21, 20, 28, 21, 29, 22, 23, 23,
    24, 23, 31, 24, 25, 24, 32, 25, 26, 25, 33, 26, 27, 26, 34, 27, 28, 27, 35, 28, 29, 28, 36, 29,
    30, 30, 38, 31, 32, 32, 33, 32, 40, 33, 34, 33, 41, 34, 35, 34, 42, 35, 36, 35, 43, 36, 37, 36,
    44, 37, 38, 37, 45, 39, 40, 40, 41, 40, 46, 41, 42, 41, 47, 43, 44, 43, 49, 44, 45, 44, 50, 46,
    47, 47, 48, 47, 51, 48, 52, 49, 50, 49, 53, 51, 52, 52, 53,
  ]),
  nativeGates: ['rx', 'rz', 'cz'],
  gates: [
    { gate: 'rx', error: 0.00058669, duration: null },
    { gate: 'rz', error: 0, duration: 0 },
    { gate: 'cz', error: 0.0054068, duration: null },
  ],
  T1: 4.8465e-5,
  T2: 1.3855e-5,
  readout: { read1Given0: 0.031875, read0Given1: 0.031875, duration: null },
  isDynamic: false,
  shots: { min: 1, max: 200000 },
  price: { perShot: 0.0016, perTask: 0.3 },
  calibratedAt: '2025-11-06T21:04:31.777315+00:00',
  source:
    'amazon-braket/amazon-braket-examples@9b71ff6bca examples/error_mitigation/on_mitiq/emerald_properties_251106.json',
};
