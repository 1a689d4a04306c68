import type { Fold } from '../tables/folds.ts';
import type { Step } from '../tables/preprocessing.ts';
import type { View } from '../view.ts';

/** Rows of numbers with what is to be told of each, and which of them train and which test. */
export interface TrainingRows {
  readonly features: readonly string[];
  readonly rows: readonly Float64Array[];
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
}

/** Rows of numbers with one of two classes each. */
export const rowsView: View<LabelledRows> = { id: 'rows', title: 'rows with a class' };
