import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { gateById } from '#shared/gates/registry.ts';
import { adjoint, identity, multiplyMatrices } from '#shared/math/matrix.ts';
import { machineView } from '#shared/problems/views/machine.ts';
import { characterisation } from '#shared/results/kinds/characterisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { cliffordGroup } from './clifford-group.ts';
import { type Experiment, run, seenIn, shotsOf, tell, warningsOf } from './experiment.ts';
import {
  type DecayFit,
  fitDecay,
  type Quantity,
  quantityOf,
  type Reading,
  shareOf,
} from './fit.ts';
import { fence } from './idle.ts';

interface Settings {
  readonly lengths?: readonly number[];
  readonly sequences: number;
  readonly interleaved: string;
}

const usualLengths = { 1: [1, 50, 150, 300, 600, 1000], 2: [1, 4, 10, 20, 35, 60] } as const;

/** Standard and interleaved randomised benchmarking on one or two qubits. */
export const randomisedBenchmarking = defineAlgorithm({
  id: 'randomised-benchmarking',
  title: 'Randomised benchmarking',
  summary:
    'Runs random Clifford gates that end in a known state and fits how fast it is missed: the error of a gate apart from that of reading.',
  source:
    'Magesan, Gambetta and Emerson 2011, Physical Review Letters 106, 180504; interleaved: Magesan et al. 2012, Physical Review Letters 109, 080505',
  limits: 'One qubit, or two that are coupled.',
  kind: 'quantum',
  takes: machineView,
  result: characterisation,
  steps: { name: 'circuits', areCourse: true },
  parameters: [
    {
      kind: 'numbers',
      id: 'lengths',
      title: 'Lengths',
      help: 'How many Clifford gates; up to 1000 on one qubit and 60 on two where they are left out.',
      default: null,
      minCount: 3,
    },
    {
      kind: 'integer',
      id: 'sequences',
      title: 'Sequences',
      help: 'Random sequences of each length.',
      default: 8,
      min: 2,
      max: 10_000,
    },
    {
      kind: 'choice',
      id: 'interleaved',
      title: 'Interleaved',
      help: 'A gate that stands behind every Clifford gate of a second run, which tells its own error.',
      default: 'none',
      options: ['none', 'x', 'sx', 'h', 'cx', 'cz', 'ecr', 'iswap'].map((value) => ({
        value,
        title: value === 'none' ? 'None' : value.toUpperCase(),
      })),
    },
  ],
  fault({ lengths = [] }) {
    const odd = (lengths as number[]).findIndex((one) => !Number.isInteger(one) || one < 1);
    if (odd < 0) return null;
    return { path: `lengths[${odd}]`, message: 'A length is a whole number of gates from 1.' };
  },
  canPause: true,
  asks: () => ['samples'],
  needs: ({ qubits }) => ({ ownBytes: 0, qubits: qubits.length, answerBytes: 0 }),
  *run(input) {
    const settings = input.settings as unknown as Settings;
    const { qubits } = input.view;
    const interleaved = settings.interleaved === 'none' ? null : settings.interleaved;
    const count = widthOf(qubits.length, interleaved);
    const lengths = settings.lengths ?? usualLengths[count];
    const runs = interleaved === null ? [null] : [null, interleaved];
    const all = runs.length * lengths.length * settings.sequences;
    const found = [];
    for (const [r, own] of runs.entries()) {
      const points: Reading[] = [];
      for (const [k, length] of lengths.entries()) {
        const done = (r * lengths.length + k) * settings.sequences;
        const place = { length, run: r, done, all, interleaved: own };
        points.push(yield* pointOf(input, count, settings.sequences, place));
      }
      found.push({ own, points, fit: fitDecay(points, true) });
    }
    const fits = found.map(({ fit }) => fit);
    return {
      result: {
        quantities: quantitiesOf(qubits, interleaved, fits),
        curves: found.map(({ own, points, fit }) => curveOf(own ?? 'Clifford', points, fit, count)),
        axes: { x: { title: 'Clifford gates', unit: '' }, y: { title: 'Survival', unit: '' } },
        ...input.usage(),
      },
      warnings: warningsOf(input),
    };
  },
});

function widthOf(count: number, interleaved: string | null): 1 | 2 {
  if (count !== 1 && count !== 2) {
    throw new AppError(
      'bad-input',
      `Randomised benchmarking is for one or two qubits; got ${count}. Name one or two.`,
      { path: 'problem.qubits' },
    );
  }
  const width = interleaved === null ? count : gateById(interleaved)?.qubitCount;
  if (width === count) return count;
  throw new AppError(
    'bad-input',
    `“${interleaved ?? ''}” acts on ${width ?? 0} qubits, and the problem names ${count}. Interleave a gate on ${count}.`,
    { path: 'settings.interleaved' },
  );
}

interface Place {
  readonly length: number;
  readonly run: number;
  readonly interleaved: string | null;
  readonly done: number;
  readonly all: number;
}

/** Share of the outcomes that are as they should be, over sequences of one length. */
function* pointOf(
  input: Experiment,
  count: 1 | 2,
  sequences: number,
  { length, run: which, interleaved, done, all }: Place,
): Generator<Ask, Reading, Answer> {
  const shots = shotsOf(input);
  const shares: number[] = [];
  for (let s = 0; s < sequences; s++) {
    // Every outcome is the right one as often, so that reading ones worse than zeros changes no asymptote.
    const target = s % 2 ** count;
    const seed = rngOf(input.seed, 701, which, length, s);
    const operations = sequenceOf(count, { length, target, interleaved }, seed);
    const counts = yield* run(input, `run ${which} length ${length} ${s}`, operations);
    const seen = seenIn(counts, (bit) =>
      Array.from({ length: count }, (_, q) => bit(q)).every((b, q) => b === ((target >> q) & 1)),
    );
    shares.push(seen / shots);
    yield* tell(done + s + 1, all, seen / shots);
  }
  const y = shares.reduce((sum, one) => sum + one, 0) / sequences;
  const { stderr } = shareOf(y * shots * sequences, shots * sequences);
  const spread = shares.reduce((sum, one) => sum + (one - y) ** 2, 0) / (sequences - 1);
  // Sequences of coherent errors differ by more than their shots.
  const own = Math.max(stderr, Math.sqrt(spread / sequences));
  return { x: length, y, stderr: own, weights: [1, 2 ** -count], decays: true };
}

function sequenceOf(
  count: 1 | 2,
  { length, target, interleaved }: { length: number; target: number; interleaved: string | null },
  rng: ReturnType<typeof rngOf>,
): Operation[] {
  const group = cliffordGroup(count);
  const qubits = Array.from({ length: count }, (_, q) => q);
  const barrier = fence(qubits);
  const between = interleaved === null ? null : gate(interleaved, qubits);
  const extra = between === null ? null : unitaryOf(circuitOf(count, [between]), {});
  const operations: Operation[] = [];
  let whole = identity(2 ** count);
  for (let k = 0; k < length; k++) {
    const one = group.draw(rng);
    operations.push(...one.gates, barrier);
    whole = multiplyMatrices(one.matrix, whole);
    if (between === null || extra === null) continue;
    operations.push(between, barrier);
    whole = multiplyMatrices(extra, whole);
  }
  const flips = qubits.filter((q) => ((target >> q) & 1) === 1).map((q) => gate('x', [q]));
  const flip = unitaryOf(circuitOf(count, flips), {});
  return [...operations, ...group.find(multiplyMatrices(flip, adjoint(whole))).gates];
}

/** (1 − p)(d − 1)/d of p = e^{−Γ}; of an interleaved gate that of the quotient. */
function quantitiesOf(
  qubits: readonly number[],
  interleaved: string | null,
  [standard, own]: readonly DecayFit[],
) {
  const share = 1 - 2 ** -qubits.length;
  const { rate, stderr } = standard as DecayFit;
  const about: Pick<Quantity, 'qubits' | 'unit'> = { qubits: [...qubits], unit: '' };
  const error = (gamma: number, width: number, title: string) =>
    quantityOf(
      { ...about, title },
      share * -Math.expm1(-gamma),
      share * Math.exp(-gamma) * width,
      [0, 1],
    );
  const perClifford = error(rate, stderr, 'error per Clifford gate');
  if (own === undefined || interleaved === null) return [perClifford];
  const gamma = own.rate - rate;
  return [perClifford, error(gamma, Math.hypot(own.stderr, stderr), `error of ${interleaved}`)];
}

function curveOf(name: string, points: readonly Reading[], fit: DecayFit, count: number) {
  const longest = Math.max(...points.map(({ x }) => x));
  return {
    name,
    points: points.map(({ x, y, stderr }) => ({ x, y, stderr })),
    fit: Array.from({ length: 61 }, (_, k) => {
      const x = (longest * k) / 60;
      return { x, y: fit.amplitude * Math.exp(-fit.rate * x) + 2 ** -count };
    }),
  };
}
