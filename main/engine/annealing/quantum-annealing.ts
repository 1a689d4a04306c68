import { rngOf } from '#shared/base/rng.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { type BitModel, changesOf, descend, energyOf, flip, gainsOf } from '../binary/bit-model.ts';
import { embeddingParameter, type EmbeddingSettings } from '../embedding/settings.ts';
import {
  exponentialMask,
  exponentials,
  nextBits,
  randomBits,
  type RandomState,
  randomState,
} from './fast-random.ts';
import { groundOf } from './embedded.ts';
import { Findings, isToFinish, landscapeNeeds, penalisedLandscape } from './search.ts';

export const quantumAnnealing = defineAlgorithm({
  id: 'quantum-annealing',
  title: 'Quantum annealing (path integral)',
  summary:
    'A transverse field that is turned off slowly, simulated by copies along imaginary time (Martoňák, Santoro and Tosatti 2002, arXiv:cond-mat/0205313).',
  source: 'Martoňák, Santoro and Tosatti 2002, arXiv:cond-mat/0205313',
  kind: 'classical',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'reads', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'sweeps',
      title: 'Sweeps',
      help: 'Passes over all variables of every slice in one read, while the field falls.',
      default: 200,
      min: 1,
      max: 10_000_000,
    },
    {
      kind: 'integer',
      id: 'reads',
      title: 'Reads',
      help: 'Independent starts.',
      default: 20,
      min: 1,
      max: 1_000_000,
    },
    {
      kind: 'integer',
      id: 'slices',
      title: 'Slices',
      help: 'Copies along imaginary time; more follow the quantum system more closely.',
      default: 20,
      min: 2,
      max: 1000,
    },
    {
      kind: 'number',
      id: 'temperature',
      title: 'Temperature',
      help: 'In units of the objective. Empty: a fiftieth of the largest change of a single flip.',
      default: null,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
    {
      kind: 'number',
      id: 'field',
      title: 'First transverse field',
      help: 'Where the field starts, in units of the objective; it falls to zero in equal steps. Empty: the largest change of a single flip.',
      default: null,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
    embeddingParameter,
  ],
  canPause: true,
  canFinish: true,
  asks: () => [],
  needs: (problem, settings) => landscapeNeeds(problem, settings['slices'] as number),
  *run({ view: problem, settings, seed }) {
    const { sweeps, reads, slices, temperature, field, embedding } =
      settings as unknown as Settings;
    const ground = yield* groundOf(problem, embedding, seed, penalisedLandscape);
    const { chains } = ground;
    const { model } = ground.landscape;
    const [largest] = changesOf(model);
    const schedule = {
      sweeps,
      slices,
      temperature: temperature ?? largest / 50,
      field: field ?? largest,
    };
    const findings = new Findings(problem);
    let done = 0;
    while (done < reads) {
      const x = anneal(model, schedule, randomState(rngOf(seed, 204, done)));
      findings.add(chains?.variablesOf(x) ?? x);
      done++;
      if (isToFinish(yield findings.progress(done, reads, 'read'))) break;
    }
    return findings.outcome(done * sweeps * (slices + 1) * model.size, {
      areIndependent: true,
      chains,
    });
  },
});

interface Settings {
  readonly sweeps: number;
  readonly reads: number;
  readonly slices: number;
  readonly temperature?: number;
  readonly field?: number;
  readonly embedding?: EmbeddingSettings;
}

type Schedule = Omit<Required<Settings>, 'reads' | 'embedding'>;

interface Slice {
  readonly x: Uint8Array;
  readonly gains: Float64Array;
}

/**
 * The system of P slices at temperature P·T: each has the energy of the problem, and neighbours along
 * imaginary time (a ring) are bound by J = −(PT/2) ln tanh(Γ/PT). Local flips, then flips of a
 * spin in all slices at once.
 */
function anneal(
  model: BitModel,
  { sweeps, slices, temperature, field }: Schedule,
  random: RandomState,
): Uint8Array {
  const path: Slice[] = Array.from({ length: slices }, () => {
    const x = randomBits(model.size, random);
    return { x, gains: gainsOf(model, x) };
  });
  const beta = 1 / (slices * temperature);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const gamma = field * (1 - (sweep + 0.5) / sweeps);
    // A bond that is cut costs 2J.
    const bond = -(slices * temperature) * Math.log(Math.tanh(gamma / (slices * temperature)));
    for (let k = 0; k < slices; k++) {
      const before = path[(k + slices - 1) % slices] as Slice;
      const after = path[(k + 1) % slices] as Slice;
      sweepSlice(model, path[k] as Slice, [before.x, after.x], { beta, bond }, random);
    }
    sweepLines(model, path, beta, random);
  }
  return lowestOf(model, path);
}

function sweepSlice(
  model: BitModel,
  { x, gains }: Slice,
  [before, after]: readonly [Uint8Array, Uint8Array],
  { beta, bond }: { readonly beta: number; readonly bond: number },
  random: RandomState,
): void {
  for (let i = 0; i < model.size; i++) {
    const own = x[i];
    const equal = (before[i] === own ? 1 : -1) + (after[i] === own ? 1 : -1);
    const cost = beta * ((gains[i] as number) + bond * equal);
    if (isPaid(cost, random)) flip(model, x, gains, i);
  }
}

function sweepLines(
  model: BitModel,
  path: readonly Slice[],
  beta: number,
  random: RandomState,
): void {
  for (let i = 0; i < model.size; i++) {
    let gain = 0;
    for (const { gains } of path) gain += gains[i] as number;
    if (!isPaid(beta * gain, random)) continue;
    for (const { x, gains } of path) flip(model, x, gains, i);
  }
}

function isPaid(cost: number, random: RandomState): boolean {
  return cost <= 0 || cost < (exponentials[nextBits(random) & exponentialMask] as number);
}

function lowestOf(model: BitModel, path: readonly Slice[]): Uint8Array {
  let best = path[0]?.x ?? new Uint8Array(model.size);
  let lowest = Infinity;
  for (const { x, gains } of path) {
    descend(model, x, gains);
    const energy = energyOf(model, x);
    if (energy >= lowest) continue;
    lowest = energy;
    best = x;
  }
  return best;
}
