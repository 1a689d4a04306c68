import type { View } from '../view.ts';

/** Rows of numbers, one an observation, in the order of time where they have one. */
export interface Observations {
  readonly names: readonly string[];
  readonly rows: readonly Float64Array[];
  /** Data rows (0-based) that they are; of a step from one row to the next, the later one. */
  readonly used: readonly number[];
}

export const observationsView: View<Observations> = {
  id: 'observations',
  title: 'rows of numbers',
};
