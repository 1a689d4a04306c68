import { unreachable } from '#shared/base/assert.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';

type Entanglement = 'linear' | 'circular' | 'full';

export const entanglement: ParameterDescriptor = {
  kind: 'choice',
  id: 'entanglement',
  title: 'Entanglement',
  help: 'Which pairs of qubits a layer couples. All pairs reach states in fewer layers, at the cost of more gates.',
  default: 'linear',
  options: [
    { value: 'linear', title: 'Neighbours in a line' },
    { value: 'circular', title: 'Neighbours in a ring' },
    { value: 'full', title: 'All pairs' },
  ],
};

export type Pair = readonly [number, number];

/** The pairs that a layer couples, in their order. */
export function pairsOf(settings: Readonly<Record<string, unknown>>, qubits: number): Pair[] {
  const shape = settings['entanglement'] as Entanglement;
  const line = Array.from({ length: qubits - 1 }, (_, q): Pair => [q, q + 1]);
  switch (shape) {
    case 'linear':
      return line;
    case 'circular':
      return qubits > 2 ? [...line, [qubits - 1, 0]] : line;
    case 'full':
      return line.flatMap(([q]) =>
        Array.from({ length: qubits - 1 - q }, (_, k): Pair => [q, q + 1 + k]),
      );
    default:
      return unreachable(shape);
  }
}
