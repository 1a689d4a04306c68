import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import { caseData, casesFolder } from '#test/support/cases.ts';
import { runSpec, runText } from '#test/support/run-spec.ts';

interface Case {
  readonly id: string;
  readonly data: string;
  readonly n_obs: number;
  readonly matrix_kind: string;
  readonly eigenvalues: readonly number[];
  readonly explained_variance_ratio: readonly number[];
  readonly components_rows: readonly (readonly number[])[];
  readonly mean: readonly number[];
  readonly density_matrix_purity: number;
  readonly density_matrix_entropy_bits: number;
}

interface Decomposed {
  readonly eigenvalues: readonly number[];
  readonly explainedVarianceRatio: readonly number[];
  readonly components: readonly (readonly number[])[];
  readonly mean: readonly number[];
  readonly purity: number;
  readonly entropyBits: number;
  readonly n: number;
}

const cases = JSON.parse(readFileSync(join(casesFolder, 'finance/pca.json'), 'utf8')) as Case[];
const transforms: Readonly<Record<string, string>> = {
  pca_eustock_logret_covariance: 'log-return',
  pca_treasury_monthly_level_covariance: 'none',
};

describe('principal components', () => {
  const known = cases.filter(({ id }) => id in transforms);
  test.each(known.map((one) => [one.id, one] as const))(
    'of %s are the published ones',
    (id, one) => {
      const problem = {
        kind: 'decomposition',
        data: one.data,
        matrix: one.matrix_kind,
        transform: { kind: transforms[id] },
      };
      const { result } = runSpec({ algorithm: 'pca', problem }, dirname(caseData(one.data) ?? ''));
      const found = result as Decomposed;
      const near = (got: readonly number[], wanted: readonly number[]): void => {
        expect(got.length).toBe(wanted.length);
        got.forEach((x, k) => {
          const scale = Math.max(1e-12, Math.abs(wanted[k] as number));
          expect(Math.abs(x - (wanted[k] as number)) / scale).toBeLessThan(1e-8);
        });
      };
      expect(found.n).toBe(one.n_obs);
      near(found.eigenvalues, one.eigenvalues);
      near(found.explainedVarianceRatio, one.explained_variance_ratio);
      found.components.forEach((row, k) => near(row, one.components_rows[k] ?? []));
      near(found.mean, one.mean);
      near(
        [found.purity, found.entropyBits],
        [one.density_matrix_purity, one.density_matrix_entropy_bits],
      );
    },
  );

  test('give back every random symmetric matrix, with orthogonal vectors', () => {
    const rng = rngOf(3);
    for (let n = 1; n <= 12; n++) {
      const a = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        for (let j = i; j < n; j++) a[i * n + j] = a[j * n + i] = rng.normal();
      }
      const { values, vectors } = symmetricEigen(a, n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let [back, product] = [0, 0];
          for (let k = 0; k < n; k++) {
            back += (values[k] as number) * (vectors[k]?.[i] ?? 0) * (vectors[k]?.[j] ?? 0);
            product += (vectors[i]?.[k] ?? 0) * (vectors[j]?.[k] ?? 0);
          }
          expect(back).toBeCloseTo(a[i * n + j] as number, 11);
          expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
        }
      }
      expect([...values]).toEqual([...values].toSorted((x, y) => y - x));
    }
  });

  test('leave out rows with a gap, put dates in order, and refuse what has no correlation', () => {
    const csv = 'date,a,b\n2020-01-03,4,1\n2020-01-02,2,5\n2020-01-01,1,3\n2020-01-04,,9\n';
    const problem = { kind: 'decomposition', data: 'x', transform: { kind: 'difference' } };
    const { result, warnings } = runText({ algorithm: 'pca', problem }, csv);
    expect((result as Decomposed).mean).toEqual([1.5, -1]);
    expect(warnings.join(' ')).toMatch(/not in order of time.*1 rows with a missing value/);
    const still = { kind: 'decomposition', data: 'x', matrix: 'correlation' };
    expect(() => runText({ algorithm: 'pca', problem: still }, 'a,b\n1,2\n2,2\n3,2\n')).toThrow(
      /never changes in “b”/,
    );
    const logs = { kind: 'decomposition', data: 'x', transform: { kind: 'log-return' } };
    expect(() => runText({ algorithm: 'pca', problem: logs }, 'a,b\n1,2\n-2,3\n3,4\n')).toThrow(
      /“a” holds -2 in line 3/,
    );
  });
});

describe('quantum principal components', () => {
  // Covariance [[1.5, 0.5], [0.5, 1.5]] of He et al. 2022: eigenvalues 2 and 1 of (1, 1) and (1, −1).
  const [a, b] = [Math.sqrt(1.5), Math.sqrt(0.75)];
  const csv = ['a,b', `${a},${a}`, `${-a},${-a}`, `${b},${-b}`, `${-b},${b}`].join('\n');
  const problem = { kind: 'decomposition', data: 'x' };

  test('of a matrix whose phases are whole bins are exact', () => {
    const { result } = runText(
      { algorithm: 'qpca', problem, settings: { bits: 3, scale: 4 } },
      csv,
    );
    const { eigenvalues } = result as Decomposed;
    expect(eigenvalues).toEqual([2, 1].map((x) => expect.closeTo(x, 10)));
    const half = Math.SQRT1_2;
    const [first, second] = (result as Decomposed).components;
    expect(first).toEqual([expect.closeTo(half, 10), expect.closeTo(half, 10)]);
    expect(second?.map(Math.abs)).toEqual([expect.closeTo(half, 10), expect.closeTo(half, 10)]);
    expect((second?.[0] ?? 0) * (second?.[1] ?? 0)).toBeLessThan(0);
  });

  test('of yields are those of PCA as far as phases tell, and from shots within their noise', () => {
    const data = 'treasury_cm_monthly_1953_1999.csv';
    const folder = dirname(caseData(data) ?? '');
    const yields = {
      kind: 'decomposition',
      data,
      transform: { kind: 'difference' },
      components: 2,
    };
    const of = (algorithm: string, settings: object, shots: number | null = null) =>
      runSpec({ algorithm, problem: yields, settings, shots, seed: 2 }, folder)
        .result as Decomposed;
    const known = of('pca', {});
    for (const found of [of('qpca', { bits: 7 }), of('qpca', { bits: 7 }, 200_000)]) {
      const ratio = (found.eigenvalues[0] as number) / (known.eigenvalues[0] as number);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
      const overlap = (found.components[0] ?? []).reduce(
        (sum, x, k) => sum + x * (known.components[0]?.[k] ?? 0),
        0,
      );
      expect(overlap).toBeGreaterThan(0.99);
    }
  });
});
