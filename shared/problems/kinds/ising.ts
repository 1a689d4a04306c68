import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, fromIsing } from '../binary-problem.ts';
import { besideFile, fileFaults, fileFields } from '../formats/file-fields.ts';
import { isingOfText } from '../formats/qubo-text.ts';
import { defineProblem } from '../problem-kind.ts';
import { textOfFile } from '../tables/text-file.ts';
import { indexFaults } from '../variables.ts';
import type { ProblemFiles, Seen } from '../view.ts';
import { offerBinary } from '../views/binary.ts';

const fields = [
  {
    kind: 'numbers',
    id: 'h',
    title: 'Fields h',
    help: 'One field for each spin; their number is the number of spins. Needed unless a file gives them.',
    default: null,
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
  ...fileFields(
    'an Ising model as lines “i j coupling” after “spins lines”, places from 1, fields as “i i field”',
  ),
] as const satisfies readonly ParameterDescriptor[];

type Ising = ValuesOf<typeof fields>;

export const ising = defineProblem({
  kind: 'ising',
  title: 'Ising model',
  summary: 'Spins with fields h and couplings J; their energy is made small.',
  fields,
  faults: ({ h, J, text, file }) => [
    ...fileFaults({ text, file }, { h }),
    ...besideFile({ text, file }, 'J', J),
    ...(h === undefined ? [] : indexFaults('J', J, h.length, 'spin')),
  ],
  aim: () => 'min',
  views: [
    offerBinary((problem: Ising, files): Seen<BinaryProblem> => {
      const { h, J, offset } = modelOf(problem, files);
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

function modelOf(problem: Ising, files: ProblemFiles) {
  const text = textOfFile(problem, files);
  if (text === null) return { h: problem.h ?? [], J: problem.J, offset: problem.offset };
  const { linear, quadratic } = isingOfText(text);
  return { h: linear, J: quadratic, offset: problem.offset };
}
