import type { ParameterDescriptor } from '../catalog/parameter.ts';
import type { Mapping } from '../chemistry/encoding.ts';
import type { OrbitalIntegrals } from '../chemistry/orbital-integrals.ts';
import { type Fermions, symmetriesOf } from '../chemistry/second-quantisation.ts';
import type { ProblemFault } from './problem-kind.ts';

/** Fields of every kind whose electrons are written into qubits. */
export const mappingField = {
  kind: 'choice',
  id: 'mapping',
  title: 'Mapping',
  help: 'How occupations of orbitals are written into qubits. All have the same energies; the strings differ in length.',
  default: 'jordan-wigner',
  options: [
    { value: 'jordan-wigner', title: 'Jordan-Wigner' },
    { value: 'parity', title: 'Parity' },
    { value: 'bravyi-kitaev', title: 'Bravyi-Kitaev' },
  ],
} as const satisfies ParameterDescriptor;

export const reductionField = {
  kind: 'boolean',
  id: 'twoQubitReduction',
  title: 'Two-qubit reduction',
  help: 'Leaves out the two qubits that hold the numbers of electrons under the parity mapping.',
  default: false,
  advanced: true,
} as const satisfies ParameterDescriptor;

export const taperingField = {
  kind: 'boolean',
  id: 'tapering',
  title: 'Tapering',
  help: 'Leaves out a qubit for every symmetry under which electrons stay even or odd in number: those of each spin, and of a molecule’s shape. Energies are those of the reference’s symmetry. Under the Jordan-Wigner mapping.',
  default: false,
  advanced: true,
} as const satisfies ParameterDescriptor;

interface Written {
  readonly mapping: Mapping;
  readonly twoQubitReduction: boolean;
  readonly tapering: boolean;
}

/** The electrons of some integrals as the fields want them written. */
export function fermionsOf(
  integrals: OrbitalIntegrals,
  { mapping, twoQubitReduction, tapering }: Written,
): Fermions {
  const { orbitals, electrons } = integrals;
  const plain: Fermions = { orbitals, electrons, mapping, isReduced: twoQubitReduction };
  if (!tapering) return plain;
  // A qubit is kept even where nothing is left to be found.
  return { ...plain, tapered: symmetriesOf(integrals).slice(0, 2 * orbitals - 1) };
}

/** Only the parity mapping has the two qubits, only Jordan and Wigner's is tapered, and something must be left without them. */
export function reductionFault(
  { mapping, twoQubitReduction, tapering }: Written,
  orbitals: number | null,
): ProblemFault[] {
  if (tapering && mapping !== 'jordan-wigner') {
    const message = `needs the mapping “jordan-wigner”, not “${mapping}”`;
    return [{ path: 'tapering', message }];
  }
  if (!twoQubitReduction) return [];
  const path = 'twoQubitReduction';
  if (mapping !== 'parity') {
    return [{ path, message: `needs the mapping “parity”, not “${mapping}”` }];
  }
  return orbitals === 1 ? [{ path, message: 'leaves no qubit of a single orbital' }] : [];
}
