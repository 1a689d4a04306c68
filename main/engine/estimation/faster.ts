import type { CoursePoint } from '#shared/results/kinds/estimation.ts';
import type { Program } from '../programs/program.ts';
import {
  type AmplitudeEstimate,
  type AmplitudeQuestion,
  enoughShots,
  hitsOf,
  pointOf,
  probabilitiesOf,
  roundTold,
} from './amplitude.ts';
import { estimationAlgorithm } from './estimation-algorithm.ts';

/** The probability is made so much smaller that sin θ ≤ 1/4, and θ itself is known to be small. */
const largest = 1 / 16;

/**
 * Faster amplitude estimation (Nakaji, arXiv:2003.02417). At first the cosine of (2^{j+1} + 2)·θ is read alone;
 * from where its angle may leave the half turn, a second power gives the sine. Calls are applications of A and
 * its inverse: 2m + 1 a shot of Q^m A.
 */
function* estimate(question: AmplitudeQuestion): Program<AmplitudeEstimate> {
  const rounds = roundsFor(question.epsilon);
  // Two readings a round at most may each be off.
  const logarithm = Math.log((4 * rounds) / question.alpha);
  const first = Math.ceil(1944 * logarithm);
  const second = question.shots ?? Math.ceil(972 * logarithm);
  const shots = { first: enoughShots(question.shots, first, fasterAmplitudeEstimation.id), second };
  let angles: readonly [number, number] = [0, Math.asin(1 / 4)];
  let oracleCalls = 0;
  let asked = 0;
  const course: CoursePoint[] = [];
  /** The round in which the first stage ended, and the angle that was reached there. */
  let turned: { readonly round: number; readonly angle: number } | null = null;
  function* cosine(power: number, trials: number): Program<number> {
    const hits = yield* hitsOf(question, power, trials, asked++);
    oracleCalls += trials * (2 * power + 1);
    return 1 - (2 * hits) / trials;
  }
  for (let j = 1; j <= rounds; j++) {
    const power = 2 ** (j - 1);
    const factor = 4 * power + 2;
    if (turned === null) {
      const cos = yield* cosine(power, shots.first);
      const width = Math.sqrt((12 * logarithm) / shots.first);
      angles = [
        Math.acos(Math.min(1, cos + width)) / factor,
        Math.acos(Math.max(-1, cos - width)) / factor,
      ];
      if (4 * power * angles[1] >= (3 * Math.PI) / 8)
        turned = { round: j, angle: 2 * power * (angles[0] + angles[1]) };
    } else {
      const cos = yield* cosine(power, shots.second);
      const further = yield* cosine(power + 2 ** (turned.round - 1), shots.second);
      const sin = (cos * Math.cos(turned.angle) - further) / Math.sin(turned.angle);
      const phase = Math.atan2(sin, cos);
      const turns = Math.floor((factor * angles[1] - phase + Math.PI / 3) / (2 * Math.PI));
      const middle = 2 * Math.PI * turns + phase;
      angles = [(middle - Math.PI / 3) / factor, (middle + Math.PI / 3) / factor];
    }
    course.push(pointOf(oracleCalls, probabilitiesOf(angles)));
    yield roundTold(j - 1, probabilitiesOf(angles), j / rounds);
  }
  const middle = (angles[0] + angles[1]) / 2;
  return {
    value: probabilitiesOf([middle, middle])[0],
    interval: probabilitiesOf(angles),
    oracleCalls,
    course,
  };
}

/** So many that π/3 of the last angle moves the probability by epsilon at most, at sin θ = 1/4. */
function roundsFor(epsilon: number): number {
  const slope = Math.sin(2 * Math.asin(1 / 4));
  return Math.max(2, Math.ceil(Math.log2((slope * Math.PI) / 3 / epsilon - 2)) - 1);
}

export const fasterAmplitudeEstimation = estimationAlgorithm({
  id: 'faster-amplitude-estimation',
  title: 'Faster amplitude estimation',
  summary:
    'Doubles the power of the Grover operator round by round and tells cosine from sine by a second power; its bound on the shots is proven, and large (Nakaji 2020).',
  source: 'Nakaji 2020, arXiv:2003.02417',
  limits: 'a grid of 12 qubits',
  estimate,
  asks: ['samples', 'expectations'],
  // A probability 1/16 as large has to be known 16 times as well.
  longestPower: (epsilon) => 2 ** roundsFor(largest * epsilon),
  largest,
});
