import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { objectSchemaOf } from '#shared/catalog/schema.ts';
import type { Optimizer, OptimizerResult } from '#engine/optimizers/optimizer.ts';
import { optimizers } from '#engine/optimizers/registry.ts';

/** The metric is that of Gauss and Newton, row-major. */
type Landscape = (x: Float64Array) => {
  value: number;
  gradient: Float64Array;
  metric: Float64Array;
};

const bowl: Landscape = (x) => ({
  value: x.reduce((sum, v, k) => sum + (k + 1) * (v - k) ** 2, 0),
  gradient: x.map((v, k) => 2 * (k + 1) * (v - k)),
  metric: Float64Array.from({ length: x.length ** 2 }, (_, k) =>
    k % (x.length + 1) === 0 ? 2 * (1 + Math.floor(k / x.length)) : 0,
  ),
});

const rosenbrock: Landscape = (x) => {
  const [a, b] = x as unknown as [number, number];
  return {
    value: (1 - a) ** 2 + 100 * (b - a * a) ** 2,
    gradient: Float64Array.of(-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)),
    metric: Float64Array.of(2 + 800 * a * a, -400 * a, -400 * a, 200),
  };
};

/** 1 − δ·g·δ: overlaps of states that are near, for a metric g at the first point. */
function overlapsOf(points: Float64Array, size: number, metric: Float64Array): Float64Array {
  const count = points.length / size;
  return Float64Array.from({ length: count - 1 }, (_, k) => {
    const away = points
      .slice((k + 1) * size, (k + 2) * size)
      .map((x, j) => x - (points[j] as number));
    return metric.reduce(
      (rest, g, j) =>
        rest - g * (away[Math.floor(j / size)] as number) * (away[j % size] as number),
      1,
    );
  });
}

function minimise(
  optimizer: Optimizer,
  landscape: Landscape,
  start: number[],
  settings = {},
  seed = 1,
): OptimizerResult {
  const full = objectSchemaOf(optimizer.parameters, () => null).parse(settings);
  const run = optimizer.minimise(Float64Array.from(start), full, rngOf(seed));
  let step = run.next({ values: new Float64Array(0), gradients: new Float64Array(0) });
  while (step.done !== true) {
    const { count, points, needsMetric, needsOverlaps, shots } = step.value;
    const size = start.length;
    const answers = Array.from({ length: count }, (_, k) =>
      landscape(points.slice(k * size, (k + 1) * size)),
    );
    step = run.next({
      values: Float64Array.from(answers, (one) => one.value),
      gradients: Float64Array.from(answers.flatMap((one) => [...one.gradient])),
      ...(shots === undefined ? {} : { gradientErrors: new Float64Array(size) }),
      ...(needsOverlaps === true && answers[0] !== undefined
        ? { overlaps: overlapsOf(points, size, answers[0].metric) }
        : {}),
      ...(needsMetric === true && answers[0] !== undefined ? { metric: answers[0].metric } : {}),
    });
  }
  return step.value;
}

/** Those that count on angles that come round. */
const periodic = ['analytic-descent', 'rotosolve'];

const real = optimizers.filter((optimizer) => optimizer.id !== 'none');

/** Energies along angles that turn one gate each, with two of them coupled. */
const waves: Landscape = (x) => {
  const [a = 0, b = 0, c = 0] = x;
  return {
    value: 2 - Math.cos(a - 1) * Math.cos(b) - Math.cos(c + 2),
    gradient: Float64Array.of(
      Math.sin(a - 1) * Math.cos(b),
      Math.cos(a - 1) * Math.sin(b),
      Math.sin(c + 2),
    ),
    metric: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
  };
};

describe.each(real.map((one) => [one.id, one] as const))('%s', (id, optimizer) => {
  test('finds the lowest of waves', () => {
    const { value } = minimise(optimizer, waves, [0.3, 0.7, -1.4], { maxIterations: 2000 });
    expect(value).toBeLessThan(1e-3);
  });

  test('says that it converged only where it did', () => {
    for (const maxIterations of [1, 3, 10, 30, 100]) {
      for (const [landscape, start] of [
        [waves, [0.3, 0.7, -1.4]],
        [rosenbrock, [-0.5, 0.8]],
      ] as const) {
        if (landscape === rosenbrock && periodic.includes(id)) continue;
        const { converged, value } = minimise(optimizer, landscape, [...start], { maxIterations });
        if (converged) expect(value).toBeLessThan(1e-3);
      }
    }
  });

  test('comes down a bowl whose values are noisy', () => {
    if (optimizer.usesGradient || periodic.includes(id)) return;
    const rng = rngOf(8);
    const noisy: Landscape = (x) => {
      const { value, ...rest } = bowl(x);
      return { ...rest, value: value + 0.02 * rng.normal() };
    };
    const { point } = minimise(optimizer, noisy, [2, -1, 0.5], { maxIterations: 300 });
    expect(bowl(point).value).toBeLessThan(0.5);
  });

  test('finds the bottom of a bowl', () => {
    // Of no period: nothing that turns gates has one.
    if (periodic.includes(id)) return;
    const { point, value } = minimise(optimizer, bowl, [2, -1, 0.5], { maxIterations: 2000 });
    expect(value).toBeLessThan(1e-2);
    point.forEach((x, k) => expect(Math.abs(x - k)).toBeLessThan(0.1));
  });

  test('gets far down the valley of Rosenbrock', () => {
    // Two values are too few for a valley, one angle at a time goes along it in tiny steps, and a step of one length leaves it.
    const isUnfit = [...periodic, 'gcans', 'icans', 'qn-spsa', 'spsa'].includes(id);
    if (isUnfit) return;
    const { value } = minimise(optimizer, rosenbrock, [-0.5, 0.8], { maxIterations: 5000 });
    expect(value).toBeLessThan(0.05);
  });

  test('takes the same path for the same seed', () => {
    const first = minimise(optimizer, bowl, [2, -1], { maxIterations: 50 }, 9);
    expect(minimise(optimizer, bowl, [2, -1], { maxIterations: 50 }, 9)).toEqual(first);
  });
});

test('ids are sorted and unique', () => {
  const ids = optimizers.map((optimizer) => optimizer.id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test.each([
  { calibrated: true },
  { secondOrder: true },
  { blocking: true },
  { calibrated: true, secondOrder: true, blocking: true },
])('SPSA with %o comes down waves whose values are noisy', (options) => {
  const spsa = optimizers.find(({ id }) => id === 'spsa');
  if (spsa === undefined) throw new Error('no spsa');
  const rng = rngOf(8);
  const noisy: Landscape = (x) => {
    const { value, ...rest } = waves(x);
    return { ...rest, value: value + 0.02 * rng.normal() };
  };
  for (let seed = 0; seed < 5; seed++) {
    const { point } = minimise(spsa, noisy, [0.3, 0.7, -1.4], options, seed);
    expect(waves(point).value).toBeLessThan(0.05);
  }
});

test('quadratic models find the end of a long valley with few values', () => {
  const bobyqa = optimizers.find(({ id }) => id === 'bobyqa');
  if (bobyqa === undefined) throw new Error('no bobyqa');
  const start = Array.from({ length: 10 }, () => -1);
  let count = 0;
  const valley: Landscape = (x) => {
    count++;
    let value = 0;
    for (let k = 0; k + 1 < x.length; k++) {
      const [a = 0, b = 0] = [x[k], x[k + 1]];
      value += (1 - a) ** 2 + 100 * (b - a * a) ** 2;
    }
    return { value, gradient: x, metric: x };
  };
  const { value, converged } = minimise(bobyqa, valley, start, { maxIterations: 4000 });
  expect(converged).toBe(true);
  // The chain of Rosenbrock has a second minimum of about 3.99.
  expect(Math.min(value, Math.abs(value - 3.9866))).toBeLessThan(1e-3);
  expect(count).toBeLessThan(4000);
});

describe.each(['icans', 'gcans'])('%s', (id) => {
  const optimizer = optimizers.find((one) => one.id === id);
  if (optimizer === undefined) throw new Error(id);

  /** Waves whose slopes have the noise of their shots; what was asked for at each step. */
  function descend(seed: number, settings: object) {
    const full = objectSchemaOf(optimizer?.parameters ?? [], () => null).parse(settings);
    const rng = rngOf(seed);
    const asked: (readonly number[])[] = [];
    const run = (optimizer as Optimizer).minimise(Float64Array.of(0.3, 0.7, -1.4), full, rngOf(1));
    let step = run.next({ values: new Float64Array(0), gradients: new Float64Array(0) });
    while (step.done !== true) {
      const { points, shots = [] } = step.value;
      asked.push(shots);
      const { value, gradient } = waves(points);
      // The third slope is ten times as noisy as the others.
      const gradientErrors = gradient.map((_, k) => (k === 2 ? 1 : 0.1) / Math.sqrt(shots[k] ?? 0));
      step = run.next({
        values: Float64Array.of(value),
        gradients: gradient.map((slope, k) => slope + (gradientErrors[k] ?? 0) * rng.normal()),
        gradientErrors,
      });
    }
    return { ...step.value, asked };
  }

  test('asks for few shots at first, and for more as the landscape flattens', () => {
    for (let seed = 0; seed < 5; seed++) {
      const { point, asked } = descend(seed, { maxIterations: 60, maxShots: 1e6 });
      expect(waves(point).value).toBeLessThan(0.02);
      expect(asked[0]).toEqual([10, 10, 10]);
      const total = (steps: typeof asked) =>
        steps.reduce((sum, step) => sum.map((one, k) => one + (step[k] ?? 0)), [0, 0, 0]);
      const [early, late] = [total(asked.slice(0, 20)), total(asked.slice(-20))];
      expect(Math.max(...late)).toBeGreaterThan(Math.max(...early));
      if (id === 'gcans') expect(late[2]).toBeGreaterThan(late[0] ?? 0);
    }
  });

  test('keeps to the most shots, and refuses steps that lead uphill', () => {
    const { asked } = descend(1, { maxIterations: 200, maxShots: 50 });
    expect(Math.max(...asked.flat())).toBe(50);
    expect(() => descend(1, { learningRate: 0.6 })).toThrow(/must stay below 0.5/);
  });
});

test('analytic descent knows waves after a few models, and their noise only costs it precision', () => {
  const optimizer = optimizers.find(({ id }) => id === 'analytic-descent');
  if (optimizer === undefined) throw new Error('no analytic-descent');
  let count = 0;
  const counted: Landscape = (x) => {
    count++;
    return waves(x);
  };
  const { value, converged, iterations } = minimise(optimizer, counted, [0.3, 0.7, -1.4]);
  expect(value).toBeLessThan(1e-6);
  expect(converged).toBe(true);
  expect(iterations).toBeLessThan(10);
  // 2n² + n values a model beside the ends of its ways.
  expect(count).toBeLessThan(iterations * 30);
  const rng = rngOf(8);
  const noisy: Landscape = (x) => {
    const { value: exact, ...rest } = waves(x);
    return { ...rest, value: exact + 0.02 * rng.normal() };
  };
  for (let seed = 0; seed < 5; seed++) {
    const { point } = minimise(optimizer, noisy, [0.3, 0.7, -1.4], {}, seed);
    expect(waves(point).value).toBeLessThan(0.1);
  }
});

test('momentum takes the natural gradient along a flat valley in fewer steps', () => {
  const qng = optimizers.find(({ id }) => id === 'qng');
  if (qng === undefined) throw new Error('no qng');
  const stepsOf = (momentum: number) => {
    const settings = { momentum, learningRate: 0.01, maxIterations: 5000, tolerance: 1e-3 };
    return minimise(qng, bowl, [2, -1, 0.5], settings);
  };
  const [plain, moving] = [stepsOf(0), stepsOf(0.8)];
  expect(plain.converged && moving.converged).toBe(true);
  expect(moving.iterations).toBeLessThan(plain.iterations / 2);
});
