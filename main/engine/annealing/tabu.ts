import { rngOf } from '#shared/base/rng.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { energyOf, flip, gainsOf } from '../binary/bit-model.ts';
import { nextBelow, randomBits, type RandomState, randomState } from './fast-random.ts';
import { exchangeGain } from './metropolis.ts';
import { Findings, isToFinish, type Landscape, landscapeNeeds, landscapeOf } from './search.ts';
import { randomOnes } from './simulated-annealing.ts';

export const tabu = defineAlgorithm({
  id: 'tabu',
  title: 'Tabu search',
  summary:
    'Always the best flip of one variable that was not made lately, with restarts: strong on dense problems (Glover 1989; Palubeckis 2004).',
  source: 'Glover 1989; Palubeckis 2004, Annals of Operations Research 131, 259',
  kind: 'classical',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'restarts', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'iterations',
      title: 'Iterations',
      help: 'Flips from one start. Empty: 20 for each variable, at least 500.',
      default: null,
      min: 1,
      max: 100_000_000,
    },
    {
      kind: 'integer',
      id: 'restarts',
      title: 'Restarts',
      help: 'Independent starts.',
      default: 20,
      min: 1,
      max: 1_000_000,
    },
    {
      kind: 'integer',
      id: 'tenure',
      title: 'Tenure',
      help: 'For how many flips a variable stays as it is, with up to ten more at random. Empty: a quarter of the variables, at most 20.',
      default: null,
      min: 1,
      max: 1_000_000,
      advanced: true,
    },
  ],
  canPause: true,
  canFinish: true,
  asks: () => [],
  needs: (problem) => landscapeNeeds(problem, 3),
  *run({ view: problem, settings, seed }) {
    const landscape = landscapeOf(problem);
    const { size } = landscape.model;
    const restarts = settings['restarts'] as number;
    const iterations = (settings['iterations'] as number | undefined) ?? Math.max(500, 20 * size);
    const tenure = (settings['tenure'] as number | undefined) ?? Math.min(20, Math.ceil(size / 4));
    const findings = new Findings(problem);
    let done = 0;
    while (done < restarts) {
      const random = randomState(rngOf(seed, 202, done));
      findings.add(walk(landscape, { iterations, tenure }, random));
      done++;
      if (isToFinish(yield findings.progress(done, restarts, 'restart'))) break;
    }
    const perMove = landscape.ones === null ? size : landscape.ones * (size - landscape.ones);
    return findings.outcome(done * iterations * Math.max(1, perMove), { areIndependent: true });
  },
});

interface Walk {
  readonly iterations: number;
  readonly tenure: number;
}

/** The best assignment on a walk from a random start. */
export function walk(
  { model, ones }: Landscape,
  { iterations, tenure }: Walk,
  random: RandomState,
): Uint8Array {
  const { size } = model;
  const x = ones === null ? randomBits(size, random) : randomOnes(size, ones, random);
  const gains = gainsOf(model, x);
  const freeAt = new Int32Array(size);
  let energy = energyOf(model, x);
  let best = energy;
  const bestX = x.slice();
  for (let step = 1; step <= iterations; step++) {
    const move =
      ones === null
        ? bestFlip(gains, freeAt, step, energy - best)
        : bestExchange({ model, gains, x, freeAt, step, above: energy - best });
    if (move === null) continue;
    energy += move.gain;
    for (const i of move.flips) {
      flip(model, x, gains, i);
      freeAt[i] = step + tenure + nextBelow(random, 10);
    }
    if (energy < best - 1e-12 * Math.max(1, Math.abs(best))) {
      best = energy;
      bestX.set(x);
    }
  }
  return bestX;
}

interface Move {
  readonly gain: number;
  readonly flips: readonly number[];
}

/** The best flip that is allowed, or one that leads below the best so far. */
function bestFlip(
  gains: Float64Array,
  freeAt: Int32Array,
  step: number,
  above: number,
): Move | null {
  let gain = Infinity;
  let found = -1;
  for (let i = 0; i < gains.length; i++) {
    const one = gains[i] as number;
    if (one < gain && ((freeAt[i] as number) <= step || one < -above - 1e-12)) {
      gain = one;
      found = i;
    }
  }
  return found < 0 ? null : { gain, flips: [found] };
}

interface Exchange {
  readonly model: Landscape['model'];
  readonly gains: Float64Array;
  readonly x: Uint8Array;
  readonly freeAt: Int32Array;
  readonly step: number;
  readonly above: number;
}

function bestExchange({ model, gains, x, freeAt, step, above }: Exchange): Move | null {
  let gain = Infinity;
  let found: readonly [number, number] | null = null;
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    for (let j = 0; j < x.length; j++) {
      if (x[j] === 1) continue;
      const isFree = (freeAt[i] as number) <= step && (freeAt[j] as number) <= step;
      const one = exchangeGain(model, gains, i, j);
      if (one < gain && (isFree || one < -above - 1e-12)) {
        gain = one;
        found = [i, j];
      }
    }
  }
  return found === null ? null : { gain, flips: found };
}
