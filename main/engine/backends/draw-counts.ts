import { BitCounter, packBits } from '#shared/base/packed-bits.ts';
import type { Rng } from '#shared/base/rng.ts';
import { type BranchOutcomes, drawIndices, writeOutcome } from '../simulators/outcomes.ts';
import type { Counts } from '../programs/program.ts';

/** Draws from all parts together; bit i of an outcome is bit i of memory. */
export function countDraws(
  width: number,
  parts: readonly BranchOutcomes[],
  shots: number,
  rng: Rng,
): Counts {
  const counted = new BitCounter(width);
  drawIndices(
    parts.map(({ probabilities }) => probabilities),
    shots,
    rng,
    (part, index, count) => {
      const outcomes = parts[part] as BranchOutcomes;
      const memory = outcomes.bits.slice();
      writeOutcome(outcomes, index, memory);
      counted.add(packBits(memory), 0, count);
    },
  );
  return counted.counts();
}

/** How many of `trials` draws of probability p succeed. */
export function binomial(p: number, trials: number, rng: Rng): number {
  let successes = 0;
  for (let i = 0; i < trials; i++) if (rng.uniform() < p) successes++;
  return successes;
}
