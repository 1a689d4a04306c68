import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, quadraticForm } from '../binary-problem.ts';
import { graphFaults, graphFields, graphOf, graphPicture } from '../graphs/graph.ts';
import { defineProblem } from '../problem-kind.ts';
import type { Seen } from '../view.ts';
import { offerBinary } from '../views/binary.ts';

type Maxcut = ValuesOf<typeof graphFields>;

export const maxcut = defineProblem({
  kind: 'maxcut',
  title: 'Maximum cut',
  summary: 'Nodes of a weighted graph in two sides, so that the edges between them weigh most.',
  fields: graphFields,
  faults: graphFaults,
  aim: () => 'max',
  views: [
    offerBinary((problem: Maxcut, files): Seen<BinaryProblem> => {
      const graph = graphOf(problem, files);
      const linear = Array.from({ length: graph.nodes }, () => 0);
      const pairs: [number, number, number][] = [];
      for (const [u, v, w] of graph.edges) {
        linear[u] = (linear[u] as number) + w;
        linear[v] = (linear[v] as number) + w;
        pairs.push([u, v, -2 * w]);
      }
      const value: BinaryProblem = {
        variables: graph.nodes,
        labels: null,
        sense: 'max',
        objective: quadraticForm(graph.nodes, 0, linear, pairs),
        constraints: [],
        meaning: (x) => ({
          solution: {
            sides: [0, 1].map((side) => x.flatMap((bit, v) => (bit === side ? [v] : []))),
          },
          ...graphPicture(
            graph,
            'The cut',
            ['one side', 'other side'],
            (v) => x[v] ?? 0,
            (u, v) => x[u] !== x[v],
          ),
        }),
      };
      return { value, warnings: [] };
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
