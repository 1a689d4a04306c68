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
import type { MostLikely, Reading } from './likelihood.ts';

/** How a schedule of powers is made an estimate. */
interface Schedule {
  /** The power of each round. */
  readonly powerAt: (round: number) => number;
  /** The angle under which readings are most likely; `drop` is what a likely one's logarithm may lack. */
  readonly likely: (readings: readonly Reading[], drop: number) => MostLikely;
}

/**
 * Runs powers of a fixed schedule, as many as Fisher's information asks for, and takes the angle under which
 * all outcomes are most likely, with the interval of the likelihood ratio (Suzuki et al., arXiv:1904.10246).
 * Calls are applications of A and its inverse: 2m + 1 a shot of Q^m A.
 */
export function* estimateBySchedule(
  question: AmplitudeQuestion,
  schedule: Schedule,
): Program<AmplitudeEstimate> {
  const shots = question.shots ?? usualShots;
  const deviations = normalHalfWidth(1 - question.alpha);
  const powers = powersFor(schedule, question.epsilon, { shots, deviations });
  const readings: Reading[] = [];
  const course: CoursePoint[] = [];
  let found: MostLikely = { angle: 0, interval: [0, Math.PI / 2] };
  let oracleCalls = 0;
  for (const [round, power] of powers.entries()) {
    readings.push({ power, shots, hits: yield* hitsOf(question, power, shots, round) });
    oracleCalls += shots * (2 * power + 1);
    // Wilks: twice the drop is χ² with one degree of freedom, the square of a normal number.
    found = schedule.likely(readings, deviations ** 2 / 2);
    const interval = probabilitiesOf(found.interval);
    course.push(pointOf(oracleCalls, interval));
    yield roundTold(round, interval, (round + 1) / powers.length);
  }
  return {
    value: Math.sin(found.angle) ** 2,
    interval: probabilitiesOf(found.interval),
    oracleCalls,
    course,
  };
}

/** As many powers as Fisher's information asks for: 4·Σ shots·(2m + 1)² about θ, where sin² is steepest. */
function powersFor(
  { powerAt }: Schedule,
  epsilon: number,
  { shots, deviations }: { readonly shots: number; readonly deviations: number },
): number[] {
  const powers: number[] = [];
  let information = 0;
  do {
    const power = powerAt(powers.length);
    powers.push(power);
    information += 4 * shots * (2 * power + 1) ** 2;
  } while (deviations / Math.sqrt(information) > epsilon);
  return powers;
}

/** Powers 0, 1, 2, 4, 8, … */
export function doubling(round: number): number {
  return round === 0 ? 0 : 2 ** (round - 1);
}
