import { type Ansatz, layers } from './ansatz.ts';
import { initialState } from './initial-state.ts';
import { entanglement } from './pairs.ts';
import { rotationsAndCouplings } from './rotations-and-couplings.ts';

export const hardwareEfficient: Ansatz = {
  id: 'hardware-efficient',
  title: 'Hardware efficient',
  summary:
    'RX and RZ on every qubit and CZ between layers, as machines have them (Kandala et al. 2017, arXiv:1704.05018).',
  parameters: [layers(2), entanglement, initialState],
  circuit: ({ qubits }, settings) =>
    rotationsAndCouplings(qubits, settings, { rotations: ['rx', 'rz'], coupling: 'cz' }),
};
