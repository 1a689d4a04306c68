import type { Fold } from '../tables/folds.ts';
import type { LabelledData } from '../tables/labelled-data.ts';
import type { View } from '../view.ts';

/** Labelled rows, and which of them train and which test. */
export interface LabelledRows extends LabelledData {
  readonly folds: readonly Fold[];
}

/** Rows of numbers with one of two classes each. */
export const rowsView: View<LabelledRows> = { id: 'rows', title: 'rows with a class' };
