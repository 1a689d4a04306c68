import type { Counts } from '#engine/programs/program.ts';

/**
 * Counts from IonQ's flat map of probabilities, whose keys are decimal indices with qubit 0 as the
 * least significant bit. A machine's probabilities are counts/shots; exact ones are sampled here.
 */
export function countsOf(
  probabilities: Readonly<Record<string, number>>,
  shots: number,
  uniform: (() => number) | null,
): Counts {
  const entries = Object.entries(probabilities)
    .map(([key, p]) => [Number(key), p] as const)
    .sort(([a], [b]) => a - b);
  const counts = uniform === null ? rounded(entries, shots) : drawn(entries, shots, uniform);
  const seen = entries
    .map(([outcome], k) => [outcome, counts[k] as number] as const)
    .filter(([, n]) => n > 0);
  return {
    outcomes: Float64Array.from(seen, ([outcome]) => outcome),
    counts: Float64Array.from(seen, ([, n]) => n),
  };
}

function rounded(entries: readonly (readonly [number, number])[], shots: number): number[] {
  return entries.map(([, p]) => Math.round(p * shots));
}

function drawn(
  entries: readonly (readonly [number, number])[],
  shots: number,
  uniform: () => number,
): number[] {
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
