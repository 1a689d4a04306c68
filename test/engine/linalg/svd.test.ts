import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { orthonormalise } from '#engine/linalg/orthonormalise.ts';
import { pivotedFactors } from '#engine/linalg/pivoted-factors.ts';
import { conjugateTranspose, product, type Rectangular } from '#engine/linalg/rectangular.ts';
import { singularValues } from '#engine/linalg/svd.ts';

function random(rows: number, columns: number, seed: number): Rectangular {
  const rng = rngOf(seed, rows, columns);
  const entries = () => Float64Array.from({ length: rows * columns }, () => rng.normal());
  return { rows, columns, re: entries(), im: entries() };
}

function expectClose(a: Rectangular, b: Rectangular): void {
  expect([a.rows, a.columns]).toEqual([b.rows, b.columns]);
  a.re.forEach((x, i) => expect(Math.abs(x - (b.re[i] as number))).toBeLessThan(1e-12));
  a.im.forEach((x, i) => expect(Math.abs(x - (b.im[i] as number))).toBeLessThan(1e-12));
}

function identity(size: number): Rectangular {
  const re = new Float64Array(size * size);
  for (let i = 0; i < size; i++) re[i * size + i] = 1;
  return { rows: size, columns: size, re, im: new Float64Array(size * size) };
}

describe.each([
  [5, 5],
  [9, 4],
  [3, 8],
  [1, 4],
])('%i × %i', (rows, columns) => {
  const a = random(rows, columns, 1);

  test('isometry and weighted rest are a singular value decomposition', () => {
    const { uh, values } = singularValues(a);
    const rest = product(uh, a);
    expectClose(product(conjugateTranspose(uh), rest), a);
    expectClose(product(uh, conjugateTranspose(uh)), identity(values.length));
    const squares = identity(values.length);
    values.forEach((value, i) => {
      squares.re[i * (values.length + 1)] = value * value;
    });
    expectClose(product(rest, conjugateTranspose(rest)), squares);
    expect([...values]).toEqual([...values].sort((x, y) => y - x));
  });

  test('the pivoted factors give the matrix back', () => {
    const { qh, r } = pivotedFactors(a);
    expectClose(product(conjugateTranspose(qh), r), a);
    expectClose(product(qh, conjugateTranspose(qh)), identity(qh.rows));
    expect(qh.rows).toBe(Math.min(rows, columns));
  });

  test('orthonormal columns times the rest give the matrix back', () => {
    const { q, r } = orthonormalise(a);
    expectClose(product(q, r), a);
    expectClose(product(conjugateTranspose(q), q), identity(q.columns));
  });
});

test('a product of thin matrices has as many singular values and columns as it is thin', () => {
  for (const [rows, columns] of [
    [8, 6],
    [6, 8],
    [20, 3],
    [3, 20],
  ] as const) {
    const thin = product(random(rows, 2, 3), random(2, columns, 4));
    const { uh, values } = singularValues(thin);
    expect(values).toHaveLength(2);
    expectClose(product(conjugateTranspose(uh), product(uh, thin)), thin);
    expect(orthonormalise(thin).q.columns).toBe(2);
  }
});

test('small singular values have vectors that are as orthonormal as those of large ones', () => {
  const size = 24;
  const [u, v] = [1, 2].map((seed) => orthonormalise(random(size, size, seed)).q) as [
    Rectangular,
    Rectangular,
  ];
  const wanted = Array.from({ length: size }, (_, k) => 4 ** -k);
  const weighted = { ...v, re: v.re.slice(), im: v.im.slice() };
  weighted.re.forEach((_, i) => {
    const value = wanted[Math.floor(i / size)] as number;
    weighted.re[i] = (weighted.re[i] as number) * value;
    weighted.im[i] = (weighted.im[i] as number) * value;
  });
  const a = product(u, weighted);
  const { uh, values } = singularValues(a);
  expectClose(product(uh, conjugateTranspose(uh)), identity(values.length));
  expectClose(product(conjugateTranspose(uh), product(uh, a)), a);
  wanted.forEach((value, k) => expect(Math.abs((values[k] ?? 0) - value)).toBeLessThan(1e-15));
});

test('a matrix of zeros has the singular value 0 and no column', () => {
  const zeros = { rows: 3, columns: 2, re: new Float64Array(6), im: new Float64Array(6) };
  expect([...singularValues(zeros).values]).toEqual([0]);
  expect(pivotedFactors(zeros).qh.rows).toBe(0);
});
