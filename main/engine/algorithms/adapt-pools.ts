import { AppError } from '#shared/base/errors.ts';
import { unreachable } from '#shared/base/assert.ts';
import { type Fermions, excitationGenerator } from '#shared/chemistry/second-quantisation.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { printObservable } from '#shared/observables/print.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';
import { doubles, singles } from '../ansatze/excitations.ts';

export type Pool = 'fermionic' | 'qubit' | 'minimal';

/** A Hermitian G, by which exp(−iθG) may be put at the end of a circuit. */
export interface PoolOperator {
  readonly name: string;
  readonly generator: PauliSum;
}

/** What ADAPT-VQE may choose from. */
export function poolOf(pool: Pool, hamiltonian: Hamiltonian): PoolOperator[] {
  const { fermions, qubits } = hamiltonian;
  switch (pool) {
    case 'fermionic':
      if (fermions === undefined) {
        throw new AppError(
          'bad-input',
          'The pool “fermionic” moves electrons, so it needs a problem of the kind “molecule”. Choose “qubit” or “minimal”.',
          { path: 'settings.pool' },
        );
      }
      return excitationsOf(fermions);
    case 'qubit':
      return fermions === undefined
        ? named(shortStrings(qubits))
        : named(
            excitationsOf(fermions).flatMap(({ generator }) => generator.terms.map(withoutChain)),
          );
    case 'minimal':
      return fermions === undefined
        ? named(completeStrings(qubits))
        : named(
            excitationsOf(fermions).flatMap(({ generator }) =>
              generator.terms.slice(0, 1).map(withoutChain),
            ),
          );
    default:
      return unreachable(pool);
  }
}

/** Single and double excitations of the reference (Grimsley et al. 2019, arXiv:1812.11173). */
function excitationsOf(fermions: Fermions): PoolOperator[] {
  return [...doubles(fermions), ...singles(fermions)].map(({ from, to }) => ({
    name: `${from.join(',')} → ${to.join(',')}`,
    generator: excitationGenerator({ from, to }, fermions),
  }));
}

/** A string without its letters Z (Tang et al. 2021, arXiv:1911.10205); one that has nothing else stays. */
function withoutChain({ factors }: PauliTerm): PauliTerm {
  const kept = factors.filter(({ letter }) => letter !== 'Z');
  return { coefficient: 1, factors: kept.length > 0 ? kept : factors };
}

/** Real rotations of one qubit and of each pair: Y, YZ, YX. */
function shortStrings(qubits: number): PauliTerm[] {
  const all = Array.from({ length: qubits }, (_, q) => q);
  return all.flatMap((q): PauliTerm[] => [
    { coefficient: 1, factors: [{ qubit: q, letter: 'Y' }] },
    ...all.flatMap((other) =>
      other === q
        ? []
        : (['Z', 'X'] as const).map((letter): PauliTerm => {
            const pair = [
              { qubit: q, letter: 'Y' as const },
              { qubit: other, letter },
            ];
            return { coefficient: 1, factors: pair.toSorted((a, b) => a.qubit - b.qubit) };
          }),
    ),
  ]);
}

/**
 * 2n − 2 strings from which every real state can be reached (Tang et al. 2021, arXiv:1911.10205, appendix B): those of
 * fewer qubits with Z on the last one, and Y of the last one and of the one before.
 */
function completeStrings(qubits: number): PauliTerm[] {
  if (qubits === 1) return [{ coefficient: 1, factors: [{ qubit: 0, letter: 'Y' }] }];
  const y = (qubit: number): PauliTerm => ({ coefficient: 1, factors: [{ qubit, letter: 'Y' }] });
  const lengthened = (term: PauliTerm, qubit: number): PauliTerm => ({
    ...term,
    factors: [...term.factors, { qubit, letter: 'Z' }],
  });
  if (qubits === 2) return [lengthened(y(0), 1), y(1)];
  const last = qubits - 1;
  return [...completeStrings(last).map((term) => lengthened(term, last)), y(last), y(last - 1)];
}

/** Each string once, by itself. */
function named(terms: readonly PauliTerm[]): PoolOperator[] {
  const found = new Map<string, PoolOperator>();
  for (const { factors } of terms) {
    const generator = { terms: [{ coefficient: 1, factors }] };
    const name = printObservable(generator);
    found.set(name, { name, generator });
  }
  return [...found.values()];
}
