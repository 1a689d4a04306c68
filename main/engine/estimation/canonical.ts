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
  probabilitiesOf,
  roundTold,
} from './amplitude.ts';
import { estimationAlgorithm } from './estimation-algorithm.ts';
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
  const key = `${question.name} phase`;
  yield { kind: 'define', key, circuit: phaseCircuit(question.oracle, bits), observables: [] };
  const answer = yield* ask({
    kind: 'samples',
    key,
    items: 1,
    bindings: new Float64Array(0),
    shots,
  });
  yield { kind: 'forget', key };
  const angle = (Math.PI * medianStep(answer.counts[0] as Counts, size)) / size;
  const interval = probabilitiesOf([angle - Math.PI / size, angle + Math.PI / size]);
  yield roundTold(0, interval, 1);
  return {
    value: Math.sin(angle) ** 2,
    interval,
    oracleCalls: shots * (size - 1),
  };
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

/** The phases θ and −θ are read alike: the median of min(y, 2^m − y). */
function medianStep({ outcomes, counts }: Counts, size: number): number {
  const steps = Array.from(counts, (count, k) => {
    const y = indexAt(outcomes, k);
    return { step: Math.min(y, size - y), count };
  }).toSorted((a, b) => a.step - b.step);
  const half = counts.reduce((sum, count) => sum + count, 0) / 2;
  let passed = 0;
  for (const { step, count } of steps) {
    passed += count;
    if (passed > half) return step;
  }
  return 0;
}

/** The phase is read into `bits` bits; its qubits stand above those of the oracle. */
function phaseCircuit(oracle: Oracle, bits: number): Circuit {
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

/** The quantum Fourier transform but for its swaps. */
function fourier(qubits: readonly number[]): GateOperation[] {
  return qubits.toReversed().flatMap((target, back) => {
    const j = qubits.length - 1 - back;
    const turns = qubits
      .slice(0, j)
      .map((control, k) => gate('cp', [control, target], [Math.PI / 2 ** (j - k)]));
    return [gate('h', [target]), ...turns.toReversed()];
  });
}

export const amplitudeEstimation = estimationAlgorithm({
  id: 'amplitude-estimation',
  title: 'Amplitude estimation by phase estimation',
  summary:
    'Reads the angle of the Grover operator into a register by phase estimation and takes the median of some shots (Brassard et al. 2000).',
  estimate,
  asks: ['samples'],
  longestPower: (epsilon) => 2 ** bitsFor(epsilon),
  extraQubits: bitsFor,
  usualEpsilon: 0.05,
});
