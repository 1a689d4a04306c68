import { rngOf } from '#shared/base/rng.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { descend, gainsOf } from '../binary/bit-model.ts';
import { embeddingParameter, type EmbeddingSettings } from '../embedding/settings.ts';
import { nextBits, nextBelow, randomBits, type RandomState, randomState } from './fast-random.ts';
import { geometric, sweepExchanges, sweepFlips, temperatures } from './metropolis.ts';
import {
  copiesPerWord,
  copyOf,
  type MultiSpinModel,
  multiSpinModel,
  sweepCopies,
} from './multi-spin.ts';
import { groundOf } from './embedded.ts';
import { Findings, isToFinish, type Landscape, landscapeNeeds, landscapeOf } from './search.ts';

/** Moves between two reports of progress. */
const movesPerReport = 2_000_000;
/** A curve has points also where all is done in a moment. */
const reportsAtLeast = 10;

export const simulatedAnnealing = defineAlgorithm({
  id: 'simulated-annealing',
  title: 'Simulated annealing',
  summary:
    'Random moves that accept worse values less and less as a temperature falls (Kirkpatrick et al. 1983); 32 copies side by side in one word where all bonds are equally strong.',
  source:
    'Kirkpatrick, Gelatt and Vecchi 1983, Science 220, 671; copies in one word: Isakov et al. 2015, arXiv:1401.1084',
  kind: 'classical',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'reads', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'sweeps',
      title: 'Sweeps',
      help: 'Passes over all variables in one read, from hot to cold.',
      default: 200,
      min: 1,
      max: 10_000_000,
    },
    {
      kind: 'integer',
      id: 'reads',
      title: 'Reads',
      help: 'Independent starts.',
      default: 100,
      min: 1,
      max: 1_000_000,
    },
    {
      kind: 'number',
      id: 'hottest',
      title: 'Hottest temperature',
      help: 'Where the temperature starts, in units of the objective. Empty: the largest change of a single flip.',
      default: null,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
    {
      kind: 'number',
      id: 'coldest',
      title: 'Coldest temperature',
      help: 'Where it ends. Empty: a twentieth of the smallest weight.',
      default: null,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
    embeddingParameter,
  ],
  fault: ({ hottest, coldest }) =>
    typeof hottest === 'number' && typeof coldest === 'number' && coldest > hottest
      ? {
          path: 'coldest',
          message: `The coldest temperature, ${coldest}, is above the hottest, ${hottest}.`,
        }
      : null,
  canPause: true,
  canFinish: true,
  asks: () => [],
  needs: (problem) => landscapeNeeds(problem, copiesPerWord),
  *run({ view: problem, settings, seed }) {
    const { sweeps, reads, hottest, coldest, embedding } = settings as unknown as Settings;
    const ground = yield* groundOf(problem, embedding, seed, landscapeOf);
    const { landscape, chains } = ground;
    const [hot, cold] = temperatures(landscape.model);
    const top = hottest ?? Math.max(hot, coldest ?? 0);
    const course = geometric([top, coldest ?? Math.min(cold, top)], sweeps);
    const findings = new Findings(problem);
    const copies =
      problem.constraints.length === 0 && chains === null
        ? multiSpinModel(problem.objective, problem.sense === 'min' ? 1 : -1)
        : null;
    const group = copies === null ? 1 : copiesPerWord;
    const groupsPerReport = Math.max(
      1,
      Math.min(
        Math.floor(movesPerReport / (group * sweeps * problem.variables)),
        Math.floor(reads / (reportsAtLeast * group)),
      ),
    );
    let done = 0;
    while (done < reads) {
      for (let k = 0; k < groupsPerReport && done < reads; k++) {
        const random = randomState(rngOf(seed, 201, done));
        const found =
          copies === null
            ? [anneal(landscape, course, random)]
            : annealCopies(copies, landscape, course, random);
        for (const x of found.slice(0, reads - done)) findings.add(chains?.variablesOf(x) ?? x);
        done = Math.min(reads, done + group);
      }
      if (isToFinish(yield findings.progress(done, reads, 'read'))) break;
    }
    return findings.outcome(done * sweeps * landscape.model.size, {
      areIndependent: true,
      chains,
    });
  },
});

interface Settings {
  readonly sweeps: number;
  readonly reads: number;
  readonly hottest?: number;
  readonly coldest?: number;
  readonly embedding?: EmbeddingSettings;
}

/** One read, with a descent at its end. */
function anneal({ model, ones }: Landscape, course: Float64Array, random: RandomState): Uint8Array {
  const x = ones === null ? randomBits(model.size, random) : randomOnes(model.size, ones, random);
  const gains = gainsOf(model, x);
  const sweep = ones === null ? sweepFlips : sweepExchanges;
  for (const temperature of course) sweep(model, x, gains, 1 / temperature, random);
  if (ones === null) descend(model, x, gains);
  return x;
}

function annealCopies(
  copies: MultiSpinModel,
  { model }: Landscape,
  course: Float64Array,
  random: RandomState,
): Uint8Array[] {
  const spins = Int32Array.from({ length: copies.size }, () => nextBits(random));
  for (const temperature of course) sweepCopies(copies, spins, 1 / temperature, random);
  return Array.from({ length: copiesPerWord }, (_, copy) => {
    const x = copyOf(spins, copy);
    descend(model, x, gainsOf(model, x));
    return x;
  });
}

/** A random assignment with so many ones. */
export function randomOnes(size: number, ones: number, random: RandomState): Uint8Array {
  const x = new Uint8Array(size);
  for (let left = ones; left > 0; ) {
    const i = nextBelow(random, size);
    if (x[i] === 1) continue;
    x[i] = 1;
    left--;
  }
  return x;
}
