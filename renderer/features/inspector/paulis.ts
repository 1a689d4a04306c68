import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { allPaulis } from './density.ts';

/** ⟨P⟩ of one Pauli string. */
export interface PauliRow {
  readonly name: string;
  readonly value: number;
}

/** Up to this many qubits every string is listed. */
const everyStringQubits = 4;
const letters = ['X', 'Y', 'Z'] as const;

/**
 * Expectations of Pauli strings, largest first: all of them for few qubits, else those of one qubit and,
 * where they were asked for, of two. Those that vanish are left out.
 */
export function pauliRows(
  { bloch, view }: Pick<SimulationResult, 'bloch' | 'view'>,
  qubits: number,
): readonly PauliRow[] {
  const density = view?.density;
  if (qubits <= everyStringQubits && density !== null && density !== undefined) {
    return largestFirst(allPaulis(density, qubits));
  }
  const singles = (bloch ?? []).flatMap((vector, qubit) =>
    vector.map((value, k) => ({ name: `${letters[k]}${qubit}`, value })),
  );
  const pairs = (view?.pairs ?? []).flatMap(({ qubits: [a, b], paulis }) =>
    paulis.map((value, k) => ({
      name: `${letters[Math.floor(k / 3)]}${a} ${letters[k % 3]}${b}`,
      value,
    })),
  );
  return largestFirst([...singles, ...pairs]);
}

function largestFirst(rows: readonly PauliRow[]): readonly PauliRow[] {
  return rows
    .filter(({ value }) => Math.abs(value) > 1e-6)
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value) || (a.name < b.name ? -1 : 1));
}
