import { indexAt } from '#shared/base/packed-bits.ts';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import { ask } from '../programs/ask.ts';
import type { Counts, Program } from '../programs/program.ts';
import { regularisedBeta } from '../statistics/binomial.ts';
import {
  type AmplitudeEstimate,
  type AmplitudeQuestion,
  enoughShots,
  pointOf,
  probabilityOf,
  probabilitiesOf,
  roundTold,
  streamOf,
} from './amplitude.ts';
import { estimationAlgorithm } from './estimation-algorithm.ts';
import { fourier } from './fourier.ts';
import type { Oracle } from './oracle.ts';

/** How often one shot reads one of the two points of the grid about the phase. */
const success = 8 / Math.PI ** 2;

/**
 * Amplitude estimation by phase estimation (Brassard, Høyer, Mosca and Tapp, arXiv:quant-ph/0005055). A shot is
 * within π/2^m of θ with probability 8/π²; the median of enough shots misses that at most as often as alpha.
 * Calls are applications of Q.
 */
function* estimate(question: AmplitudeQuestion): Program<AmplitudeEstimate> {
  const bits = bitsFor(question.epsilon);
  const size = 2 ** bits;
  const shots = enoughShots(question.shots, shotsFor(question.alpha), amplitudeEstimation.id);
  const read = question.isIdeal ? drawnSteps : measuredSteps;
  const angle = (Math.PI * median(yield* read(question, bits, shots))) / size;
  const interval = probabilitiesOf([angle - Math.PI / size, angle + Math.PI / size]);
  yield roundTold(0, interval, 1);
  return {
    value: Math.sin(angle) ** 2,
    interval,
    oracleCalls: shots * (size - 1),
    course: [pointOf(shots * (size - 1), interval)],
  };
}

/** How often each step of the register, its angle between 0 and π/2, was read. */
type Steps = readonly { readonly step: number; readonly count: number }[];

/** From the circuit itself. The phases θ and −θ are read alike: y and 2^m − y are one step. */
function* measuredSteps(
  { oracle, name }: AmplitudeQuestion,
  bits: number,
  shots: number,
): Program<Steps> {
  const key = `${name} phase`;
  yield { kind: 'define', key, circuit: phaseCircuit(oracle, bits), observables: [] };
  const one = { key, items: 1, bindings: new Float64Array(0) };
  const { outcomes, counts } = (yield* ask({ ...one, kind: 'samples', shots })).counts[0] as Counts;
  yield { kind: 'forget', key };
  return Array.from(counts, (count, k) => {
    const y = indexAt(outcomes, k);
    return { step: Math.min(y, 2 ** bits - y), count };
  });
}

/**
 * Where nothing disturbs the circuit, Q turns a plane by 2θ and the register's distribution follows from θ
 * alone: A is run for θ, and the outcomes are drawn. What took 2^m controlled Q takes one circuit.
 */
function* drawnSteps(question: AmplitudeQuestion, bits: number, shots: number): Program<Steps> {
  const angle = Math.asin(Math.sqrt(yield* probabilityOf(question, 0, 'phase')));
  const distribution = phaseDistribution(angle, bits);
  const rng = streamOf(question, 0);
  const counts = new Map<number, number>();
  for (let shot = 0; shot < shots; shot++) {
    let rest = rng.uniform();
    const found = distribution.findIndex((p) => (rest -= p) < 0);
    // Rounding may leave a little beyond the last.
    const step = found === -1 ? distribution.length - 1 : found;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].map(([step, count]) => ({ step, count }));
}

/**
 * How likely each step min(y, 2^m − y) of the register is, from 0 to 2^{m−1}, for an amplitude of sin θ
 * (Brassard et al., theorem 11).
 */
export function phaseDistribution(angle: number, bits: number): Float64Array {
  const size = 2 ** bits;
  const kernel = (distance: number): number => {
    const sine = Math.sin(Math.PI * distance);
    if (Math.abs(sine) < 1e-15) return 1;
    return (Math.sin(size * Math.PI * distance) / (size * sine)) ** 2;
  };
  return Float64Array.from({ length: size / 2 + 1 }, (_, y) => {
    const both = kernel(y / size - angle / Math.PI) + kernel(y / size + angle / Math.PI);
    // Both phases are read at 0 and at the half; elsewhere y and 2^m − y add up.
    return y === 0 || y === size / 2 ? both / 2 : both;
  });
}

/** Bits of the phase, so that sin(π/2^m) is at most epsilon: no probability moves by more. */
function bitsFor(epsilon: number): number {
  return Math.ceil(Math.log2(Math.PI / Math.asin(epsilon)));
}

/** The least odd number of shots of which more than half succeed, but for alpha. */
function shotsFor(alpha: number): number {
  let shots = 1;
  while (regularisedBeta(success, (shots + 1) / 2, (shots + 1) / 2) < 1 - alpha) shots += 2;
  return shots;
}

function median(steps: Steps): number {
  const half = steps.reduce((sum, { count }) => sum + count, 0) / 2;
  let passed = 0;
  for (const { step, count } of steps.toSorted((a, b) => a.step - b.step)) {
    passed += count;
    if (passed > half) return step;
  }
  return 0;
}

/** The phase is read into `bits` bits; its qubits stand above those of the oracle. */
export function phaseCircuit(oracle: Oracle, bits: number): Circuit {
  const phase = Array.from({ length: bits }, (_, j) => oracle.qubits + j);
  const operations: Operation[] = [...oracle.prepare, ...phase.map((qubit) => gate('h', [qubit]))];
  for (const [j, control] of phase.entries()) {
    // In reverse order, in place of the swaps of the transform.
    const power = 2 ** (bits - 1 - j);
    const turn = controlledGrover(oracle, control);
    for (let k = 0; k < power; k++) operations.push(...turn);
  }
  operations.push(...inverseOf(fourier(phase)), ...phase.map((qubit, bit) => measure(qubit, bit)));
  return circuitOf(oracle.qubits + bits, operations, bits);
}

/** Where its turns of sign do not happen, A and its inverse undo each other. Q's own sign counts here. */
function controlledGrover({ grover }: Oracle, control: number): GateOperation[] {
  return [
    gate('z', [control]),
    ...grover.map((one) =>
      one.gate === 'z'
        ? { ...one, controls: [...(one.controls ?? []), { qubit: control, value: 1 as const }] }
        : one,
    ),
  ];
}

export const amplitudeEstimation = estimationAlgorithm({
  id: 'amplitude-estimation',
  title: 'Amplitude estimation by phase estimation',
  summary:
    'Reads the angle of the Grover operator into a register by phase estimation and takes the median of some shots (Brassard et al. 2000).',
  source: 'Brassard et al. 2002, quant-ph/0005055',
  limits: 'a grid of 12 qubits',
  estimate,
  asks: ['samples', 'expectations'],
  longestPower: (epsilon) => 2 ** bitsFor(epsilon),
  extraQubits: bitsFor,
  usualEpsilon: 0.05,
});
