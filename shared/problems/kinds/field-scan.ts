import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { siteCount } from '../graphs/lattice.ts';
import { defineProblem } from '../problem-kind.ts';
import { offer } from '../view.ts';
import { familyView } from '../views/family.ts';
import { spinLatticeFields, latticeFaults, spinSum } from './spin-lattice.ts';

const fields = [
  ...spinLatticeFields,
  {
    kind: 'choice',
    id: 'axis',
    title: 'Axis',
    help: 'Which component of the field changes; the others stay as they are.',
    default: 'x',
    options: [
      { value: 'x', title: 'X' },
      { value: 'y', title: 'Y' },
      { value: 'z', title: 'Z' },
    ],
  },
  {
    kind: 'numbers',
    id: 'strengths',
    title: 'Strengths',
    help: 'Values of that component; at each the lowest levels are found.',
    default: null,
    required: true,
    minCount: 2,
  },
] as const satisfies readonly ParameterDescriptor[];

type FieldScan = ValuesOf<typeof fields>;

export const fieldScan = defineProblem({
  kind: 'field-scan',
  title: 'Levels against field',
  summary: 'Spins of a chain or lattice in a field that grows: where levels cross and gaps close.',
  fields,
  faults: (problem) => latticeFaults(problem).filter(({ path }) => path === 'columns'),
  aim: () => 'min',
  views: [
    offer(familyView, (problem: FieldScan) => ({
      value: {
        title: `Field along ${problem.axis.toUpperCase()}`,
        unit: '',
        values: problem.strengths,
        at: (place) => ({
          qubits: siteCount(problem),
          sum: spinSum({
            ...problem,
            field: { ...problem.field, [problem.axis]: problem.strengths[place] as number },
          }),
        }),
      },
      warnings: [],
    })),
  ],
  start: {
    fields: {
      columns: 6,
      coupling: { z: -1 },
      strengths: [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2],
    },
    settings: { states: 4, ansatz: { id: 'real-amplitudes', layers: 3 } },
  },
  example: {
    problem: { columns: 2, coupling: { z: 1 }, strengths: [0.5, 1] },
    answers: { scan: -Math.sqrt(5) },
  },
});
