import { AppError } from '#shared/base/errors.ts';
import { bitAt } from '#shared/base/packed-bits.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { ask } from '../programs/ask.ts';
import type { CoursePoint } from '#shared/results/kinds/estimation.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import type { Counts, Program } from '../programs/program.ts';
import { drawBinomial } from '../statistics/binomial.ts';
import { amplified, type Oracle } from './oracle.ts';

/** What an estimator is given: an oracle whose objective is 1 with an unknown probability. */
export interface AmplitudeQuestion {
  readonly oracle: Oracle;
  /** Half width that the interval is to have, as a probability. */
  readonly epsilon: number;
  /** How often the interval may miss. */
  readonly alpha: number;
  /** For each circuit, where the job gives a number. */
  readonly shots: number | null;
  readonly seed: number;
  /** Tells questions of one job apart. */
  readonly name: string;
  /** Those of the method's own among them. */
  readonly settings: Settings;
  /** Every answer is exact and without noise. */
  readonly isIdeal: boolean;
}

export interface AmplitudeEstimate {
  /** The probability and an interval that holds it with confidence 1 − alpha. */
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Applications of the operator, counted as by the method's authors. */
  readonly oracleCalls: number;
  /** The interval after each round. */
  readonly course: readonly CoursePoint[];
}

/** A way to estimate a probability between 0 and 1. */
export type Estimator = (question: AmplitudeQuestion) => Program<AmplitudeEstimate>;

/** Shots of each circuit where neither the job nor the method sets them. */
export const usualShots = 100;

/** The shots of a method whose bound asks for so many; a job that gives fewer is refused, not outrun. */
export function enoughShots(given: number | null, needed: number, method: string): number {
  if (given === null) return needed;
  if (given >= needed) return given;
  throw new AppError(
    'bad-input',
    `“${method}” needs at least ${needed} shots of each circuit at this alpha: with ${given} its interval would miss too often. Raise “shots”, or use “iterative-amplitude-estimation”.`,
    { path: 'shots', needed, given },
  );
}

const drawStream = 601;

/** Random numbers of a round of a question. */
export function streamOf({ seed, name }: AmplitudeQuestion, round: number): Rng {
  return rngOf(seed, drawStream, ...wordsOf(name), round);
}

/** The probability that the objective is 1 in Q^power A, as a backend answers it without shots. */
export function* probabilityOf(
  { oracle, name }: AmplitudeQuestion,
  power: number,
  round: number | string,
): Program<number> {
  const key = `${name} ${round}`;
  const factors = [{ qubit: oracle.qubits - 1, letter: 'Z' }] as const;
  const observable = { kind: 'pauli', sum: { terms: [{ coefficient: 1, factors }] } } as const;
  const circuit = amplified(oracle, power, false);
  yield { kind: 'define', key, circuit, observables: [observable] };
  const one = { key, items: 1, bindings: new Float64Array(0) };
  const { values } = yield* ask({ ...one, kind: 'expectations', observables: [0] });
  yield { kind: 'forget', key };
  return Math.min(1, Math.max(0, (1 - (values[0] as number)) / 2));
}

/**
 * How often the objective is 1 in so many shots of Q^power A. Where the job gives no shots its probability is
 * asked for, and the outcomes are drawn from the job's seed.
 */
export function* hitsOf(
  question: AmplitudeQuestion,
  power: number,
  trials: number,
  round: number,
): Program<number> {
  const { oracle, shots, name } = question;
  if (shots === null) {
    const probability = yield* probabilityOf(question, power, round);
    return drawBinomial(streamOf(question, round), trials, probability);
  }
  const key = `${name} ${round}`;
  yield { kind: 'define', key, circuit: amplified(oracle, power, true), observables: [] };
  const one = { key, items: 1, bindings: new Float64Array(0) };
  const answer = yield* ask({ ...one, kind: 'samples', shots: trials });
  yield { kind: 'forget', key };
  return onesOf(answer.counts[0] as Counts);
}

/** Shots in which the one bit was read as 1. */
function onesOf({ outcomes, counts }: Counts): number {
  return counts.reduce((sum, count, k) => sum + (bitAt(outcomes, k, 0) === 1 ? count : 0), 0);
}

function wordsOf(name: string): number[] {
  return [...name].map((letter) => letter.charCodeAt(0));
}

/** What the live curve of a round shows. */
export function roundTold(
  round: number,
  [low, high]: readonly [number, number],
  fraction: number | null,
) {
  return {
    kind: 'progress' as const,
    progress: {
      fraction,
      message: `Round ${round + 1}`,
      step: round + 1,
      metrics: { halfWidth: (high - low) / 2 },
    },
  };
}

/** A round's place in the course. */
export function pointOf(oracleCalls: number, [low, high]: readonly [number, number]): CoursePoint {
  return { oracleCalls, low, high };
}

/** sin²θ at both ends of an interval of angles between 0 and π/2. */
export function probabilitiesOf([low, high]: readonly [number, number]): readonly [number, number] {
  const at = (angle: number): number => Math.sin(Math.min(Math.PI / 2, Math.max(0, angle))) ** 2;
  return [at(low), at(high)];
}
