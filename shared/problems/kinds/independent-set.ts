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

type IndependentSet = ValuesOf<typeof fields>;

export const independentSet = defineProblem({
  kind: 'independent-set',
  title: 'Independent set',
  summary: 'The heaviest choice of nodes of which no two are joined.',
  fields,
  faults: (problem) => [...graphFaults(problem), ...weightFaults(problem, problem.weights)],
  aim: () => 'max',
  views: [
    offerBinary((problem: IndependentSet, files): Seen<BinaryProblem> => {
      const graph = graphOf(problem, files);
      const value: BinaryProblem = {
        variables: graph.nodes,
        labels: null,
        sense: 'max',
        objective: quadraticForm(graph.nodes, 0, nodeWeights(problem.weights, graph), []),
        constraints: joinedPairs(graph).map(([u, v]) => ({
          name: `the edge between ${u} and ${v}`,
          linear: [
            [u, 1],
            [v, 1],
          ],
          quadratic: [],
          relation: '<=',
          bound: 1,
        })),
        feasible: Array.from({ length: graph.nodes }, () => 0),
        meaning: (x) => ({
          solution: { chosen: chosenNodes(x) },
          ...graphPicture(
            graph,
            'The independent set',
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
    // A path of four: the heavy node inside goes with the end that it is not joined to.
    problem: {
      nodes: 4,
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
      weights: [1, 4, 1, 2],
    },
    answers: { optimisation: 6, energies: -6 },
  },
});
