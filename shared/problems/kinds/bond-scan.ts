import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { offer, type ProblemFiles } from '../view.ts';
import { familyView } from '../views/family.ts';
import { faultsOfMolecule, hamiltonianOf, type Molecule, moleculeFields } from './molecule.ts';

const fields = [
  ...moleculeFields,
  {
    kind: 'numbers',
    id: 'lengths',
    title: 'Bond lengths',
    help: 'Distances between the two atoms, in Ångström; at each the lowest energies are found.',
    default: null,
    required: true,
    minCount: 2,
  },
  {
    kind: 'integer',
    id: 'anchor',
    title: 'Atom that stays',
    help: 'Its place in the geometry, from 0.',
    default: 0,
    min: 0,
    advanced: true,
  },
  {
    kind: 'integer',
    id: 'moved',
    title: 'Atom that moves',
    help: 'Its place in the geometry, from 0: it moves along the line from the atom that stays. Empty: the last one.',
    default: null,
    min: 0,
    advanced: true,
  },
] as const satisfies readonly ParameterDescriptor[];

type BondScan = ValuesOf<typeof fields>;

const hydrogen = [
  ['H', 0, 0, 0],
  ['H', 0, 0, 0.735],
] as const;

export const bondScan = defineProblem({
  kind: 'bond-scan',
  title: 'Energy against bond length',
  summary: 'A molecule at several lengths of one bond: its potential curve.',
  fields,
  faults: scanFaults,
  aim: () => 'min',
  views: [
    offer(familyView, (problem: BondScan) => ({
      value: {
        title: 'Bond length',
        unit: 'Å',
        values: problem.lengths,
        at: (place) =>
          hamiltonianOf(stretched(problem, problem.lengths[place] as number), none).value,
      },
      warnings: [],
    })),
  ],
  start: {
    fields: { geometry: hydrogen, lengths: [0.4, 0.55, 0.735, 0.9, 1.1, 1.4, 1.8, 2.4] },
    settings: { ansatz: { id: 'uccsd' } },
  },
  example: {
    problem: {
      geometry: hydrogen,
      lengths: [0.5, 0.735, 2],
      mapping: 'parity',
      twoQubitReduction: true,
    },
    answers: { scan: -1.1373060359051457 },
  },
});

const none: ProblemFiles = new Map();

function scanFaults(problem: BondScan): ProblemFault[] {
  const { geometry, anchor, lengths } = problem;
  const moved = movedOf(problem);
  const count = geometry?.length ?? 0;
  if (count < 2) {
    const message = 'needs two atoms at least: a symbol and three coordinates in Ångström each';
    return [{ path: 'geometry', message }];
  }
  const strangers = [['anchor', anchor] as const, ['moved', moved] as const].flatMap(
    ([path, atom]): ProblemFault[] =>
      atom < count ? [] : [{ path, message: `is ${atom}, and the atoms are 0 to ${count - 1}` }],
  );
  if (strangers.length > 0) return strangers;
  if (anchor === moved) return [{ path: 'moved', message: 'is the atom that stays' }];
  const short = lengths.flatMap((length, k): ProblemFault[] =>
    length > 0 ? [] : [{ path: `lengths[${k}]`, message: `is ${length}, and no distance` }],
  );
  if (short.length > 0) return short;
  const wrong = faultsOfMolecule(problem);
  if (wrong.length > 0) return wrong;
  // What is wrong once an atom has moved is the length's fault.
  return lengths.flatMap((length, k) =>
    faultsOfMolecule(stretched(problem, length)).map(({ message }) => ({
      path: `lengths[${k}]`,
      message: `makes a geometry that ${message}`,
    })),
  );
}

function movedOf({ geometry = [], moved }: BondScan): number {
  return moved ?? geometry.length - 1;
}

/** The molecule with its bond at a length. */
function stretched(problem: BondScan, length: number): Molecule {
  const { geometry = [], anchor } = problem;
  const moved = movedOf(problem);
  const [from, to] = [geometry[anchor], geometry[moved]];
  if (from === undefined || to === undefined) return problem;
  const away = ([1, 2, 3] as const).map((axis) => to[axis] - from[axis]);
  const factor = length / Math.hypot(...away);
  const place = (axis: 1 | 2 | 3) => from[axis] + factor * (away[axis - 1] as number);
  const atom = [to[0], place(1), place(2), place(3)] as const;
  return { ...problem, geometry: geometry.map((one, k) => (k === moved ? atom : one)) };
}
