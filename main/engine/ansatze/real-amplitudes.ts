import { type Ansatz, layers } from './ansatz.ts';
import { initialState } from './initial-state.ts';
import { entanglement } from './pairs.ts';
import { rotationsAndCouplings } from './rotations-and-couplings.ts';

export const realAmplitudes: Ansatz = {
  id: 'real-amplitudes',
  title: 'Real amplitudes',
  summary:
    'RY on every qubit and CX between layers: states without complex amplitudes, enough for Hamiltonians without Y.',
  parameters: [layers(2), entanglement, initialState],
  circuit: ({ qubits }, settings) =>
    rotationsAndCouplings(qubits, settings, { rotations: ['ry'], coupling: 'cx' }),
};
