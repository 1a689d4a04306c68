import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, fromIsing } from '../binary-problem.ts';
import { defineProblem } from '../problem-kind.ts';
import { indexFaults } from '../variables.ts';
import { offer, type Seen } from '../view.ts';
import { binaryView } from '../views/binary.ts';

const fields = [
  {
    kind: 'numbers',
    id: 'h',
    title: 'Fields h',
    help: 'One field for each spin; their number is the number of spins.',
    default: null,
    required: true,
    minCount: 1,
  },
  {
    kind: 'tuples',
    id: 'J',
    title: 'Couplings J',
    help: 'Pairs of spins (from 0) with their coupling.',
    default: [],
    columns: [
      { id: 'i', title: 'Spin', kind: 'integer', min: 0 },
      { id: 'j', title: 'Spin', kind: 'integer', min: 0 },
      { id: 'coupling', title: 'Coupling', kind: 'number' },
    ],
  },
  {
    kind: 'number',
    id: 'offset',
    title: 'Offset',
    help: 'Added to every energy.',
    default: 0,
    advanced: true,
  },
] as const satisfies readonly ParameterDescriptor[];

type Ising = ValuesOf<typeof fields>;

export const ising = defineProblem({
  kind: 'ising',
  title: 'Ising model',
  summary: 'Spins with fields h and couplings J; their energy is made small.',
  fields,
  faults: ({ h, J }) => indexFaults('J', J, h.length, 'spin'),
  aim: () => 'min',
  views: [
    offer(binaryView, ({ h, J, offset }: Ising): Seen<BinaryProblem> => {
      // z_i² = 1: a coupling of a spin with itself is a constant.
      const own = J.filter(([i, j]) => i === j).reduce((sum, [, , w]) => sum + w, 0);
      const objective = fromIsing({
        offset: offset + own,
        h: Float64Array.from(h),
        J: J.filter(([i, j]) => i !== j),
      });
      return {
        value: { variables: h.length, labels: null, sense: 'min', objective, constraints: [] },
        warnings: [],
      };
    }),
  ],
  example: {
    // Both couplings can be met, and the field then decides: −1 − 1 − 0.5.
    problem: {
      h: [0.5, 0, 0],
      J: [
        [0, 1, 1],
        [1, 2, -1],
      ],
    },
    answers: { optimisation: -2.5, energies: -2.5 },
  },
});
