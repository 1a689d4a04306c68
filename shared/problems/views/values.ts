import type { View } from '../view.ts';
import type { TrainingRows } from './rows.ts';

export interface ValuedRows extends TrainingRows {
  /** The name of what is told. */
  readonly target: string;
}

/** Rows of numbers with a value each. */
export const valuesView: View<ValuedRows> = { id: 'values', title: 'rows with a value' };
