import { AppError } from '#shared/base/errors.ts';
import { setBit, zeroBits } from '#shared/base/packed-bits.ts';
import type { Counts } from '#engine/programs/program.ts';

/** What a job ran: its qubits (all of them are measured), its shots, and uniforms where draws are ours to make. */
export interface Measured {
  readonly qubits: number;
  readonly shots: number;
  readonly uniform: (() => number) | null;
}

/**
 * Counts from IonQ's flat map of probabilities, whose keys are decimal indices of any length with qubit 0 as
 * the least significant bit. A machine's probabilities are counts/shots; exact ones are sampled here.
 */
export function countsOf(
  probabilities: Readonly<Record<string, number>>,
  { qubits, shots, uniform }: Measured,
): Counts {
  const entries = Object.entries(probabilities)
    .map(([key, p]) => [indexOf(key, qubits), p] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const counts = uniform === null ? rounded(entries, shots) : drawn(entries, shots, uniform);
  const seen = entries
    .map(([index], k) => [index, counts[k] as number] as const)
    .filter(([, n]) => n > 0);
  const outcomes = zeroBits(qubits, seen.length);
  seen.forEach(([index], k) => {
    for (let qubit = 0; qubit < qubits; qubit++)
      if ((index >> BigInt(qubit)) % 2n === 1n) setBit(outcomes, k, qubit);
  });
  return { outcomes, counts: Float64Array.from(seen, ([, n]) => n) };
}

function indexOf(key: string, qubits: number): bigint {
  const index = /^\d{1,400}$/.test(key) ? BigInt(key) : null;
  if (index !== null && index >> BigInt(qubits) === 0n) return index;
  throw new AppError(
    'vendor',
    `IonQ answered with the outcome “${key.slice(0, 40)}”, which is no index over ${qubits} qubits.`,
    { key: key.slice(0, 40), qubits },
  );
}

type Entry = readonly [bigint, number];

function rounded(entries: readonly Entry[], shots: number): number[] {
  return entries.map(([, p]) => Math.round(p * shots));
}

function drawn(entries: readonly Entry[], shots: number, uniform: () => number): number[] {
  const total = entries.reduce((sum, [, p]) => sum + p, 0);
  const counts = entries.map(() => 0);
  for (let shot = 0; shot < shots; shot++) {
    let rest = uniform() * total;
    let k = 0;
    while (k < entries.length - 1 && rest >= (entries[k]?.[1] ?? 0)) rest -= entries[k++]?.[1] ?? 0;
    counts[k] = (counts[k] as number) + 1;
  }
  return counts;
}
