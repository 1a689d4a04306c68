import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { transformed } from '../../chemistry/active-space.ts';
import { mostModes } from '../../chemistry/encoding.ts';
import type { OrbitalIntegrals } from '../../chemistry/orbital-integrals.ts';
import { qubitHamiltonian, qubitsOf } from '../../chemistry/second-quantisation.ts';
import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import {
  fermionsOf,
  mappingField,
  reductionFault,
  reductionField,
  taperingField,
} from '../fermion-fields.ts';
import { bondsOf, latticeFields, siteCount } from '../graphs/lattice.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { offer } from '../view.ts';
import { hamiltonianView } from '../views/hamiltonian.ts';

const fields = [
  ...latticeFields,
  {
    kind: 'number',
    id: 'hopping',
    title: 'Hopping t',
    help: 'How strongly electrons move between neighbours: −t Σ (c†c + conjugate).',
    default: 1,
  },
  {
    kind: 'number',
    id: 'interaction',
    title: 'Interaction U',
    help: 'Energy of two electrons on one site.',
    default: 4,
  },
  {
    kind: 'group',
    id: 'electrons',
    title: 'Electrons',
    help: 'How many there are of each spin. Empty: half as many as fit, of both alike.',
    default: null,
    members: [
      { kind: 'integer', id: 'up', title: 'Up', help: 'Of spin up.', default: 1, min: 0 },
      { kind: 'integer', id: 'down', title: 'Down', help: 'Of spin down.', default: 1, min: 0 },
    ],
  },
  {
    kind: 'choice',
    id: 'orbitals',
    title: 'Orbitals',
    help: 'What a qubit’s electron occupies. Sites: short strings, and observables of places. Bands: the states of a free electron by energy, so that UCCSD and ADAPT-VQE begin at a filled Fermi sea.',
    default: 'sites',
    options: [
      { value: 'sites', title: 'Sites' },
      { value: 'bands', title: 'Bands' },
    ],
  },
  mappingField,
  reductionField,
  taperingField,
] as const satisfies readonly ParameterDescriptor[];

type Hubbard = ValuesOf<typeof fields>;

export const fermiHubbard = defineProblem({
  kind: 'fermi-hubbard',
  title: 'Fermi-Hubbard model',
  summary: 'Electrons that move between the sites of a lattice and repel each other on one.',
  fields,
  faults: hubbardFaults,
  aim: () => 'min',
  views: [
    offer(hamiltonianView, (problem: Hubbard) => {
      const integrals = integralsOf(problem);
      const fermions = fermionsOf(integrals, problem);
      const sum = qubitHamiltonian(integrals, fermions);
      return { value: { qubits: qubitsOf(fermions), sum, fermions }, warnings: [] };
    }),
  ],
  start: { fields: { columns: 2, orbitals: 'bands' }, settings: { ansatz: { id: 'uccsd' } } },
  example: {
    problem: {
      columns: 2,
      interaction: 2,
      orbitals: 'bands',
      mapping: 'parity',
      twoQubitReduction: true,
    },
    // U/2 − √(U²/4 + 4t²). Zeros have one electron in each band; they swap spins at the rate U/2.
    answers: { energies: 1 - Math.sqrt(5), dynamics: Math.cos(2) },
  },
});

function hubbardFaults(problem: Hubbard): ProblemFault[] {
  const { electrons } = problem;
  const sites = siteCount(problem);
  const wide: ProblemFault[] =
    2 * sites > mostModes
      ? [
          {
            path: 'columns',
            message: `makes ${sites} sites, of which at most ${mostModes / 2} can be simulated`,
          },
        ]
      : [];
  const many = (['up', 'down'] as const).flatMap((spin): ProblemFault[] => {
    const count = electrons?.[spin] ?? 0;
    if (count <= sites) return [];
    return [
      { path: `electrons.${spin}`, message: `is ${count}, and ${sites} sites hold ${sites}` },
    ];
  });
  return [...wide, ...many, ...reductionFault(problem, sites)];
}

/** Over sites hops are the integrals of one electron, and U is that of two on one site. */
function integralsOf(problem: Hubbard): OrbitalIntegrals {
  const { hopping, interaction, electrons } = problem;
  const n = siteCount(problem);
  const one = new Float64Array(n * n);
  const two = new Float64Array(n ** 4);
  for (const [p, q] of bondsOf(problem)) one[p * n + q] = one[q * n + p] = -hopping;
  for (let p = 0; p < n; p++) two[((p * n + p) * n + p) * n + p] = interaction;
  const half = Math.ceil(n / 2);
  const { up, down } = electrons ?? { up: half, down: Math.floor(n / 2) };
  const rest = { orbitals: n, electrons: [up, down] as const, constant: 0 };
  if (problem.orbitals === 'sites') return { ...rest, one, two };
  return { ...rest, ...transformed(one, two, bandsOf(one, n)) };
}

/** States of a free electron by energy: column j holds band j, site m at m·n + j. */
function bandsOf(hops: Float64Array, n: number): Float64Array {
  const bands = symmetricEigen(hops, n).vectors.toReversed();
  return Float64Array.from({ length: n * n }, (_, k) => bands[k % n]?.[Math.floor(k / n)] ?? 0);
}
