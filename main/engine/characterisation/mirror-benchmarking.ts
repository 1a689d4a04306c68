import type { Rng } from '#shared/base/rng.ts';
import { rngOf, shuffled } from '#shared/base/rng.ts';
import { gate } from '#shared/circuit/build.ts';
import type { GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { machineView } from '#shared/problems/views/machine.ts';
import { characterisation } from '#shared/results/kinds/characterisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { PauliFrame } from '../mitigation/frame.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { cliffordGroup } from './clifford-group.ts';
import { pairsAmong } from './couplings.ts';
import { type Experiment, run, seenIn, shotsOf, tell, warningsOf } from './experiment.ts';
import { decayCurve, fitDecay, lengthsFault, quantityOf, type Reading, spreadOf } from './fit.ts';
import { fence } from './idle.ts';

interface Settings {
  readonly depths: readonly number[];
  readonly circuits: number;
}

/** Random layers that are undone again, on any number of qubits. */
export const mirrorBenchmarking = defineAlgorithm({
  id: 'mirror-benchmarking',
  title: 'Mirror benchmarking',
  summary:
    'Runs random layers and undoes them with random Pauli letters between, so that the right outcome is known on any number of qubits, and fits the error of a layer.',
  source:
    'Proctor et al. 2022, Nature Physics 18, 75 (arXiv:2008.11294); Proctor et al. 2022, Physical Review Letters 129, 150502',
  kind: 'quantum',
  takes: machineView,
  result: characterisation,
  steps: { name: 'circuits', areCourse: true },
  parameters: [
    {
      kind: 'numbers',
      id: 'depths',
      title: 'Depths',
      help: 'How many layers, both ways together; even numbers.',
      default: [2, 8, 16, 32, 64],
      minCount: 3,
    },
    {
      kind: 'integer',
      id: 'circuits',
      title: 'Circuits',
      help: 'Random circuits of each depth.',
      default: 8,
      min: 2,
      max: 10_000,
    },
  ],
  fault: ({ depths }) => lengthsFault('depths', depths as number[], 2),
  canPause: true,
  asks: () => ['samples'],
  needs: ({ qubits }) => ({ ownBytes: 0, qubits: qubits.length, answerBytes: 0 }),
  *run(input) {
    const { depths, circuits } = input.settings as unknown as Settings;
    const { qubits } = input.view;
    const pairs = pairsAmong(input);
    const points: Reading[] = [];
    for (const [k, depth] of depths.entries()) {
      const place = { depth, done: k * circuits, all: depths.length * circuits };
      points.push(yield* pointOf(input, circuits, pairs, place));
    }
    const fit = fitDecay(points, true);
    const share = 1 - 4 ** -qubits.length;
    const about = { title: 'error per layer', qubits: [...qubits], unit: '' as const };
    const [value, width] = [-Math.expm1(-fit.rate), Math.exp(-fit.rate) * fit.stderr];
    return {
      result: {
        quantities: [quantityOf(about, share * value, share * width, [0, 1])],
        curves: [decayCurve('Mirrored layers', points, { ...fit, offset: 0 })],
        axes: { x: { title: 'Layers', unit: '' }, y: { title: 'Polarisation', unit: '' } },
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

/** Mean polarisation of the circuits of one depth: 1 where every outcome is right, 0 where they are random. */
function* pointOf(
  input: Experiment,
  circuits: number,
  pairs: readonly (readonly [number, number])[],
  { depth, done, all }: Place,
): Generator<Ask, Reading, Answer> {
  const count = input.view.qubits.length;
  const shots = shotsOf(input);
  const found: number[] = [];
  for (let c = 0; c < circuits; c++) {
    const { operations, right } = mirrored(
      count,
      depth / 2,
      pairs,
      rngOf(input.seed, 702, depth, c),
    );
    const counts = yield* run(input, `depth ${depth} ${c}`, operations);
    let sum = 0;
    for (let wrong = 0; wrong <= count; wrong++) {
      const seen = seenIn(counts, (bit) => right.filter((b, q) => bit(q) !== b).length === wrong);
      sum += (-0.5) ** wrong * (seen / shots);
    }
    const polarisation = (4 ** count * sum - 1) / (4 ** count - 1);
    found.push(polarisation);
    yield* tell(done + c + 1, all, polarisation);
  }
  return { x: depth, ...spreadOf(found, shots), weights: [1, 0], decays: true };
}

/** Layers, and behind them the same undone; random letters after each, which end in the outcome that is right. */
function mirrored(
  count: number,
  half: number,
  pairs: readonly (readonly [number, number])[],
  rng: Rng,
): { readonly operations: Operation[]; readonly right: readonly number[] } {
  const qubits = Array.from({ length: count }, (_, q) => q);
  const group = cliffordGroup(1);
  const layers = Array.from({ length: half }, () => ({
    turns: qubits.flatMap((q) => group.draw(rng).gates.map((one) => ({ ...one, qubits: [q] }))),
    interactions: matching(pairs, rng).map((pair) => gate('cz', pair)),
  }));
  const frame = new PauliFrame(count);
  const operations: Operation[] = [];
  const add = (gates: readonly GateOperation[]): void => {
    for (const one of gates) operations.push(frame.pass(one) ?? one);
  };
  const letters = (): void => {
    for (const q of qubits) {
      const letter = rng.below(4);
      if (letter === 0) continue;
      operations.push(gate(['', 'x', 'z', 'y'][letter] as string, [q]));
      frame.multiply([q], letter);
    }
  };
  const barrier = fence(qubits);
  for (const { turns, interactions } of layers) {
    add(turns);
    letters();
    operations.push(barrier);
    add(interactions);
    operations.push(barrier);
  }
  for (const { turns, interactions } of layers.toReversed()) {
    add(interactions);
    operations.push(barrier);
    add(turns.toReversed().map(undone));
    letters();
    operations.push(barrier);
  }
  return { operations, right: qubits.map((q) => frame.at([q]) & 1) };
}

/** Words of the group on one qubit are of h and s. */
function undone(one: GateOperation): GateOperation {
  return one.gate === 's' ? { ...one, gate: 'sdg' } : one;
}

/** Pairs that do not share a qubit, each of a largest such set with probability one half. */
function matching(
  pairs: readonly (readonly [number, number])[],
  rng: Rng,
): (readonly [number, number])[] {
  const taken = new Set<number>();
  return shuffled(pairs, rng).filter(([a, b]) => {
    if (taken.has(a) || taken.has(b)) return false;
    taken.add(a).add(b);
    return rng.below(2) === 0;
  });
}
