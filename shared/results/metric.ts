/** Which of two values of a metric is the better one. */
export type Direction = 'higher' | 'lower';

/** A number that runs are compared by, or that is watched while they run. */
export interface Metric {
  readonly id: string;
  readonly title: string;
  /** Empty for a plain number. */
  readonly unit: string;
  /** `objective` goes with the problem: what is minimised is to be low. Null: no value is better. */
  readonly better: Direction | 'objective' | null;
}

/** A metric of a finished result. */
export interface ResultMetric<R> extends Metric {
  readonly better: Direction;
  /** Null where the result does not have it. */
  readonly of: (result: R) => number | null;
}
