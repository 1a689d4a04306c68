import { AppError } from '../../base/errors.ts';
import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { withinActiveSpace } from '../../chemistry/active-space.ts';
import { mostModes } from '../../chemistry/encoding.ts';
import { readFcidump } from '../../chemistry/fcidump.ts';
import { atomsOf, basisSize, coreCount, moleculeIntegrals } from '../../chemistry/molecule.ts';
import { determinantEnergy, type OrbitalIntegrals } from '../../chemistry/orbital-integrals.ts';
import { qubitHamiltonian, qubitsOf } from '../../chemistry/second-quantisation.ts';
import { elements } from '../../chemistry/sto3g.ts';
import {
  fermionsOf,
  mappingField,
  reductionFault,
  reductionField,
  taperingField,
} from '../fermion-fields.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { offer, type ProblemFiles, type Seen } from '../view.ts';
import { type Hamiltonian, hamiltonianView } from '../views/hamiltonian.ts';

/** Fields of every kind that is about a molecule and its geometry. */
export const moleculeFields = [
  {
    kind: 'tuples',
    id: 'geometry',
    title: 'Geometry',
    help: 'Symbol and place of each atom, in Ångström; elements from H to Ne.',
    default: null,
    minCount: 1,
    columns: [
      { id: 'element', title: 'Element', kind: 'text' },
      { id: 'x', title: 'x', kind: 'number' },
      { id: 'y', title: 'y', kind: 'number' },
      { id: 'z', title: 'z', kind: 'number' },
    ],
  },
  {
    kind: 'choice',
    id: 'basis',
    title: 'Basis',
    help: 'The functions that orbitals are made of: the minimal basis STO-3G.',
    default: 'sto-3g',
    options: [{ value: 'sto-3g', title: 'STO-3G' }],
  },
  mappingField,
  {
    kind: 'integer',
    id: 'charge',
    title: 'Charge',
    help: 'Charge of the molecule, in units of that of the proton.',
    default: 0,
  },
  {
    kind: 'boolean',
    id: 'frozenCore',
    title: 'Frozen core',
    help: 'Leaves the 1s electrons of lithium and heavier atoms where Hartree-Fock puts them: fewer qubits, nearly the same energies.',
    default: false,
  },
  {
    kind: 'group',
    id: 'activeSpace',
    title: 'Active space',
    help: 'Correlates so many electrons in so many orbitals around the highest filled one. Empty: all that are not frozen.',
    default: null,
    advanced: true,
    members: [
      {
        kind: 'integer',
        id: 'electrons',
        title: 'Electrons',
        help: 'How many electrons are correlated.',
        default: null,
        required: true,
        min: 1,
      },
      {
        kind: 'integer',
        id: 'orbitals',
        title: 'Orbitals',
        help: 'In how many orbitals; each takes two qubits.',
        default: null,
        required: true,
        min: 1,
      },
    ],
  },
  reductionField,
  taperingField,
] as const satisfies readonly ParameterDescriptor[];

const fields = [
  ...moleculeFields,
  {
    kind: 'source',
    id: 'fcidump',
    title: 'FCIDUMP',
    help: 'Integrals between orbitals in the format FCIDUMP, in place of a geometry.',
    default: null,
    language: 'fcidump',
    advanced: true,
  },
  {
    kind: 'file',
    id: 'file',
    title: 'FCIDUMP file',
    help: 'A file with the integrals, in place of their text.',
    default: null,
    insteadOf: 'fcidump',
    advanced: true,
  },
] as const satisfies readonly ParameterDescriptor[];

/** Their integrals take about a minute. */
const mostFunctions = 50;

export type Molecule = ValuesOf<typeof fields>;

export const molecule = defineProblem({
  kind: 'molecule',
  title: 'Molecule',
  summary: 'The electrons of a molecule in a minimal basis, whose lowest energy is looked for.',
  fields,
  faults: faultsOfMolecule,
  aim: () => 'min',
  views: [offer(hamiltonianView, hamiltonianOf)],
  start: {
    fields: {
      geometry: [
        ['H', 0, 0, 0],
        ['H', 0, 0, 0.735],
      ],
    },
    settings: { ansatz: { id: 'uccsd' } },
  },
  example: {
    problem: {
      geometry: [
        ['H', 0, 0, 0],
        ['H', 0, 0, 0.735],
      ],
      mapping: 'parity',
      twoQubitReduction: true,
    },
    // Zeros have one electron in each orbital; they swap spins at the rate of the exchange integral.
    answers: { energies: -1.1373060359051457, dynamics: Math.cos(2 * 0.18093119913497) },
  },
});

export function faultsOfMolecule(problem: Molecule): ProblemFault[] {
  const { geometry, fcidump, file, frozenCore } = problem;
  const integrals = fcidump ?? file;
  if (geometry === undefined && integrals === undefined) {
    return [
      {
        path: 'geometry',
        message:
          'is missing: “geometry” (a symbol and three coordinates in Ångström for each atom), or integrals as “fcidump” or “file”, are expected',
      },
    ];
  }
  return [
    ...reductionFault(problem, null),
    ...(geometry === undefined
      ? fault(frozenCore, 'frozenCore', 'needs a geometry; give an activeSpace instead')
      : [
          ...fault(
            integrals !== undefined,
            'geometry',
            'stands beside integrals from a file; one of both is expected',
          ),
          ...geometryFaults(problem, geometry),
        ]),
  ];
}

function fault(isWrong: boolean, path: string, message: string): ProblemFault[] {
  return isWrong ? [{ path, message }] : [];
}

function geometryFaults(
  problem: Molecule,
  geometry: NonNullable<Molecule['geometry']>,
): ProblemFault[] {
  const found = geometry.flatMap(([element, ...at], k) => [
    ...fault(
      !elements.includes(element),
      `geometry[${k}][0]`,
      `“${element}” has no STO-3G basis here; there are ${elements.join(', ')}`,
    ),
    ...geometry.slice(0, k).flatMap(([, ...other], j) => {
      const distance = Math.hypot(...at.map((x, axis) => x - (other[axis] as number)));
      return fault(
        distance < 0.05,
        `geometry[${k}]`,
        `lies ${distance} Å from atom ${j}; two atoms cannot share a place`,
      );
    }),
  ]);
  if (found.length > 0) return found;
  const atoms = atomsOf(geometry);
  const electrons = atoms.reduce((sum, { charge }) => sum + charge, -problem.charge);
  const orbitals = basisSize(atoms);
  if (orbitals > mostFunctions) {
    const message = `has ${orbitals} basis functions; at most ${mostFunctions} are computed here. Give integrals as an FCIDUMP file`;
    return [{ path: 'geometry', message }];
  }
  if (electrons < 1 || electrons % 2 === 1 || electrons > 2 * orbitals) {
    const message = `leaves ${electrons} electrons; restricted Hartree-Fock takes an even number from 2 to ${2 * orbitals} here`;
    return [{ path: 'charge', message }];
  }
  return spaceFaults(problem, [electrons / 2, electrons / 2], orbitals, coreCount(atoms));
}

/** What is wrong with an active space among so many orbitals. */
function spaceFaults(
  { activeSpace, frozenCore, twoQubitReduction }: Molecule,
  filled: readonly [number, number],
  orbitals: number,
  core: number,
): ProblemFault[] {
  const space = spaceOf({ activeSpace, frozenCore }, filled, orbitals, core);
  const [up, down] = filled.map((count) => count - space.frozen) as [number, number];
  const path = activeSpace === undefined ? 'geometry' : 'activeSpace';
  const electrons = filled[0] + filled[1];
  if (!Number.isInteger(space.frozen) || space.frozen < 0 || Math.min(up, down) < 0) {
    const message = `has ${activeSpace?.electrons} of ${electrons} electrons: what is left must be filled pairs of orbitals`;
    return [{ path, message }];
  }
  if (Math.max(up, down) > space.kept || space.frozen + space.kept > orbitals) {
    const message = `has ${space.kept} orbitals for ${up + down} electrons, from orbital ${space.frozen} of ${orbitals} on: they do not fit`;
    return [{ path, message }];
  }
  if (2 * space.kept > mostModes) {
    const message = `has ${space.kept} orbitals, of which at most ${mostModes / 2} can be simulated: choose an activeSpace`;
    return [{ path, message }];
  }
  // The mapping was looked at before.
  return reductionFault({ mapping: 'parity', twoQubitReduction, tapering: false }, space.kept);
}

/** How many orbitals are frozen, and how many are kept after them. */
function spaceOf(
  { activeSpace, frozenCore }: Pick<Molecule, 'activeSpace' | 'frozenCore'>,
  [up, down]: readonly [number, number],
  orbitals: number,
  core: number,
): { readonly frozen: number; readonly kept: number } {
  if (activeSpace === undefined) {
    const frozen = frozenCore ? core : 0;
    return { frozen, kept: orbitals - frozen };
  }
  return { frozen: (up + down - activeSpace.electrons) / 2, kept: activeSpace.orbitals };
}

export function hamiltonianOf(problem: Molecule, files: ProblemFiles): Seen<Hamiltonian> {
  const { integrals, repulsion, core } = sourceOf(problem, files);
  const [wrong] = spaceFaults(problem, integrals.electrons, integrals.orbitals, core);
  if (wrong !== undefined) {
    throw new AppError('bad-input', `problem.${wrong.path} ${wrong.message}.`, {
      path: `problem.${wrong.path}`,
    });
  }
  const { frozen, kept } = spaceOf(problem, integrals.electrons, integrals.orbitals, core);
  const active = withinActiveSpace(integrals, frozen, kept);
  const fermions = fermionsOf(active, problem);
  return {
    value: {
      qubits: qubitsOf(fermions),
      sum: qubitHamiltonian(active, fermions),
      fermions,
      molecule: {
        hartreeFock: determinantEnergy(active),
        ...(repulsion === null ? {} : { nuclearRepulsion: repulsion }),
      },
    },
    warnings: [],
  };
}

interface Source {
  readonly integrals: OrbitalIntegrals;
  readonly repulsion: number | null;
  readonly core: number;
}

function sourceOf({ geometry, charge, fcidump, file }: Molecule, files: ProblemFiles): Source {
  if (geometry === undefined) {
    const named = files.get(file ?? '');
    const text = fcidump ?? (named?.kind === 'text' ? named.text : '');
    return { integrals: readFcidump(text), repulsion: null, core: 0 };
  }
  const atoms = atomsOf(geometry);
  const electrons = atoms.reduce((sum, atom) => sum + atom.charge, -charge);
  return { ...moleculeIntegrals(atoms, electrons), core: coreCount(atoms) };
}
