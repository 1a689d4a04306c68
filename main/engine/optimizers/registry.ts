import { adam } from './adam.ts';
import { cobyla } from './cobyla.ts';
import { lbfgsb } from './lbfgs.ts';
import { nelderMead } from './nelder-mead.ts';
import { noOptimizer } from './none.ts';
import type { Optimizer } from './optimizer.ts';
import { qng } from './qng.ts';
import { spsa } from './spsa.ts';

/** Every optimiser, sorted by id. */
export const optimizers: readonly Optimizer[] = [
  adam,
  cobyla,
  lbfgsb,
  nelderMead,
  noOptimizer,
  qng,
  spsa,
];
