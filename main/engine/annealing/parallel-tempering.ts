import { rngOf } from '#shared/base/rng.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { type BitModel, descend, energyOf, flip, gainsOf } from '../binary/bit-model.ts';
import {
  nextBelow,
  nextUniform,
  randomBits,
  type RandomState,
  randomState,
} from './fast-random.ts';
import { geometric, sweepFlips, temperatures } from './metropolis.ts';
import { Findings, isToFinish, landscapeNeeds, penalisedLandscape } from './search.ts';

/** Clusters of equal difference span a graph with more bonds a spin than so, and exchanging them changes nothing. */
const mostBondsForClusters = 8;
/** Sweeps between two reports, descents and counts of the coldest copies. */
const sweepsPerRead = 10;

export const parallelTempering = defineAlgorithm({
  id: 'parallel-tempering',
  title: 'Parallel tempering',
  summary:
    'Copies at many temperatures that change places, with isoenergetic cluster moves on sparse graphs (Zhu, Ochoa and Katzgraber 2015, arXiv:1501.05630).',
  source: 'Zhu, Ochoa and Katzgraber 2015, arXiv:1501.05630',
  kind: 'classical',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'sweeps', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'sweeps',
      title: 'Sweeps',
      help: 'Passes over all variables of every copy.',
      default: 1000,
      min: 1,
      max: 10_000_000,
    },
    {
      kind: 'integer',
      id: 'temperatures',
      title: 'Temperatures',
      help: 'How many there are from cold to hot; each has two copies.',
      default: 20,
      min: 2,
      max: 1000,
    },
    {
      kind: 'number',
      id: 'hottest',
      title: 'Hottest temperature',
      help: 'In units of the objective. Empty: a third of the largest change of a single flip.',
      default: null,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
    {
      kind: 'number',
      id: 'coldest',
      title: 'Coldest temperature',
      help: 'Empty: a fifth of the smallest weight.',
      default: null,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
  ],
  fault: ({ hottest, coldest }) =>
    typeof hottest === 'number' && typeof coldest === 'number' && coldest >= hottest
      ? {
          path: 'coldest',
          message: `The coldest temperature, ${coldest}, must be below the hottest, ${hottest}.`,
        }
      : null,
  canPause: true,
  canFinish: true,
  asks: () => [],
  needs: (problem, settings) => landscapeNeeds(problem, 2 * (settings['temperatures'] as number)),
  *run({ view: problem, settings, seed }) {
    const { sweeps, temperatures: count, hottest, coldest } = settings as unknown as Settings;
    const { model } = penalisedLandscape(problem);
    const random = randomState(rngOf(seed, 203));
    const [largest, cold] = temperatures(model);
    const top = hottest ?? Math.max(largest / 3, 2 * (coldest ?? 0));
    const betas = geometric([top, coldest ?? Math.min(4 * cold, top / 2)], count).map((t) => 1 / t);
    const ladders = [0, 1].map(() => Array.from({ length: count }, () => copyAt(model, random)));
    const hasClusters = model.neighbours.length <= mostBondsForClusters * model.size;
    const findings = new Findings(problem);
    let sweep = 0;
    while (sweep < sweeps) {
      sweep++;
      for (const ladder of ladders) {
        ladder.forEach((copy, k) =>
          sweepFlips(model, copy.x, copy.gains, betas[k] as number, random),
        );
      }
      if (hasClusters) exchangeClusters(model, ladders, random);
      for (const ladder of ladders) changePlaces(model, ladder, betas, random);
      if (sweep % sweepsPerRead !== 0 && sweep !== sweeps) continue;
      for (const ladder of ladders) findings.add(lowestBelow(model, ladder));
      if (isToFinish(yield findings.progress(sweep, sweeps, 'sweep'))) break;
    }
    return findings.outcome(2 * count * sweep * model.size, { areIndependent: false });
  },
});

interface Settings {
  readonly sweeps: number;
  readonly temperatures: number;
  readonly hottest?: number;
  readonly coldest?: number;
}

interface Copy {
  readonly x: Uint8Array;
  readonly gains: Float64Array;
}

function copyAt(model: BitModel, random: RandomState): Copy {
  const x = randomBits(model.size, random);
  return { x, gains: gainsOf(model, x) };
}

/** Neighbours in temperature change places with probability min(1, e^{ΔβΔE}). */
function changePlaces(
  model: BitModel,
  ladder: Copy[],
  betas: Float64Array,
  random: RandomState,
): void {
  const energies = ladder.map(({ x }) => energyOf(model, x));
  for (let k = 0; k + 1 < ladder.length; k++) {
    const [energy, next] = [energies[k] as number, energies[k + 1] as number];
    const exponent = ((betas[k + 1] as number) - (betas[k] as number)) * (next - energy);
    if (exponent < 0 && nextUniform(random) >= Math.exp(exponent)) continue;
    [ladder[k], ladder[k + 1]] = [ladder[k + 1] as Copy, ladder[k] as Copy];
    [energies[k], energies[k + 1]] = [next, energy];
  }
}

/** At each temperature the two copies exchange one cluster of spins in which they differ; their energies add up to the same. */
function exchangeClusters(
  model: BitModel,
  ladders: readonly (readonly Copy[])[],
  random: RandomState,
): void {
  const [first, second] = ladders;
  if (first === undefined || second === undefined) return;
  const stack = new Int32Array(model.size);
  // The hotter half is disordered anyway: its clusters span the graph.
  for (let k = first.length >> 1; k < first.length; k++) {
    const [a, b] = [first[k] as Copy, second[k] as Copy];
    const start = nextBelow(random, model.size);
    if (a.x[start] === b.x[start]) continue;
    const isIn = new Uint8Array(model.size);
    let depth = 0;
    stack[depth++] = start;
    isIn[start] = 1;
    while (depth > 0) {
      const i = stack[--depth] as number;
      flip(model, a.x, a.gains, i);
      flip(model, b.x, b.gains, i);
      for (let at = model.starts[i] as number; at < (model.starts[i + 1] as number); at++) {
        const j = model.neighbours[at] as number;
        if (isIn[j] === 1 || a.x[j] === b.x[j]) continue;
        isIn[j] = 1;
        stack[depth++] = j;
      }
    }
  }
}

/** The lowest of the colder half of a ladder, after a descent. */
function lowestBelow(model: BitModel, ladder: readonly Copy[]): Uint8Array {
  let best: Uint8Array | null = null;
  let lowest = Infinity;
  for (const copy of ladder.slice(ladder.length >> 1)) {
    const [x, gains] = [copy.x.slice(), copy.gains.slice()];
    descend(model, x, gains);
    const energy = energyOf(model, x);
    if (energy >= lowest) continue;
    lowest = energy;
    best = x;
  }
  return best ?? new Uint8Array(model.size);
}
