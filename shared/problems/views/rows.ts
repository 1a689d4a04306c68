import type { Fold } from '../tables/folds.ts';
import type { Step } from '../tables/preprocessing.ts';
import type { View } from '../view.ts';

/** By the name of the feature: one word or two, the first counting as 0. */
export type Words = Readonly<Record<string, readonly string[]>>;

/** Rows of numbers with what is to be told of each, and which of them train and which test. */
export interface TrainingRows {
  readonly features: readonly string[];
  readonly rows: readonly Float64Array[];
  /** Words of a feature that is no number, which count as 0 and 1. */
  readonly words: Words;
  /** What is learned: 1 for the positive class and 0, or a value. */
  readonly labels: readonly number[];
  /** Data rows (0-based) that were used. */
  readonly used: readonly number[];
  readonly folds: readonly Fold[];
  /** Null: what suits the learner. */
  readonly preprocessing: readonly Step[] | null;
}

export interface LabelledRows extends TrainingRows {
  readonly positiveClass: string;
  readonly negativeClass: string;
}

/** Rows of numbers with one of two classes each. */
export const rowsView: View<LabelledRows> = { id: 'rows', title: 'rows with a class' };
