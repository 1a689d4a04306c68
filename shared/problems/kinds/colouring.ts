import { AppError } from '../../base/errors.ts';
import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, quadraticForm } from '../binary-problem.ts';
import {
  type Graph,
  graphFaults,
  graphFields,
  graphOf,
  graphPicture,
  joinedPairs,
} from '../graphs/graph.ts';
import { greedyClique, greedyColouring } from '../graphs/greedy.ts';
import { bitsOfChoices, choicesOf, oneChoiceEach, oneHot } from '../graphs/one-hot.ts';
import { defineProblem } from '../problem-kind.ts';
import type { ProblemFiles, Seen } from '../view.ts';
import { offerBinary, requireTerms } from '../views/binary.ts';

const fields = [
  ...graphFields,
  {
    kind: 'integer',
    id: 'colours',
    title: 'Colours',
    help: 'How many colours there are. Every node has one variable a colour, of which one is 1. Empty: as many as a greedy colouring takes.',
    default: null,
    min: 1,
    max: 1000,
  },
] as const satisfies readonly ParameterDescriptor[];

type Colouring = ValuesOf<typeof fields>;

export const colouring = defineProblem({
  kind: 'colouring',
  title: 'Colouring',
  summary: 'A colour for every node, so that no edge joins two nodes of one colour.',
  fields,
  faults: graphFaults,
  aim: () => 'min',
  views: [offerBinary(colouringProblem)],
  example: {
    // A path of three has two colours.
    problem: {
      nodes: 3,
      edges: [
        [0, 1],
        [1, 2],
      ],
      colours: 2,
    },
    answers: { optimisation: 0, energies: 0 },
  },
});

/** The value is the number of edges within a colour: 0 where the colouring is proper, which alone is feasible. */
function colouringProblem(problem: Colouring, files: ProblemFiles): Seen<BinaryProblem> {
  const graph = graphOf(problem, files);
  const greedy = greedyColouring(graph);
  const used = Math.max(...greedy) + 1;
  const k = problem.colours ?? used;
  requireColours(graph, k);
  const variables = graph.nodes * k;
  requireTerms(
    k * (graph.nodes + graph.edges.length),
    `A graph of ${graph.nodes} nodes in ${k} colours`,
  );
  const colours = Array.from({ length: k }, (_, c) => c);
  const same = joinedPairs(graph).flatMap(([u, v]) =>
    colours.map((c) => ({ u, v, i: oneHot(u, c, k), j: oneHot(v, c, k) })),
  );
  const value: BinaryProblem = {
    variables,
    labels: null,
    sense: 'min',
    objective: quadraticForm(
      variables,
      0,
      [],
      same.map(({ i, j }) => [i, j, 1] as const),
    ),
    constraints: [
      ...oneChoiceEach(graph.nodes, k, (v) => `the one colour of node ${v}`),
      ...same.map(({ u, v, i, j }) => ({
        name: `the edge between ${u} and ${v}`,
        linear: [
          [i, 1],
          [j, 1],
        ] as const,
        quadratic: [],
        relation: '<=' as const,
        bound: 1,
      })),
    ],
    ...(used > k ? {} : { feasible: bitsOfChoices(greedy, k) }),
    meaning: (x) => {
      const choices = choicesOf(x, k);
      return {
        solution: { colours: choices },
        ...graphPicture(
          graph,
          'The colouring',
          colours.map((c) => `colour ${c}`),
          (v) => choices[v] ?? 0,
          (u, v) => choices[u] === choices[v],
        ),
      };
    },
  };
  return { value, warnings: [] };
}

function requireColours(graph: Graph, colours: number): void {
  const clique = greedyClique(graph);
  if (clique.length <= colours) return;
  throw new AppError(
    'bad-input',
    `The problem has no solution: nodes ${clique.slice(0, 10).join(', ')}${clique.length > 10 ? ', …' : ''} are all joined with each other and need ${clique.length} colours; there are ${colours}.`,
    { path: 'problem.colours', clique, colours },
  );
}
