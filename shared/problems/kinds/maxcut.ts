import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, quadraticForm } from '../binary-problem.ts';
import { defineProblem } from '../problem-kind.ts';
import { indexFaults } from '../variables.ts';
import { offer, type Seen } from '../view.ts';
import { binaryView } from '../views/binary.ts';

const fields = [
  {
    kind: 'integer',
    id: 'nodes',
    title: 'Nodes',
    help: 'How many nodes the graph has; they are numbered from 0.',
    default: null,
    required: true,
    min: 1,
    // Checked before anything is allocated for them.
    max: 1_000_000,
  },
  {
    kind: 'tuples',
    id: 'edges',
    title: 'Edges',
    help: 'Pairs of nodes with a weight; an edge without one weighs 1.',
    default: null,
    required: true,
    columns: [
      { id: 'from', title: 'Node', kind: 'integer', min: 0 },
      { id: 'to', title: 'Node', kind: 'integer', min: 0 },
      { id: 'weight', title: 'Weight', kind: 'number', isOptional: true },
    ],
  },
] as const satisfies readonly ParameterDescriptor[];

type Maxcut = ValuesOf<typeof fields>;

export const maxcut = defineProblem({
  kind: 'maxcut',
  title: 'Maximum cut',
  summary: 'Nodes of a weighted graph in two sides, so that the edges between them weigh most.',
  fields,
  faults: ({ nodes, edges }) => indexFaults('edges', edges, nodes, 'node'),
  aim: () => 'max',
  views: [
    offer(binaryView, ({ nodes, edges }: Maxcut): Seen<BinaryProblem> => {
      const linear = Array.from({ length: nodes }, () => 0);
      const pairs: [number, number, number][] = [];
      for (const [u, v, w = 1] of edges) {
        if (u === v) continue;
        linear[u] = (linear[u] as number) + w;
        linear[v] = (linear[v] as number) + w;
        pairs.push([u, v, -2 * w]);
      }
      const objective = quadraticForm(nodes, 0, linear, pairs);
      return {
        value: { variables: nodes, labels: null, sense: 'max', objective, cardinality: null },
        warnings: [],
      };
    }),
  ],
  example: {
    // A ring of four: every edge is cut.
    problem: {
      nodes: 4,
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ],
    },
    answers: { optimisation: 4, energies: -4 },
  },
});
