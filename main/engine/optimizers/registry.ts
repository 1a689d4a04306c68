import { adam, amsgrad } from './adaptive-moments.ts';
import { analyticDescent } from './analytic-descent.ts';
import { bobyqa } from './bobyqa.ts';
import { cmaEs } from './cma-es.ts';
import { cobyla } from './cobyla.ts';
import { lbfgsb } from './lbfgs.ts';
import { nelderMead } from './nelder-mead.ts';
import { noOptimizer } from './none.ts';
import type { Optimizer } from './optimizer.ts';
import { qnSpsa } from './qn-spsa.ts';
import { qng } from './qng.ts';
import { rotosolve } from './rotosolve.ts';
import { gcans, icans } from './shot-frugal.ts';
import { slsqp } from './slsqp.ts';
import { spsa } from './spsa.ts';

/** Every optimiser, sorted by id. */
export const optimizers: readonly Optimizer[] = [
  adam,
  amsgrad,
  analyticDescent,
  bobyqa,
  cmaEs,
  cobyla,
  gcans,
  icans,
  lbfgsb,
  nelderMead,
  noOptimizer,
  qnSpsa,
  qng,
  rotosolve,
  slsqp,
  spsa,
];
