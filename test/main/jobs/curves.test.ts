import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { seriesOf } from '#shared/jobs/curve.ts';
import { CurveWriter } from '#main/jobs/curve-files.ts';
import { readCurves } from '#main/jobs/read-curves.ts';
import { withPoints } from '#renderer/features/training/curves.ts';
import { temporaryFolder, type TemporaryFolder } from '#test/support/temporary-app.ts';

let folder: TemporaryFolder;
let curves: string;
beforeEach(() => {
  folder = temporaryFolder();
  curves = join(folder.path, 'series');
});
afterEach(() => folder.remove());

type Point = readonly [x: number, y: number];

/** A walk with gaps, steps that repeat and values that are no numbers. */
function randomPoints(count: number, rng: Rng): Point[] {
  let x = rng.below(10);
  return Array.from({ length: count }, () => {
    x += rng.below(3);
    return [x, rng.below(20) === 0 ? Number.NaN : rng.normal()] as const;
  });
}

function write(points: readonly Point[]): CurveWriter {
  const writer = new CurveWriter(curves);
  for (const [x, y] of points) writer.add(x, { loss: y });
  return writer;
}

/** Lowest, highest and mean of what is a number. */
function extremes(points: readonly Point[]): readonly number[] {
  const values = points.map(([, y]) => y).filter((y) => !Number.isNaN(y));
  if (values.length === 0) return [];
  return [
    Math.min(...values),
    Math.max(...values),
    values.reduce((a, b) => a + b, 0) / values.length,
  ];
}

test('however long a curve, which part and how fine: blocks are few, in order, and hide no peak', () => {
  const rng = rngOf(21);
  for (const count of [0, 1, 15, 16, 17, 255, 256, 300, 4096, 5000, 70_000]) {
    const points = randomPoints(count, rng);
    const writer = write(points);
    // A run that goes on has points that wait, and a run that was killed a torn one.
    writer.flush();
    const names = readdirSync(curves).filter((name) => name !== 'levels');
    for (const name of names) appendFileSync(join(curves, name), Uint8Array.of(1, 2, 3));
    for (let round = 0; round < 12; round++) {
      const pixels = 2 + rng.below(400);
      const [a, b] = [rng.below(count + 5), rng.below(2 * count + 5)];
      const [from, to] = round === 0 ? [undefined, undefined] : [Math.min(a, b), Math.max(a, b)];
      const inside = points.filter(([x]) => x >= (from ?? -1) && x <= (to ?? Infinity));
      const [curve] = readCurves(curves, { from, to, pixels });
      if (count === 0) {
        expect(curve).toBeUndefined();
        continue;
      }
      if (curve === undefined) throw new Error('no curve');
      const { x, min, max, mean, last, total } = curve;
      expect(total).toBe(count);
      expect(x.length).toBeLessThanOrEqual(pixels);
      expect([...x]).toEqual([...x].toSorted((p, q) => p - q));
      expect(last).toEqual(inside.at(-1) ?? null);
      expect(x[0]).toBe(inside[0]?.[0]);
      const numbers = (list: Float64Array) => [...list].filter((value) => !Number.isNaN(value));
      const [low, high] = extremes(inside);
      if (low !== undefined) {
        expect([Math.min(...numbers(min)), Math.max(...numbers(max))]).toEqual([low, high]);
      }
      min.forEach((value, k) => {
        if (Number.isNaN(value)) return;
        expect(mean[k]).toBeGreaterThanOrEqual(value - 1e-12);
        expect(mean[k]).toBeLessThanOrEqual((max[k] as number) + 1e-12);
      });
      if (inside.length <= pixels) expect([...min]).toEqual(inside.map(([, y]) => y));
    }
    writer.dispose();
  }
});

test('whole blocks have the mean of their points', () => {
  const points = randomPoints(4096, rngOf(5));
  write(points).dispose();
  const [curve] = readCurves(curves, { pixels: 4 });
  const quarters = [0, 1, 2, 3].map((k) => extremes(points.slice(1024 * k, 1024 * (k + 1))));
  quarters.forEach(([low, high, mean], k) => {
    expect([curve?.min[k], curve?.max[k]]).toEqual([low, high]);
    expect(curve?.mean[k]).toBeCloseTo(mean as number, 10);
  });
});

test('files are only appended to, and reading a part costs what it shows', () => {
  const writer = new CurveWriter(curves);
  for (let k = 0; k < 1_000_000; k++) writer.add(k, { loss: Math.sin(k / 1e5) });
  writer.dispose();
  const bytes = readdirSync(curves, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  // Points of 16 bytes, and a block of 48 for every 16, 256, … of them.
  expect(bytes).toBeLessThan(1_000_000 * (16 + 48 / 15) + 1000);
  const begun = performance.now();
  for (let k = 0; k < 20; k++) readCurves(curves, { from: 1000 * k, to: 900_000, pixels: 800 });
  expect((performance.now() - begun) / 20).toBeLessThan(100);
});

test('a curve whose levels are not there is read from its points', () => {
  const points = randomPoints(3000, rngOf(8));
  write(points).dispose();
  const before = readCurves(curves, { pixels: 3000 });
  folder.write('series/levels/unrelated', '');
  for (const name of readdirSync(join(curves, 'levels'))) folder.write(`series/levels/${name}`, '');
  expect(readCurves(curves, { pixels: 3000 })).toEqual(before);
  const [coarse] = readCurves(curves, { pixels: 7 });
  expect(coarse?.x).toHaveLength(7);
});

test('a line shows the lowest and highest of each block and ends at the last point', () => {
  const curve = {
    run: 'r',
    name: 'loss',
    total: 5,
    x: Float64Array.of(0, 3),
    min: Float64Array.of(-1, 2),
    max: Float64Array.of(4, 2),
    mean: Float64Array.of(1, 2),
    last: [4, 2.5] as [number, number],
  };
  expect(seriesOf(curve)).toEqual({
    name: 'loss',
    total: 5,
    x: Float64Array.of(0, 0, 3, 4),
    y: Float64Array.of(-1, 4, 2, 2.5),
  });
});

test('points that are pushed join the curve once, and a new metric begins one', () => {
  const start = [{ name: 'loss', total: 2, x: Float64Array.of(0, 1), y: Float64Array.of(5, 4) }];
  const fresh = [
    { name: 'loss', x: Float64Array.of(1, 2), y: Float64Array.of(4, 3) },
    { name: 'best', x: Float64Array.of(2), y: Float64Array.of(3) },
  ];
  const grown = withPoints(start, fresh);
  expect(grown).toEqual([
    { name: 'loss', total: 3, x: Float64Array.of(0, 1, 2), y: Float64Array.of(5, 4, 3) },
    { name: 'best', total: 1, x: Float64Array.of(2), y: Float64Array.of(3) },
  ]);
  expect(withPoints(grown, fresh)).toEqual(grown);
});
