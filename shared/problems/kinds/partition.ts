import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, quadraticForm } from '../binary-problem.ts';
import { defineProblem } from '../problem-kind.ts';
import type { Seen } from '../view.ts';
import { offerBinary, requireTerms } from '../views/binary.ts';

const fields = [
  {
    kind: 'numbers',
    id: 'numbers',
    title: 'Numbers',
    help: 'Numbers that are put on two sides whose sums are as equal as they can be.',
    default: null,
    required: true,
    minCount: 1,
  },
] as const satisfies readonly ParameterDescriptor[];

type Partition = ValuesOf<typeof fields>;

export const partition = defineProblem({
  kind: 'partition',
  title: 'Number partition',
  summary: 'Numbers on two sides; the square of the difference of their sums is made small.',
  fields,
  aim: () => 'min',
  views: [
    offerBinary(({ numbers }: Partition): Seen<BinaryProblem> => {
      const n = numbers.length;
      requireTerms(n ** 2 / 2, `A list of ${n} numbers`);
      const total = numbers.reduce((sum, one) => sum + one, 0);
      // (S − 2 Σ a x)², with x² = x.
      const pairs = numbers.flatMap((a, i) =>
        numbers.slice(i + 1).map((b, k): [number, number, number] => [i, i + 1 + k, 8 * a * b]),
      );
      const linear = numbers.map((a) => 4 * a * a - 4 * total * a);
      const value: BinaryProblem = {
        variables: n,
        labels: null,
        sense: 'min',
        objective: quadraticForm(n, total * total, linear, pairs),
        constraints: [],
        meaning: (x) => {
          const sides = [0, 1].map((side) => numbers.filter((_, i) => x[i] === side));
          return {
            solution: { sides, sums: sides.map((side) => side.reduce((sum, a) => sum + a, 0)) },
            picture: {
              kind: 'items',
              title: 'The two sides',
              x: 'Place in the list',
              y: 'Number',
              items: numbers.map((a, i) => ({ label: String(i), x: i, y: a, chosen: x[i] === 1 })),
            },
          };
        },
      };
      return { value, warnings: [] };
    }),
  ],
  example: { problem: { numbers: [3, 1, 2] }, answers: { optimisation: 0, energies: 0 } },
});
