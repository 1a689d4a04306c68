import { AppError } from '#shared/base/errors.ts';
import type { ProblemOf } from '#shared/jobs/problem.ts';
import type { Table } from '#shared/jobs/table.ts';
import { type BinaryProblem, quadraticForm } from '../algorithms/binary-problem.ts';
import { pricesOf } from './prices.ts';
import { marketMoments } from './returns.ts';

/** Minimise q·xᵀΣx − μᵀx with Σx = budget (Markowitz selection with equal weights). */
export function portfolioProblem(problem: ProblemOf<'portfolio'>, prices: Table): BinaryProblem {
  const named = problem.assets ?? [];
  if (new Set(named).size !== named.length) {
    throw new AppError('bad-input', `Each asset may be named once; got ${named.join(', ')}.`, {
      assets: named,
    });
  }
  const { assets, series, warnings } = pricesOf(problem, prices);
  const n = assets.length;
  if (problem.budget > n) {
    throw new AppError(
      'bad-input',
      [
        `A budget of ${problem.budget} needs at least that many assets; there are ${n}.`,
        ...warnings.filter((warning) => warning.includes('left out')),
      ].join(' '),
      { budget: problem.budget, assets: n, warnings },
    );
  }
  const { mu, sigma } = marketMoments(series);
  if (![...mu, ...sigma].every(Number.isFinite)) {
    throw new AppError(
      'bad-input',
      'The returns are too large to compute with: from one row to the next a price grows beyond all bounds.',
      { assets },
    );
  }
  const q = problem.riskAversion;
  const linear = assets.map((_, i) => q * (sigma[i * n + i] as number) - (mu[i] as number));
  const pairs: [number, number, number][] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) pairs.push([i, j, 2 * q * (sigma[i * n + j] as number)]);
  return {
    variables: n,
    labels: assets,
    sense: 'min',
    objective: quadraticForm(n, 0, linear, pairs),
    cardinality: problem.budget,
    warnings,
  };
}
