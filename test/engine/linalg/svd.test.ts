import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { orthonormalise } from '#engine/linalg/orthonormalise.ts';
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

  test('singular values and vectors give the matrix back', () => {
    const { u, values, vh } = singularValues(a);
    const scaled = { ...vh, re: vh.re.slice(), im: vh.im.slice() };
    scaled.re.forEach((_, i) => {
      const value = values[Math.floor(i / columns)] as number;
      scaled.re[i] = (scaled.re[i] as number) * value;
      scaled.im[i] = (scaled.im[i] as number) * value;
    });
    expectClose(product(u, scaled), a);
    expectClose(product(conjugateTranspose(u), u), identity(values.length));
    expectClose(product(vh, conjugateTranspose(vh)), identity(values.length));
    expect([...values]).toEqual([...values].sort((x, y) => y - x));
  });

  test('orthonormal columns times the rest give the matrix back', () => {
    const { q, r } = orthonormalise(a);
    expectClose(product(q, r), a);
    expectClose(product(conjugateTranspose(q), q), identity(q.columns));
  });
});

test('a product of thin matrices has as many singular values and columns as it is thin', () => {
  const thin = product(random(8, 2, 3), random(2, 6, 4));
  const values = singularValues(thin).values;
  expect(values.filter((value) => value > 1e-12)).toHaveLength(2);
  expect(orthonormalise(thin).q.columns).toBe(2);
});
