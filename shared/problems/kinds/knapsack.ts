import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, quadraticForm } from '../binary-problem.ts';
import { defineProblem } from '../problem-kind.ts';
import type { Seen } from '../view.ts';
import { offerBinary } from '../views/binary.ts';

const fields = [
  {
    kind: 'numbers',
    id: 'weights',
    title: 'Weights',
    help: 'What each thing weighs, at least 0. Whole numbers, or decimals of at most six places.',
    default: null,
    required: true,
    minCount: 1,
  },
  {
    kind: 'numbers',
    id: 'values',
    title: 'Values',
    help: 'What each thing is worth, in the same order.',
    default: null,
    required: true,
    minCount: 1,
  },
  {
    kind: 'number',
    id: 'capacity',
    title: 'Capacity',
    help: 'What the chosen things may weigh together.',
    default: null,
    required: true,
    min: 0,
  },
] as const satisfies readonly ParameterDescriptor[];

type Knapsack = ValuesOf<typeof fields>;

export const knapsack = defineProblem({
  kind: 'knapsack',
  title: 'Knapsack',
  summary: 'Things that are worth most and together weigh no more than the capacity.',
  fields,
  faults: ({ weights, values }) => [
    ...(values.length === weights.length
      ? []
      : [
          {
            path: 'values',
            message: `expected a value for each of ${weights.length} weights, got ${values.length}`,
          },
        ]),
    ...weights.flatMap((w, i) =>
      w >= 0 ? [] : [{ path: `weights[${i}]`, message: `a weight must be at least 0, got ${w}` }],
    ),
  ],
  aim: () => 'max',
  views: [
    offerBinary(({ weights, values, capacity }: Knapsack): Seen<BinaryProblem> => {
      const n = weights.length;
      const value: BinaryProblem = {
        variables: n,
        labels: null,
        sense: 'max',
        objective: quadraticForm(n, 0, values, []),
        constraints: [
          {
            name: 'the capacity',
            linear: weights.map((w, i) => [i, w]),
            quadratic: [],
            relation: '<=',
            bound: capacity,
          },
        ],
        feasible: weights.map(() => 0),
        meaning: (x) => ({
          solution: {
            chosen: x.flatMap((bit, i) => (bit === 1 ? [i] : [])),
            weight: weights.reduce((sum, w, i) => sum + w * (x[i] ?? 0), 0),
          },
          picture: {
            kind: 'items',
            title: 'The knapsack',
            x: 'Weight',
            y: 'Value',
            items: weights.map((w, i) => ({
              label: String(i),
              x: w,
              y: values[i] ?? 0,
              chosen: x[i] === 1,
            })),
          },
        }),
      };
      return { value, warnings: [] };
    }),
  ],
  example: {
    // 1 and 2 together weigh 3 and are worth 9; 0 alone is worth 7, and with another it is too heavy.
    problem: { weights: [3, 1, 2], values: [7, 4, 5], capacity: 3 },
    answers: { optimisation: 9, energies: -9 },
  },
});
