import type { CoursePoint } from '#shared/results/kinds/estimation.ts';
import { normalHalfWidth } from '#shared/math/normal.ts';
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
import { logLikelihood, type Reading } from './likelihood.ts';

/** What is known of θ: weights of equal steps between two ends, adding up to 1. */
interface Posterior {
  readonly low: number;
  readonly step: number;
  readonly weights: Float64Array;
}

/** Points on which the posterior is kept: the fastest likelihood has some two hundred a period. */
const points = 2048;
/** Weight outside of the ends that are kept for the next round. */
const dropped = 1e-9;
/** An angle is amplified until so many of its standard deviations fill half a turn of the likelihood. */
const spread = 4;
/** A flat likelihood (near 0 and at turns) may ask for more rounds than these never would. */
const mostRounds = 200;

/**
 * Bayesian amplitude estimation: the power is chosen by what is known of θ so far, and each outcome makes
 * that more (Wiebe and Granade, arXiv:1508.00869; Ramôa and Santos, arXiv:2412.04394). The prior is flat in θ,
 * which is Jeffreys' for the probability; the interval is the most probable set that holds 1 − α. Calls are
 * applications of A and its inverse: 2m + 1 a shot of Q^m A.
 */
function* estimate(question: AmplitudeQuestion): Program<AmplitudeEstimate> {
  const { epsilon, alpha } = question;
  const shots = question.shots ?? usualShots;
  // A last round beyond this would know θ better than was asked.
  const enough = normalHalfWidth(1 - alpha) / (2 * Math.sqrt(shots) * epsilon);
  const readings: Reading[] = [];
  const course: CoursePoint[] = [];
  let ends: readonly [number, number] = [0, Math.PI / 2];
  let [power, oracleCalls] = [0, 0];
  for (let round = 0; ; round++) {
    readings.push({ power, shots, hits: yield* hitsOf(question, power, shots, round) });
    oracleCalls += shots * (2 * power + 1);
    const posterior = posteriorOf(readings, ends);
    const interval = probabilitiesOf(mostProbable(posterior, 1 - alpha));
    course.push(pointOf(oracleCalls, interval));
    yield roundTold(round, interval, null);
    if (interval[1] - interval[0] <= 2 * epsilon || round === mostRounds) {
      return { value: meanProbability(posterior), interval, oracleCalls, course };
    }
    ends = mostProbable(posterior, 1 - dropped);
    const factor = Math.min(enough, Math.PI / 2 / (spread * deviationOf(posterior)));
    power = Math.max(power, Math.floor((factor - 1) / 2));
  }
}

function posteriorOf(
  readings: readonly Reading[],
  [low, high]: readonly [number, number],
): Posterior {
  const step = (high - low) / (points - 1);
  const logs = Float64Array.from({ length: points }, (_, k) =>
    logLikelihood(readings, low + k * step),
  );
  const highest = logs.reduce((most, one) => Math.max(most, one), -Infinity);
  const weights = logs.map((one) => Math.exp(one - highest));
  const total = weights.reduce((sum, one) => sum + one, 0);
  return { low, step, weights: weights.map((one) => one / total) };
}

/** Ends of the most probable points that hold so much together, half a step wider to each side. */
function mostProbable({ low, step, weights }: Posterior, share: number): readonly [number, number] {
  const order = Array.from(weights, (_, k) => k).toSorted(
    (a, b) => (weights[b] as number) - (weights[a] as number),
  );
  let [sum, first, last] = [0, order[0] as number, order[0] as number];
  for (const k of order) {
    if (sum >= share) break;
    sum += weights[k] as number;
    first = Math.min(first, k);
    last = Math.max(last, k);
  }
  return [
    Math.max(0, low + (first - 0.5) * step),
    Math.min(Math.PI / 2, low + (last + 0.5) * step),
  ];
}

function deviationOf({ step, weights }: Posterior): number {
  const mean = weights.reduce((sum, one, k) => sum + one * k, 0);
  const square = weights.reduce((sum, one, k) => sum + one * (k - mean) ** 2, 0);
  return step * Math.sqrt(Math.max(square, 1 / 12));
}

function meanProbability({ low, step, weights }: Posterior): number {
  return weights.reduce((sum, one, k) => sum + one * Math.sin(low + k * step) ** 2, 0);
}

export const bayesianAmplitudeEstimation = estimationAlgorithm({
  id: 'bayesian-amplitude-estimation',
  title: 'Bayesian amplitude estimation',
  summary:
    'Keeps a distribution of the angle, picks the power of the Grover operator by its width, and learns from every outcome (Wiebe and Granade 2015; Ramôa and Santos 2024).',
  source: 'Ramôa and Santos 2024, arXiv:2412.04394',
  limits: 'a grid of 12 qubits',
  estimate,
  asks: ['samples', 'expectations'],
  longestPower: (epsilon) => Math.ceil(1 / epsilon),
});
