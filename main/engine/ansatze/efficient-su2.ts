import { type Ansatz, layers } from './ansatz.ts';
import { initialState } from './initial-state.ts';
import { entanglement } from './pairs.ts';
import { rotationsAndCouplings } from './rotations-and-couplings.ts';

export const efficientSu2: Ansatz = {
  id: 'efficient-su2',
  title: 'Efficient SU(2)',
  summary: 'RY and RZ on every qubit and CX between layers: any turn of a qubit, in few gates.',
  parameters: [layers(2), entanglement, initialState],
  circuit: ({ qubits }, settings) =>
    rotationsAndCouplings(qubits, settings, { rotations: ['ry', 'rz'], coupling: 'cx' }),
};
