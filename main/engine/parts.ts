import { AppError } from '#shared/base/errors.ts';
import type { Ansatz } from './ansatze/ansatz.ts';
import type { FeatureMap } from './learning/feature-maps.ts';
import type { Taught } from './learning/learner.ts';
import type { Optimizer } from './optimizers/optimizer.ts';

/** What settings of algorithms may name, each with settings of its own beside its id. */
export interface Parts {
  readonly ansatze: readonly Ansatz[];
  readonly featureMaps: readonly FeatureMap[];
  readonly optimizers: readonly Optimizer[];
}

/** How an algorithm that learns comes by its learner. */
export type Teaching = Taught<Parts>;

/** The member that checked settings name. */
export function partNamed<T extends { readonly id: string }>(parts: readonly T[], id: string): T {
  const found = parts.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new AppError('internal', `Checked settings name “${id}”, which is not there.`, { id });
}
