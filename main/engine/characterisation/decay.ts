import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import type { CharacterisationResult } from '#shared/results/kinds/characterisation.ts';
import type { Answer, Ask, Counts } from '../programs/program.ts';
import {
  delaysOf,
  type Experiment,
  idleSeconds,
  run,
  seenIn,
  shotsOf,
  tell,
  warningsOf,
} from './experiment.ts';
import { fitDecay, type Quantity, quantityOf, type Reading, shareOf, timeOf } from './fit.ts';

/** Settings of experiments that wait. */
export const delayParameters = [
  {
    kind: 'integer',
    id: 'delays',
    title: 'Delays',
    help: 'How many times of waiting are measured.',
    default: 16,
    min: 3,
    max: 1000,
  },
  {
    kind: 'number',
    id: 'longestSeconds',
    title: 'Longest delay',
    help: 'In seconds; two and a half times what the machine’s record says where it is left out.',
    default: null,
    min: 1e-12,
  },
  {
    kind: 'number',
    id: 'stepSeconds',
    title: 'Step of idling',
    help: 'Seconds that one gate “id” takes; what the machine’s record says where it is left out.',
    default: null,
    min: 1e-15,
  },
] as const satisfies readonly ParameterDescriptor[];

/** Something that decays while a qubit waits. */
export interface Waiting {
  readonly expected: 'T1' | 'T2';
  readonly rate: string;
  /** The circuit of one qubit around so many steps of idling. */
  readonly circuit: (qubit: number, steps: number) => readonly Operation[];
  /** How the shares of 1 of a delay, of |0⟩ and of |1⟩ as they are read stand for A·e^{−Γt} and B. */
  readonly weights: Readonly<Record<'delay' | 'zero' | 'one', readonly [number, number]>>;
}

type Result = Pick<CharacterisationResult, 'quantities' | 'curves' | 'axes'>;

/**
 * All qubits at once: |0…0⟩ and |1…1⟩ as they are read, then every delay; for each qubit a decay between
 * what it reads. Wrong reading so falls out of the rate.
 */
export function* waited(
  input: Experiment,
  waiting: Waiting,
): Generator<Ask, { result: Result; warnings: string[] }, Answer> {
  const { qubits } = input.view;
  const step = idleSeconds(input);
  const delays = delaysOf(input, waiting.expected, step);
  const each = (of: (k: number) => readonly Operation[]): Operation[] =>
    qubits.flatMap((_, k) => of(k));
  const zero = yield* run(input, 'zero', []);
  const one = yield* run(
    input,
    'one',
    each((k) => [gate('x', [k])]),
  );
  const counts: Counts[] = [];
  for (const [k, steps] of delays.entries()) {
    counts.push(
      yield* run(
        input,
        `delay ${k}`,
        each((q) => waiting.circuit(q, steps)),
      ),
    );
    const seen = seenIn(counts.at(-1) as Counts, (bit) => bit(0) === 1);
    yield* tell(k + 1, delays.length, seen / shotsOf(input));
  }
  const found = qubits.map((qubit, k) => {
    const read = (from: Counts, which: keyof Waiting['weights'], seconds: number): Reading => ({
      x: seconds,
      ...shareOf(
        seenIn(from, (bit) => bit(k) === 1),
        shotsOf(input),
      ),
      weights: waiting.weights[which],
      decays: which === 'delay',
    });
    const points = counts.map((some, d) => read(some, 'delay', (delays[d] as number) * step));
    return ofQubit(qubit, waiting, points, [read(zero, 'zero', 0), read(one, 'one', 0)]);
  });
  return {
    result: {
      quantities: [...found.map(({ rate }) => rate), ...found.map(({ time }) => time)],
      curves: found.map(({ curve }) => curve),
      axes: { x: { title: 'Delay', unit: 's' }, y: { title: 'Share of 1', unit: '' } },
    },
    warnings: warningsOf(input),
  };
}

function ofQubit(
  qubit: number,
  { rate: title, expected, weights }: Waiting,
  points: readonly Reading[],
  known: readonly Reading[],
): { rate: Quantity; time: Quantity; curve: Result['curves'][number] } {
  const fit = fitDecay([...known, ...points]);
  const rate = quantityOf({ title, qubits: [qubit], unit: '1/s' }, fit.rate, fit.stderr);
  const longest = Math.max(...points.map(({ x }) => x));
  const [own, other] = weights.delay;
  return {
    rate,
    time: timeOf(rate, expected),
    curve: {
      name: `Qubit ${qubit}`,
      points: points.map(({ x, y, stderr }) => ({ x, y, stderr })),
      fit: Array.from({ length: 61 }, (_, k) => {
        const x = (longest * k) / 60;
        return { x, y: own * fit.amplitude * Math.exp(-fit.rate * x) + other * fit.offset };
      }),
    },
  };
}
