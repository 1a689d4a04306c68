import { type DeviceRecord, pairsOf } from '../device.ts';

/** IQM Garnet: its calibration qubit by qubit and pair by pair; pairs without a figure are out of use. Qubits count from 0, the vendor's from 1. Its own prx(θ, φ) is written as rx between turns about z, which cost nothing. Durations are not published. */
export const iqmGarnet: DeviceRecord = {
  id: 'iqm-garnet',
  provider: 'braket',
  vendor: 'IQM',
  name: 'IQM Garnet',
  technology: 'superconducting transmon',
  qubits: 20,
  couplings: pairsOf([
    0, 1, 0, 3, 1, 4, 2, 3, 2, 7, 3, 4, 3, 8, 4, 5, 4, 9, 5, 6, 5, 10, 6, 11, 7, 8, 7, 12, 8, 9, 8,
    13, 9, 10, 9, 14, 10, 11, 10, 15, 11, 16, 12, 13, 13, 14, 13, 17, 14, 15, 14, 18, 15, 16, 15,
    19, 17, 18, 18, 19,
  ]),
  nativeGates: ['rx', 'rz', 'cz'],
  gates: [
    {
      gate: 'rx',
      error: [
        0.00069097, 0.00068496, 0.00082831, 0.0056749, 0.00086026, 0.0011758, 0.0022313, 0.00063714,
        0.00059167, 0.0051215, 0.00053472, 0.0037297, 0.0010518, 0.00055808, 0.00048893, 0.003245,
        0.00059457, 0.00052123, 0.00037623, 0.00036808,
      ],
      duration: null,
    },
    { gate: 'rz', error: 0, duration: 0 },
    {
      gate: 'cz',
      error: [
        0.0040306, 0.004342, 0.0040541, 0.019885, 0.0077956, 0.0027623, 0.019969, 0.0051224,
        0.0051243, 0.0042018, 0.0049882, 0.0081286, 0.0070786, 0.0040594, 0.0039943, 0.0033569,
        0.012288, 0.003742, 0.017708, 0.0037431, 0.014285, 0.0053464, 0.0030679, 0.0036259,
        0.010735, 0.0034291, 0.0033158, 0.0021762, 0.0031911, 0.0023125,
      ],
      duration: null,
    },
  ],
  T1: [
    3.6548e-5, 2.8978e-5, 2.2771e-5, 2.5515e-5, 5.2942e-5, 3.0567e-5, 4.0889e-5, 1.8505e-5,
    4.6039e-5, 4.1561e-5, 3.9079e-5, 2.4389e-5, 4.7732e-5, 4.5457e-5, 2.9971e-5, 3.3667e-5,
    4.4966e-5, 3.1904e-5, 4.635e-5, 4.879e-5,
  ],
  T2: [
    8.3533e-6,
    6.6935e-6,
    8.5673e-6,
    1.4605e-6,
    5.5487e-6,
    5.8068e-6,
    9.2526e-6,
    8.6946e-6,
    1.0919e-5,
    7.2684e-6,
    1.0506e-5,
    null,
    7.9747e-6,
    7.8859e-6,
    1.2654e-5,
    2.1955e-6,
    1.3449e-5,
    1.0859e-5,
    9.2552e-6,
    2.3888e-5,
  ],
  readout: {
    read1Given0: [
      0.0107, 0.0084, 0.0094, 0.0061, 0.0162, 0.0138, 0.014, 0.0067, 0.0144, 0.0128, 0.0099, 0.0803,
      0.0217, 0.0148, 0.0076, 0.01, 0.0137, 0.0165, 0.0261, 0.0186,
    ],
    read0Given1: [
      0.0132, 0.0141, 0.0374, 0.0674, 0.0365, 0.0255, 0.0233, 0.0129, 0.022, 0.0255, 0.0202, 0.0739,
      0.0447, 0.0204, 0.0262, 0.0125, 0.0134, 0.035, 0.0123, 0.0181,
    ],
    duration: null,
  },
  isDynamic: false,
  shots: { min: 1, max: 20000 },
  price: { perShot: 0.00145, perTask: 0.3 },
  calibratedAt: '2026-05-05T16:45:26.355472+00:00',
  source:
    'amazon-braket/amazon-braket-examples@9b71ff6bca test/integ_tests/default_data/iqm_garnet_device_capabilities.json',
};
