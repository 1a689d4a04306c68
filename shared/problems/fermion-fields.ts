import type { ParameterDescriptor } from '../catalog/parameter.ts';
import type { Mapping } from '../chemistry/encoding.ts';
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

/** Only the parity mapping has the two qubits, and something must be left without them. */
export function reductionFault(
  {
    mapping,
    twoQubitReduction,
  }: { readonly mapping: Mapping; readonly twoQubitReduction: boolean },
  orbitals: number | null,
): ProblemFault[] {
  if (!twoQubitReduction) return [];
  const path = 'twoQubitReduction';
  if (mapping !== 'parity') {
    return [{ path, message: `needs the mapping “parity”, not “${mapping}”` }];
  }
  return orbitals === 1 ? [{ path, message: 'leaves no qubit of a single orbital' }] : [];
}
