import type { View } from '../view.ts';
import type { Observations } from './observations.ts';

/** Rows of numbers without labels; positions of those that are learned from and of those that are kept back. */
export interface UnlabelledRows extends Observations {
  /** Ascending. */
  readonly train: readonly number[];
  /** Ascending. */
  readonly test: readonly number[];
}

export const unlabelledView: View<UnlabelledRows> = {
  id: 'unlabelled',
  title: 'rows without labels',
};
