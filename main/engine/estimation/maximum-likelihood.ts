import { normalHalfWidth } from '#shared/math/normal.ts';
import type { CoursePoint } from '#shared/results/kinds/estimation.ts';
import type { Program } from '../programs/program.ts';
import {
  type AmplitudeEstimate,
  type AmplitudeQuestion,
  hitsOf,
  pointOf,
  probabilitiesOf,
  roundTold,
  usualShots,
} from './amplitude.ts';
import { estimationAlgorithm } from './estimation-algorithm.ts';
import { mostLikelyAngle, type Reading } from './likelihood.ts';

/**
 * Maximum likelihood amplitude estimation (Suzuki et al., arXiv:1904.10246) with powers 0, 1, 2, 4, … and the
 * interval of the likelihood ratio. Calls are applications of A and its inverse: 2m + 1 a shot of Q^m A.
 */
function* estimate(question: AmplitudeQuestion): Program<AmplitudeEstimate> {
  const shots = question.shots ?? usualShots;
  const deviations = normalHalfWidth(1 - question.alpha);
  const powers = powersFor(question.epsilon, shots, deviations);
  const readings: Reading[] = [];
  const course: CoursePoint[] = [];
  let oracleCalls = 0;
  let found = { angle: 0, interval: [0, Math.PI / 2] as readonly [number, number] };
  for (const [round, power] of powers.entries()) {
    readings.push({ power, shots, hits: yield* hitsOf(question, power, shots, round) });
    oracleCalls += shots * (2 * power + 1);
    // Wilks: twice the drop is χ² with one degree of freedom, the square of a normal number.
    found = mostLikelyAngle(readings, deviations ** 2 / 2);
    course.push(pointOf(oracleCalls, probabilitiesOf(found.interval)));
    yield roundTold(round, probabilitiesOf(found.interval), (round + 1) / powers.length);
  }
  return {
    value: Math.sin(found.angle) ** 2,
    interval: probabilitiesOf(found.interval),
    oracleCalls,
    course,
  };
}

/** As many powers as Fisher's information asks for: 4·Σ shots·(2m + 1)² about θ, where sin² is steepest. */
function powersFor(epsilon: number, shots: number, deviations: number): number[] {
  const powers = [0];
  let information = 4 * shots;
  while (deviations / Math.sqrt(information) > epsilon) {
    const power = 2 ** (powers.length - 1);
    powers.push(power);
    information += 4 * shots * (2 * power + 1) ** 2;
  }
  return powers;
}

export const maximumLikelihoodAmplitudeEstimation = estimationAlgorithm({
  id: 'maximum-likelihood-amplitude-estimation',
  title: 'Maximum likelihood amplitude estimation',
  summary:
    'Runs powers of the Grover operator in a fixed schedule and takes the probability that makes all outcomes most likely (Suzuki et al. 2019).',
  estimate,
  asks: ['samples', 'expectations'],
  longestPower: (epsilon) => Math.ceil(1 / epsilon),
});
