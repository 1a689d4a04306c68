import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { type Ansatz, layers, openCircuit } from './ansatz.ts';
import { startOf, initialState } from './initial-state.ts';
import type { Pair } from './pairs.ts';

/**
 * Any gate on two qubits (turns of both, then XX, YY and ZZ: Cartan's decomposition) on the pairs from an even
 * qubit, then on those from an odd one; at the end a turn of every qubit.
 */
export const brickwork: Ansatz = {
  id: 'brickwork',
  title: 'Brickwork',
  summary:
    'General gates on neighbours, shifted by one qubit from row to row like bricks in a wall.',
  parameters: [layers(1), initialState],
  circuit: ({ qubits }, settings) =>
    openCircuit(qubits, (theta) => {
      const turn = (q: number): Operation[] =>
        ['rz', 'ry', 'rz'].map((name) => gate(name, [q], [theta()]));
      const brick = (pair: Pair): Operation[] => [
        ...pair.flatMap(turn),
        ...['rxx', 'ryy', 'rzz'].map((name) => gate(name, pair, [theta()])),
      ];
      const rowFrom = (first: number): Pair[] =>
        Array.from({ length: Math.floor((qubits - first) / 2) }, (_, k) => [
          first + 2 * k,
          first + 2 * k + 1,
        ]);
      const wall = [...rowFrom(0), ...rowFrom(1)];
      const bricks = Array.from({ length: settings['layers'] as number }, () =>
        wall.flatMap(brick),
      );
      return [
        ...startOf(settings, qubits, '0'),
        ...bricks.flat(),
        ...Array.from({ length: qubits }, (_, q) => turn(q)).flat(),
      ];
    }),
};
