import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, quadraticForm } from '../binary-problem.ts';
import { besideFile, fileFaults, fileFields } from '../formats/file-fields.ts';
import { quboOfText } from '../formats/qubo-text.ts';
import { defineProblem } from '../problem-kind.ts';
import { textOfFile } from '../tables/text-file.ts';
import { indexFaults } from '../variables.ts';
import type { Seen } from '../view.ts';
import { offerBinary } from '../views/binary.ts';

const fields = [
  {
    kind: 'numbers',
    id: 'linear',
    title: 'Linear weights',
    help: 'One weight for each variable; their number is the number of variables. Needed unless a file gives them.',
    default: null,
    minCount: 1,
  },
  {
    kind: 'tuples',
    id: 'quadratic',
    title: 'Quadratic weights',
    help: 'Pairs of variables (from 0) with a weight that counts where both are 1.',
    default: [],
    columns: [
      { id: 'i', title: 'Variable', kind: 'integer', min: 0 },
      { id: 'j', title: 'Variable', kind: 'integer', min: 0 },
      { id: 'weight', title: 'Weight', kind: 'number' },
    ],
  },
  {
    kind: 'number',
    id: 'constant',
    title: 'Constant',
    help: 'Added to every value.',
    default: 0,
    advanced: true,
  },
  {
    kind: 'choice',
    id: 'sense',
    title: 'Sense',
    help: 'Whether the value is made small or large.',
    default: 'min',
    options: [
      { value: 'min', title: 'Minimise' },
      { value: 'max', title: 'Maximise' },
    ],
  },
  ...fileFields('a QUBO as qbsolv writes it (“p qubo 0 maxNode nNodes nCouplers”, places from 0)'),
] as const satisfies readonly ParameterDescriptor[];

type Qubo = ValuesOf<typeof fields>;

export const qubo = defineProblem({
  kind: 'qubo',
  title: 'QUBO',
  summary: 'A quadratic function of bits that is made small or large.',
  fields,
  faults: ({ linear, quadratic, text, file }) => [
    ...fileFaults({ text, file }, { linear }),
    ...besideFile({ text, file }, 'quadratic', quadratic),
    ...(linear === undefined ? [] : indexFaults('quadratic', quadratic, linear.length, 'variable')),
  ],
  aim: ({ sense }) => sense,
  views: [
    offerBinary((problem: Qubo, files): Seen<BinaryProblem> => {
      const text = textOfFile(problem, files);
      const { linear = [], quadratic } = text === null ? problem : quboOfText(text);
      const value: BinaryProblem = {
        variables: linear.length,
        labels: null,
        sense: problem.sense,
        objective: quadraticForm(linear.length, problem.constant, linear, quadratic),
        constraints: [],
      };
      return { value, warnings: [] };
    }),
  ],
  example: {
    // 1 − x₀ − x₁ + 3 x₀x₁ − 2 x₂ is least, −2, where x₂ and one of the others are 1.
    problem: { linear: [-1, -1, -2], quadratic: [[0, 1, 3]], constant: 1 },
    answers: { optimisation: -2, energies: -2 },
  },
});
