import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { optimizers } from '#engine/optimizers/registry.ts';
import type { Ask, Progress } from '#engine/programs/program.ts';
import { minimise, type Minimum, type Objective } from '#engine/training/minimise.ts';

const wanted = Float64Array.of(0.4, -0.3);

/** Σ (x − wanted)², or its mirror image for a maximum; nobody has to be asked. */
function bowl(sense: 'min' | 'max'): Objective {
  const sign = sense === 'min' ? 1 : -1;
  return {
    sense,
    scale: 3,
    *evaluate({ count, points, needsGradient }) {
      const size = wanted.length;
      const values = new Float64Array(count);
      const gradients = new Float64Array(needsGradient ? points.length : 0);
      points.forEach((x, i) => {
        const off = x - (wanted[i % size] as number);
        const row = Math.floor(i / size);
        values[row] = (values[row] as number) + sign * off * off;
        if (needsGradient) gradients[i] = 2 * sign * off;
      });
      yield { kind: 'forget', key: 'nothing' };
      return { values, stderrs: new Float64Array(count), gradients };
    },
    *metric() {
      yield { kind: 'forget', key: 'nothing' };
      return Float64Array.of(1, 0, 0, 1);
    },
    *overlaps(points, count) {
      yield { kind: 'forget', key: 'nothing' };
      return Float64Array.from({ length: count - 1 }, (_, k) =>
        [0, 1].reduce(
          (rest, j) => rest - ((points[2 * k + 2 + j] as number) - (points[j] as number)) ** 2,
          1,
        ),
      );
    },
    describe: (point) => ({ x: [...point] }),
  };
}

interface Heard {
  readonly minimum: Minimum;
  readonly snapshots: unknown[];
  readonly progress: Progress[];
}

function run(
  id: string,
  sense: 'min' | 'max',
  { snapshot, finishAt = Infinity }: { snapshot?: unknown; finishAt?: number } = {},
): Heard {
  const optimizer = optimizers.find((one) => one.id === id);
  if (optimizer === undefined) throw new Error(id);
  const settings = Object.fromEntries(optimizer.parameters.map((one) => [one.id, one.default]));
  const program = minimise(bowl(sense), {
    optimizer,
    settings,
    start: Float64Array.of(-0.5, 0.8),
    rng: rngOf(2),
    curve: 'value',
    bestCurve: 'best',
    oneByOne: true,
    snapshot,
  });
  const snapshots: unknown[] = [];
  const progress: Progress[] = [];
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask: Ask = step.value;
    if (ask.kind === 'snapshot') snapshots.push(structuredClone(ask.state));
    if (ask.kind === 'progress') progress.push(ask.progress);
    step = program.next({ kind: progress.length >= finishAt ? 'finish' : 'done' });
  }
  return { minimum: step.value, snapshots, progress };
}

// A bowl has no period, which these two count on.
const moving = optimizers
  .filter(({ id }) => !['analytic-descent', 'none', 'rotosolve'].includes(id))
  .map(({ id }) => id);

describe.each(moving)('the loop with %s', (id) => {
  test.each(['min', 'max'] as const)(
    'finds the %s, telling values in the objective’s own sense',
    (sense) => {
      const { minimum, progress } = run(id, sense);
      minimum.point.forEach((x, i) => expect(x).toBeCloseTo(wanted[i] as number, 1));
      const best = progress.map(({ metrics }) => metrics['best'] as number);
      const sign = sense === 'min' ? 1 : -1;
      best.forEach((value, k) => {
        if (k > 0) expect(sign * value).toBeLessThanOrEqual(sign * (best[k - 1] as number));
      });
      expect(Math.abs(best.at(-1) as number)).toBeLessThan(0.02);
      expect(progress.at(-1)?.step).toBe(minimum.evaluations);
      expect(progress.every(({ metrics }) => Number.isFinite(metrics['value']))).toBe(true);
    },
  );

  test('leaves a snapshot each iteration, from which another run goes on', () => {
    const { minimum, snapshots } = run(id, 'min');
    expect(snapshots.length).toBeGreaterThanOrEqual(Math.min(2, minimum.iterations - 1));
    const middle = snapshots[Math.floor(snapshots.length / 2)] as {
      readonly point: readonly number[];
      readonly evaluations: number;
    };
    const again = run(id, 'min', { snapshot: middle });
    expect(again.minimum.evaluations).toBeGreaterThan(middle.evaluations);
    again.minimum.point.forEach((x, i) => expect(x).toBeCloseTo(wanted[i] as number, 1));
    expect(again.progress[0]?.metrics['value']).toBeLessThan(2.1);
  });
});

test.each(moving)('the loop with %s, asked to finish, ends at the best point so far', (id) => {
  const { minimum, progress } = run(id, 'min', { finishAt: 3 });
  const last = progress.at(-1);
  expect(progress).toHaveLength(3);
  expect(minimum.converged).toBe(false);
  expect(minimum.evaluations).toBe(last?.step);
  expect([...minimum.point]).toEqual(last?.soFar?.parameters['x']);
});

test('a snapshot of something else is not begun from', () => {
  const plain = run('nelder-mead', 'min');
  for (const foreign of [null, 5, { kind: 'other' }, { kind: 'minimise', point: [1, 2, 3] }]) {
    expect(run('nelder-mead', 'min', { snapshot: foreign }).minimum).toEqual(plain.minimum);
  }
});
