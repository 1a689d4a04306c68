import type { Rng } from '#shared/base/rng.ts';
import type { Step } from '#shared/problems/tables/preprocessing.ts';
import type { Answer, Ask } from '../programs/program.ts';

/** One fold: what is learned from, and rows to answer for. Features are preprocessed. */
export interface FitTask {
  readonly train: readonly Float64Array[];
  /** Of the training rows: 1 or 0 for classes, else values. */
  readonly labels: readonly number[];
  readonly test: readonly Float64Array[];
  /** Where these rows stand in the data, for what looks at a series itself. */
  readonly places: { readonly train: readonly number[]; readonly test: readonly number[] };
  /** A stream of this fold's own. */
  readonly rng: Rng;
}

/** What a learner says of the training rows and of the test rows, in their order. */
export interface Said {
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/** Decisions (above 0 stands for class 1), or the values themselves. */
export interface Fitted extends Said {
  /** Of class 1. */
  readonly probabilities?: Said;
  readonly supportCount?: number;
  /** One a feature, where the decision is linear in them. */
  readonly coefficients?: Float64Array;
  readonly intercept?: number;
}

/** Anything that learns from rows. One that asks a quantum computer is a generator. */
export interface Learner {
  readonly id: string;
  /** Steps on the features where a problem names none. */
  readonly preprocessing: readonly Step[];
  /** A step that the learner needs, done after those of a problem unless these end in a range. */
  readonly scaling?: Step;
  /** Its coefficients are told. */
  readonly isLinear?: true;
  fit(task: FitTask): Fitted | Generator<Ask, Fitted, Answer>;
}

export const standardised: readonly Step[] = [{ id: 'standardise' }];

/** What one function of a row says. */
export function saidBy(
  { train, test }: Pick<FitTask, 'train' | 'test'>,
  of: (row: Float64Array) => number,
): Said {
  return { train: Float64Array.from(train, of), test: Float64Array.from(test, of) };
}

/** A classifier that gives log-odds: probabilities follow. */
export function withProbabilities(said: Said): Fitted {
  return {
    ...said,
    probabilities: { train: said.train.map(logistic), test: said.test.map(logistic) },
  };
}

/** A classifier that gives the probability of class 1: its decision is what lies above one half. */
export function decidedBy(probabilities: Said): Fitted {
  const decide = (p: number): number => p - 0.5;
  return {
    train: probabilities.train.map(decide),
    test: probabilities.test.map(decide),
    probabilities,
  };
}

/** 1/(1 + e^−z), without overflow. */
export function logistic(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** Labels 1 and 0 as 1 and −1, for what regresses on classes. */
export function signsOf(labels: readonly number[]): Float64Array {
  return Float64Array.from(labels, (label) => (label === 1 ? 1 : -1));
}

export function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
