import type { CoursePoint } from '#shared/results/kinds/estimation.ts';
import type { Program } from '../programs/program.ts';
import { binomialInterval } from '../statistics/binomial.ts';
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

/** Each new power amplifies at least so much more than the last one. */
const growth = 2;

/** A power of Q that puts the whole interval into one half turn. */
interface Amplification {
  readonly power: number;
  /** Half turns before the interval: even where sin² rises in it. */
  readonly half: number;
}

/**
 * Iterative amplitude estimation (Grinko, Gacon, Zoufal and Woerner, arXiv:1912.05559) with the intervals of
 * Clopper and Pearson. Calls are applications of Q.
 */
function* estimate(question: AmplitudeQuestion): Program<AmplitudeEstimate> {
  const { epsilon, alpha } = question;
  const trials = question.shots ?? usualShots;
  // The interval of θ gets narrower by `growth` at least a round, so that so many rounds share alpha.
  const rounds = Math.max(
    1,
    Math.floor(Math.log((growth * Math.PI) / 8 / epsilon) / Math.log(growth)) + 1,
  );
  let angles: readonly [number, number] = [0, Math.PI / 2];
  let now: Amplification = { power: 0, half: 0 };
  let [hits, shots, oracleCalls] = [0, 0, 0];
  const course: CoursePoint[] = [];
  for (let round = 0; angles[1] - angles[0] > 2 * epsilon; round++) {
    const next = amplificationFor(angles, now);
    if (next.power !== now.power) [hits, shots] = [0, 0];
    now = next;
    hits += yield* hitsOf(question, now.power, trials, round);
    shots += trials;
    oracleCalls += trials * now.power;
    angles = anglesFrom(binomialInterval(hits, shots, 1 - alpha / rounds), now);
    course.push(pointOf(oracleCalls, probabilitiesOf(angles)));
    yield roundTold(round, probabilitiesOf(angles), null);
  }
  const interval = probabilitiesOf(angles);
  return { value: (interval[0] + interval[1]) / 2, interval, oracleCalls, course };
}

/** The highest power that amplifies enough and leaves no doubt about the half turn; else the one before. */
function amplificationFor(
  [low, high]: readonly [number, number],
  before: Amplification,
): Amplification {
  const least = growth * (2 * before.power + 1);
  const most = Math.floor(Math.PI / 2 / (high - low));
  for (let factor = most - ((most + 1) % 2); factor >= least; factor -= 2) {
    const half = halfOf(factor, low);
    if (factor * high <= ((half + 1) * Math.PI) / 2) return { power: (factor - 1) / 2, half };
  }
  return before;
}

/** Quarter turns that factor·angle has behind it; sin² rises and falls in turns. */
function halfOf(factor: number, angle: number): number {
  return Math.floor((factor * angle) / (Math.PI / 2));
}

function anglesFrom(
  [low, high]: readonly [number, number],
  { power, half }: Amplification,
): readonly [number, number] {
  const within = [low, high].map((p) => Math.asin(Math.sqrt(p)));
  const [from = 0, to = 0] =
    half % 2 === 0 ? within : within.map((angle) => Math.PI / 2 - angle).toReversed();
  const start = (half * Math.PI) / 2;
  return [(start + from) / (2 * power + 1), (start + to) / (2 * power + 1)];
}

export const iterativeAmplitudeEstimation = estimationAlgorithm({
  id: 'iterative-amplitude-estimation',
  isUsual: true,
  title: 'Iterative amplitude estimation',
  summary:
    'Narrows the interval of a probability by powers of the Grover operator that it picks round by round; needs no phase estimation (Grinko et al. 2019).',
  source: 'Grinko et al. 2021, arXiv:1912.05559',
  limits: 'a grid of 12 qubits',
  estimate,
  asks: ['samples', 'expectations'],
  longestPower: (epsilon) => Math.ceil(Math.PI / 8 / epsilon),
});
