import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, quadraticForm } from '../binary-problem.ts';
import { graphFaults, graphFields, graphOf, graphPicture } from '../graphs/graph.ts';
import { bitsOfChoices, choicesOf, oneChoiceEach, oneHot } from '../graphs/one-hot.ts';
import { defineProblem } from '../problem-kind.ts';
import type { Seen } from '../view.ts';
import { offerBinary, requireTerms } from '../views/binary.ts';

const fields = [
  ...graphFields,
  {
    kind: 'integer',
    id: 'k',
    title: 'Parts k',
    help: 'How many parts the nodes are divided into. Every node has one variable a part, of which one is 1.',
    default: 3,
    min: 2,
    max: 1000,
  },
] as const satisfies readonly ParameterDescriptor[];

type MaxKCut = ValuesOf<typeof fields>;

export const maxKCut = defineProblem({
  kind: 'max-k-cut',
  title: 'Maximum k-cut',
  summary: 'Nodes of a weighted graph in k parts, so that the edges between parts weigh most.',
  fields,
  faults: graphFaults,
  aim: () => 'max',
  views: [
    offerBinary((problem: MaxKCut, files): Seen<BinaryProblem> => {
      const { k } = problem;
      const graph = graphOf(problem, files);
      const variables = graph.nodes * k;
      requireTerms(
        k * (graph.nodes + graph.edges.length),
        `A graph of ${graph.nodes} nodes in ${k} parts`,
      );
      const parts = Array.from({ length: k }, (_, part) => part);
      const total = graph.edges.reduce((sum, [, , w]) => sum + w, 0);
      // An edge inside a part is not cut.
      const inside = graph.edges.flatMap(([u, v, w]) =>
        parts.map((part) => [oneHot(u, part, k), oneHot(v, part, k), -w] as const),
      );
      const value: BinaryProblem = {
        variables,
        labels: null,
        sense: 'max',
        objective: quadraticForm(variables, total, [], inside),
        constraints: oneChoiceEach(graph.nodes, k, (v) => `the one part of node ${v}`),
        feasible: bitsOfChoices(
          Array.from({ length: graph.nodes }, (_, v) => v % k),
          k,
        ),
        meaning: (x) => {
          const choices = choicesOf(x, k);
          return {
            solution: {
              sides: parts.map((part) => choices.flatMap((one, v) => (one === part ? [v] : []))),
            },
            ...graphPicture(
              graph,
              'The parts',
              parts.map((part) => `part ${part + 1}`),
              (v) => choices[v] ?? 0,
              (u, v) => choices[u] !== choices[v],
            ),
          };
        },
      };
      return { value, warnings: [] };
    }),
  ],
  example: {
    // A triangle in two parts: one light edge stays inside.
    problem: {
      nodes: 3,
      edges: [
        [0, 1],
        [1, 2],
        [2, 0, 2],
      ],
      k: 2,
    },
    answers: { optimisation: 3, energies: -3 },
  },
});
