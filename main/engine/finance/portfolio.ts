import { AppError } from '#shared/base/errors.ts';
import type { ProblemOf } from '#shared/jobs/problem.ts';
import type { Table } from '#shared/jobs/table.ts';
import { type BinaryProblem, quadraticForm } from '../algorithms/binary-problem.ts';
import { marketMoments, numericColumns, rowRange } from './returns.ts';

/** Minimise q·xᵀΣx − μᵀx with Σx = budget (Markowitz selection with equal weights). */
export function portfolioProblem(problem: ProblemOf<'portfolio'>, prices: Table): BinaryProblem {
  const assets = problem.assets ?? numericColumns(prices);
  const n = assets.length;
  if (new Set(assets).size !== n) {
    throw new AppError('bad-input', `Each asset may be named once; got ${assets.join(', ')}.`, {
      assets,
    });
  }
  if (problem.budget > n) {
    throw new AppError(
      'bad-input',
      `A budget of ${problem.budget} needs at least that many assets; there are ${n}.`,
      { budget: problem.budget, assets: n },
    );
  }
  const { mu, sigma } = marketMoments(prices, assets, rowRange(prices, problem.rows));
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
  };
}
