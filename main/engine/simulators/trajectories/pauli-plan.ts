import { present } from '#shared/base/assert.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { Run } from '../simulator.ts';
import { type ErrorSite, type PauliSegments, pauliSegmentsOf } from './pauli-segments.ts';
import { segmentBytes, type ShotPlan } from './shot-plan.ts';

/** A circuit whose channels are random Pauli strings, which are drawn beforehand; null for any other. */
export function pauliPlan({ program, noise, options }: Run): ShotPlan | null {
  const found = noise && pauliSegmentsOf(program.before, noise, options.bindings);
  if (found === null) return null;
  const draw = eventsOf(found);
  return {
    pass: 'flippedShots',
    segments: found.segments,
    gateCount: program.before.length,
    writeSegments(writer) {
      const at = writer.reserve(segmentBytes * found.segments.length);
      // The events alone say what happens.
      found.segments.forEach((_, k) => writer.double(at + segmentBytes * k + 16, 1));
      return at;
    },
    draw(rng) {
      const events = draw(rng);
      return events.length === 0 ? null : { limit: 0, events };
    },
  };
}

/** The errors of one shot in their order, as words: the next is drawn by the hazard until it. */
function eventsOf({ sites }: PauliSegments): (rng: Rng) => number[] {
  let sum = 0;
  const hazards = Float64Array.from(sites, ({ hazard }) => (sum += hazard));
  return (rng) => {
    const events: number[] = [];
    for (let at = 0; ; ) {
      at -= Math.log1p(-rng.uniform());
      if (!(at < sum)) return events;
      const index = firstAbove(hazards, at);
      const { segment, reached, errors } = present(sites[index], 'a site') as ErrorSite;
      const last = reached.length - 1;
      const wanted = rng.uniform() * (reached[last] as number);
      const { flips, signs } = present(
        errors[Math.min(last, firstAbove(reached, wanted))],
        'an error',
      );
      events.push(segment, flips, signs);
      // A site has one error at most.
      at = hazards[index] as number;
    }
  };
}

/** The first place of an ascending list whose value is above x; its length where there is none. */
function firstAbove(ascending: Float64Array, x: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > x) high = middle;
    else low = middle + 1;
  }
  return low;
}
