import type { View } from '../view.ts';

/** Rows of numbers, one an observation, in the order of time where they have one. */
export interface Observations {
  readonly names: readonly string[];
  readonly rows: readonly Float64Array[];
}

export const observationsView: View<Observations> = {
  id: 'observations',
  title: 'rows of numbers',
};
