import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, quadraticForm } from '../binary-problem.ts';
import {
  chosenNodes,
  graphFaults,
  graphFields,
  graphOf,
  graphPicture,
  joinedPairs,
  nodeWeights,
  nodeWeightsField,
  weightFaults,
} from '../graphs/graph.ts';
import { defineProblem } from '../problem-kind.ts';
import type { Seen } from '../view.ts';
import { offerBinary } from '../views/binary.ts';

const fields = [...graphFields, nodeWeightsField] as const satisfies readonly ParameterDescriptor[];

type VertexCover = ValuesOf<typeof fields>;

export const vertexCover = defineProblem({
  kind: 'vertex-cover',
  title: 'Vertex cover',
  summary: 'The lightest choice of nodes that touches every edge.',
  fields,
  faults: (problem) => [...graphFaults(problem), ...weightFaults(problem, problem.weights)],
  aim: () => 'min',
  views: [
    offerBinary((problem: VertexCover, files): Seen<BinaryProblem> => {
      const graph = graphOf(problem, files);
      const value: BinaryProblem = {
        variables: graph.nodes,
        labels: null,
        sense: 'min',
        objective: quadraticForm(graph.nodes, 0, nodeWeights(problem.weights, graph), []),
        constraints: joinedPairs(graph).map(([u, v]) => ({
          name: `the edge between ${u} and ${v}`,
          linear: [
            [u, 1],
            [v, 1],
          ],
          quadratic: [],
          relation: '>=',
          bound: 1,
        })),
        feasible: Array.from({ length: graph.nodes }, () => 1),
        meaning: (x) => ({
          solution: { chosen: chosenNodes(x) },
          ...graphPicture(
            graph,
            'The vertex cover',
            ['left out', 'chosen'],
            (v) => x[v] ?? 0,
            () => false,
          ),
        }),
      };
      return { value, warnings: [] };
    }),
  ],
  example: {
    // A star with a tail: its centre and one node of the tail.
    problem: {
      nodes: 5,
      edges: [
        [0, 1],
        [0, 2],
        [0, 3],
        [3, 4],
      ],
    },
    answers: { optimisation: 2, energies: 2 },
  },
});
