import { packIndices } from '#shared/base/packed-bits.ts';
import { expect, test } from 'vitest';
import { isBetter, isFeasible, toIsing, valueAt } from '#shared/problems/binary-problem.ts';
import { penalised } from '#shared/problems/penalties.ts';
import { solveExactly } from '#engine/algorithms/exact-solution.ts';
import { pricesOf } from '#shared/problems/tables/prices.ts';
import { marketMoments } from '#shared/problems/tables/returns.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { look } from '#shared/problems/views.ts';
import { pose } from '#test/support/members.ts';
import { readTable } from '#test/support/csv.ts';
import { caseData, describeCases } from '#test/support/cases.ts';

interface Case {
  readonly id: string;
  readonly data: string;
  readonly rows: string;
  readonly assets: string[];
  readonly budget: number;
  readonly risk_factor_q: number;
  readonly optimal_index_little_endian: number;
  readonly optimal_objective: number;
  readonly worst_feasible_objective: number;
  readonly second_best_objective: number;
  readonly penalty: number;
  readonly mu?: number[];
  readonly sigma?: number[][];
  readonly ising_offset?: number;
  readonly ising_h?: number[];
  readonly ising_J?: Record<string, number>;
}

function close(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThan(
    1e-9 * Math.max(1, Math.abs(expected)),
  );
}

describeCases<Case>('portfolio cases', 'finance/portfolio.json', (cases) => {
  const known = cases.map((one) => ({ ...one, path: caseData(one.data) }));
  test.for(known)('$id', (one, { skip }) => {
    if (one.path === null) return skip(`${one.data} may not be passed on`);
    const range = /(\d+)\.\.(\d+)/.exec(one.rows);
    const rows: [number, number] = [Number(range?.[1]), Number(range?.[2])];
    const table = readTable(one.path);
    const { value: problem } = look(
      binaryView,
      pose(
        {
          kind: 'portfolio',
          prices: one.data,
          assets: one.assets,
          rows,
          riskAversion: one.risk_factor_q,
          budget: one.budget,
        },
        new Map([[one.data, { kind: 'table', table }]]),
      ),
    );
    const solution = solveExactly(problem);
    expect([...(solution?.optima.words ?? [])]).toEqual([one.optimal_index_little_endian]);
    close(solution?.best, one.optimal_objective);
    close(solution?.worst, one.worst_feasible_objective);
    const indices = Array.from({ length: 2 ** problem.variables }, (__, index) => index);
    const all = packIndices(problem.variables, indices);
    const others = indices
      .filter(
        (index) => isFeasible(problem, all, index) && index !== one.optimal_index_little_endian,
      )
      .map((index) => valueAt(problem.objective, all, index));
    close(
      others.reduce((best, value) => (isBetter(problem, value, best) ? value : best)),
      one.second_best_objective,
    );
    if (one.mu !== undefined) {
      const moments = marketMoments(pricesOf({ assets: one.assets, rows }, table).series);
      one.mu.forEach((value, i) => close(moments.mu[i], value));
      one.sigma?.flat().forEach((value, i) => close(moments.sigma[i], value));
    }
    if (one.ising_h !== undefined && one.ising_J !== undefined && one.ising_offset !== undefined) {
      const ising = toIsing(penalised(problem, one.penalty).form);
      close(ising.offset, one.ising_offset);
      one.ising_h.forEach((value, i) => close(ising.h[i], value));
      for (const [i, j, w] of ising.J) close(w, one.ising_J[`${i},${j}`] as number);
    }
  });
});
