import { type Rng, rngOf, shuffled } from '#shared/base/rng.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { numberOf } from '#shared/circuit/expression.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { AppError } from '#shared/base/errors.ts';
import { indexAt } from '#shared/base/packed-bits.ts';
import { machineView } from '#shared/problems/views/machine.ts';
import { characterisation } from '#shared/results/kinds/characterisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { statevector } from '../simulators/dense.ts';
import { compileCircuit, runCompiled } from '../simulators/evaluator.ts';
import { pairsAmong } from './couplings.ts';
import { type Experiment, run, shotsOf, tell, warningsOf } from './experiment.ts';
import { decayCurve, fitDecay, lengthsFault, quantityOf, type Reading } from './fit.ts';
import { fence } from './idle.ts';

interface Settings {
  readonly depths: readonly number[];
  readonly circuits: number;
}

/** Ideal probabilities of more are too many to be worked out beside every circuit. */
const mostQubits = 16;

/** How much outcomes of random circuits favour what is likely. */
export const crossEntropyBenchmarking = defineAlgorithm({
  id: 'cross-entropy-benchmarking',
  title: 'Cross-entropy benchmarking',
  summary:
    'Runs random circuits, compares their outcomes with the probabilities that they should have, and fits how the fidelity falls with depth.',
  source: 'Boixo et al. 2018, Nature Physics 14, 595; Arute et al. 2019, Nature 574, 505',
  limits: `${mostQubits} qubits: the probabilities are worked out.`,
  kind: 'quantum',
  takes: machineView,
  result: characterisation,
  steps: { name: 'circuits', areCourse: true },
  parameters: [
    {
      kind: 'numbers',
      id: 'depths',
      title: 'Depths',
      help: 'How many cycles: a random turn of each qubit, then CZ on pairs that are coupled.',
      default: [2, 8, 20, 40, 80],
      minCount: 3,
    },
    {
      kind: 'integer',
      id: 'circuits',
      title: 'Circuits',
      help: 'Random circuits of each depth.',
      default: 10,
      min: 2,
      max: 10_000,
    },
  ],
  fault: ({ depths }) => lengthsFault('depths', depths as number[], 1),
  canPause: true,
  // With as many shots as are usual the slope is known to so much.
  accuracy: 2e-3,
  asks: () => ['samples'],
  needs: ({ qubits }) => ({
    ownBytes: 8 * 2 ** Math.min(30, qubits.length),
    qubits: qubits.length,
    answerBytes: 0,
  }),
  *run(input) {
    const { depths, circuits } = input.settings as unknown as Settings;
    const { qubits } = input.view;
    if (qubits.length > mostQubits) {
      throw new AppError(
        'too-large',
        `Cross-entropy benchmarking works out the probabilities of its circuits; it reaches ${mostQubits} qubits, and the problem names ${qubits.length}. Use “mirror-benchmarking”.`,
        { path: 'problem.qubits' },
      );
    }
    const points: Reading[] = [];
    for (const [k, depth] of depths.entries()) {
      const place = { depth, done: k * circuits, all: depths.length * circuits };
      points.push(yield* pointOf(input, circuits, place));
    }
    const fit = fitDecay(points, true);
    const share = 1 - 2 ** -qubits.length;
    const about = { title: 'error per cycle', qubits: [...qubits], unit: '' as const };
    const [value, width] = [-Math.expm1(-fit.rate), Math.exp(-fit.rate) * fit.stderr];
    return {
      result: {
        quantities: [quantityOf(about, share * value, share * width, [0, 1])],
        curves: [decayCurve('Random circuits', points, { ...fit, offset: 0 })],
        axes: { x: { title: 'Cycles', unit: '' }, y: { title: 'Fidelity', unit: '' } },
        ...input.usage(),
      },
      warnings: warningsOf(input),
    };
  },
});

interface Place {
  readonly depth: number;
  readonly done: number;
  readonly all: number;
}

/**
 * The fidelity that fits Σ p·q − 1/D = F·(Σ p² − 1/D) best over the circuits of one depth, p being the ideal
 * probabilities and q the shares that were measured.
 */
function* pointOf(
  input: Experiment,
  circuits: number,
  { depth, done, all }: Place,
): Generator<Ask, Reading, Answer> {
  const count = input.view.qubits.length;
  const shots = shotsOf(input);
  const pairs = pairsAmong(input);
  const found: { readonly ideal: number; readonly measured: number; readonly variance: number }[] =
    [];
  for (let c = 0; c < circuits; c++) {
    const operations = randomCycles(count, depth, pairs, rngOf(input.seed, 703, depth, c));
    const p = idealOf(count, operations);
    const { outcomes, counts } = yield* run(input, `depth ${depth} ${c}`, operations);
    let [sum, squares] = [0, 0];
    counts.forEach((n, k) => {
      const one = p[indexAt(outcomes, k)] as number;
      sum += n * one;
      squares += n * one * one;
    });
    const mean = sum / shots;
    const purity = p.reduce((total, one) => total + one * one, 0);
    found.push({
      ideal: purity - 2 ** -count,
      measured: mean - 2 ** -count,
      variance: Math.max(0, squares / shots - mean * mean) / shots,
    });
    yield* tell(done + c + 1, all, (mean - 2 ** -count) / Math.max(1e-12, purity - 2 ** -count));
  }
  const weight = found.reduce((sum, { ideal }) => sum + ideal * ideal, 0);
  const y = found.reduce((sum, { ideal, measured }) => sum + ideal * measured, 0) / weight;
  const own = found.reduce((sum, { ideal, variance }) => sum + ideal ** 2 * variance, 0);
  const left = found.reduce(
    (sum, { ideal, measured }) => sum + (ideal * (measured - y * ideal)) ** 2,
    0,
  );
  // Circuits of coherent errors differ by more than their shots.
  const spread = (left * circuits) / (circuits - 1);
  const stderr = Math.max(1e-6, Math.sqrt(Math.max(own, spread)) / weight);
  return { x: depth, y, stderr, weights: [1, 0], decays: true };
}

function randomCycles(
  count: number,
  depth: number,
  pairs: readonly (readonly [number, number])[],
  rng: Rng,
): Operation[] {
  const qubits = Array.from({ length: count }, (_, q) => q);
  const turn = (q: number): Operation =>
    // Uniform over all turns: cos θ is.
    gate('u', [q], [Math.acos(1 - 2 * rng.uniform()), angle(rng), angle(rng)].map(numberOf));
  return Array.from({ length: depth }, (): Operation[] => {
    const taken = new Set<number>();
    const coupled = shuffled(pairs, rng).filter(([a, b]) => {
      if (taken.has(a) || taken.has(b)) return false;
      taken.add(a).add(b);
      return true;
    });
    return [
      ...qubits.map(turn),
      fence(qubits),
      ...coupled.map((pair) => gate('cz', pair)),
      fence(qubits),
    ];
  }).flat();
}

function angle(rng: Rng): number {
  return 2 * Math.PI * rng.uniform();
}

function idealOf(count: number, operations: readonly Operation[]): Float64Array {
  const compiled = compileCircuit(circuitOf(count, operations), true);
  return runCompiled(compiled, {}, statevector, null, new CancelFlag()).probabilities();
}
