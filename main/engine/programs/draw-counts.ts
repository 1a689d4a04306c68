import type { Rng } from '#shared/base/rng.ts';
import { type BranchOutcomes, drawIndices } from '../simulators/outcomes.ts';
import type { Counts } from './program.ts';

/** Draws from all parts together; an outcome's index has bit i of memory at 2^i. */
export function countDraws(parts: readonly BranchOutcomes[], shots: number, rng: Rng): Counts {
  const counted = new Map<number, number>();
  drawIndices(
    parts.map(({ probabilities }) => probabilities),
    shots,
    rng,
    (part, index, count) => {
      const outcome = outcomeIndex(parts[part] as BranchOutcomes, index);
      counted.set(outcome, (counted.get(outcome) ?? 0) + count);
    },
  );
  const sorted = [...counted].sort(([a], [b]) => a - b);
  return {
    outcomes: Float64Array.from(sorted, ([outcome]) => outcome),
    counts: Float64Array.from(sorted, ([, count]) => count),
  };
}

function outcomeIndex({ bits, positions }: BranchOutcomes, index: number): number {
  let outcome = 0;
  bits.forEach((bit, i) => {
    const j = positions.indexOf(i);
    outcome += (j >= 0 ? (index >>> j) & 1 : bit) * 2 ** i;
  });
  return outcome;
}

/** How many of `trials` draws of probability p succeed. */
export function binomial(p: number, trials: number, rng: Rng): number {
  let successes = 0;
  for (let i = 0; i < trials; i++) if (rng.uniform() < p) successes++;
  return successes;
}
