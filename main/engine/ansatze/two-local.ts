import { type Ansatz, layers } from './ansatz.ts';
import { initialState } from './initial-state.ts';
import { entanglement } from './pairs.ts';
import { rotationsAndCouplings } from './rotations-and-couplings.ts';

export const twoLocal: Ansatz = {
  id: 'two-local',
  title: 'Two-local',
  summary: 'Rotations and couplings of your choice in layers.',
  parameters: [
    layers(2),
    {
      kind: 'choice',
      id: 'rotations',
      title: 'Rotations',
      help: 'The turns of every qubit in a layer, in their order.',
      default: 'ry',
      options: ['rx', 'ry', 'rz', 'rx-ry', 'rx-rz', 'ry-rz', 'rx-ry-rz', 'rz-ry-rz'].map(
        (value) => ({
          value,
          title: value.toUpperCase().replaceAll('-', ', '),
        }),
      ),
    },
    {
      kind: 'choice',
      id: 'coupling',
      title: 'Coupling',
      help: 'The gate on each pair of qubits between two layers of rotations.',
      default: 'cz',
      options: ['cx', 'cz', 'iswap', 'ecr'].map((value) => ({ value, title: value.toUpperCase() })),
    },
    entanglement,
    initialState,
  ],
  circuit: ({ qubits }, settings) =>
    rotationsAndCouplings(qubits, settings, {
      rotations: (settings['rotations'] as string).split('-'),
      coupling: settings['coupling'] as string,
    }),
};
