import { AppError } from '#shared/base/errors.ts';
import type { Problem } from '#shared/jobs/problem.ts';
import type { Table } from '#shared/jobs/table.ts';
import { portfolioProblem } from '../finance/portfolio.ts';
import { type BinaryProblem, fromIsing, quadraticForm } from './binary-problem.ts';

/** Problem kinds that are quadratic functions of bits. */
export const binaryKinds = ['portfolio', 'qubo', 'ising', 'maxcut'] as const;

/** The binary problem of a spec; `prices` is the table that a portfolio names. */
export function binaryProblemOf(problem: Problem, prices: Table | null): BinaryProblem {
  switch (problem.kind) {
    case 'portfolio':
      if (prices === null) throw new AppError('internal', 'A portfolio came without its prices.');
      return portfolioProblem(problem, prices);
    case 'qubo': {
      const n = problem.linear.length;
      requireIndices(problem.quadratic, n, 'quadratic');
      return {
        variables: n,
        labels: null,
        sense: problem.sense,
        objective: quadraticForm(n, problem.constant, problem.linear, problem.quadratic),
        cardinality: null,
      };
    }
    case 'ising': {
      const n = problem.h.length;
      requireIndices(problem.J, n, 'J');
      const J = problem.J.filter(([i, j]) => i !== j);
      // z_i² = 1: a coupling of a spin with itself is a constant.
      const own = problem.J.filter(([i, j]) => i === j).reduce((sum, [, , w]) => sum + w, 0);
      const form = fromIsing({ offset: problem.offset + own, h: Float64Array.from(problem.h), J });
      return { variables: n, labels: null, sense: 'min', objective: form, cardinality: null };
    }
    case 'maxcut': {
      const edges = problem.edges.map(([u, v, w]) => [u, v, w ?? 1] as const);
      requireIndices(edges, problem.nodes, 'edges');
      const linear = Array.from({ length: problem.nodes }, () => 0);
      const pairs: [number, number, number][] = [];
      for (const [u, v, w] of edges) {
        if (u === v) continue;
        linear[u] = (linear[u] as number) + w;
        linear[v] = (linear[v] as number) + w;
        pairs.push([u, v, -2 * w]);
      }
      return {
        variables: problem.nodes,
        labels: null,
        sense: 'max',
        objective: quadraticForm(problem.nodes, 0, linear, pairs),
        cardinality: null,
      };
    }
    default:
      throw new AppError(
        'bad-input',
        `A “${problem.kind}” problem is not an optimisation over bits.`,
        { kind: problem.kind },
      );
  }
}

function requireIndices(
  terms: readonly (readonly [number, number, number])[],
  n: number,
  field: string,
): void {
  terms.forEach(([i, j], k) => {
    if (i >= n || j >= n) {
      throw new AppError(
        'bad-input',
        `problem.${field}[${k}] names variable ${Math.max(i, j)}; there are only 0 to ${n - 1}.`,
        {
          path: `problem.${field}[${k}]`,
        },
      );
    }
  });
}
