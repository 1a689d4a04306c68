import type { NewPoints, Series } from '#shared/jobs/curve.ts';
import type { Objective } from '#shared/problems/objective.ts';
import { isBetterIn } from '#shared/results/curve.ts';
import type { Direction } from '#shared/results/metric.ts';
import { directionOf } from '#shared/results/metrics.ts';
import { trainingMetrics } from '#shared/results/training-metrics.ts';

/** The best finite point of a curve; null where there is none. */
export function bestOf(
  series: Pick<Series, 'x' | 'y'>,
  direction: Direction,
): { readonly x: number; readonly y: number } | null {
  let best: { x: number; y: number } | null = null;
  for (let i = 0; i < series.y.length; i++) {
    const y = series.y[i] as number;
    if (!Number.isFinite(y) || (best !== null && !isBetterIn(direction, y, best.y))) continue;
    best = { x: series.x[i] as number, y };
  }
  return best;
}

const tailShare = 0.97;

/**
 * The range of a curve's axis: all of its values, with room at both ends so that none lies on an edge.
 * `endOnly` leaves the wild first steps of an optimiser out, which flatten all that follows: it goes
 * from the lowest value to most of the others, or, where high is good, from most down to the highest.
 */
export function rangeOf(
  values: Float64Array,
  endOnly: Direction | null = null,
): readonly [number, number] {
  const finite = values.filter(Number.isFinite).toSorted();
  if (finite.length === 0) return [0, 1];
  const last = finite.length - 1;
  const from = endOnly === 'higher' ? Math.ceil(last * (1 - tailShare)) : 0;
  const to = endOnly === 'lower' ? Math.floor(last * tailShare) : last;
  const lowest = finite[from] as number;
  const highest = finite[to] as number;
  const space = (highest - lowest || Math.max(Math.abs(lowest), 1e-6)) * 0.08;
  return [lowest - space, highest + space];
}

/** Curves that are drawn each by itself. The best so far is a line of its objective's chart. */
export function chartsOf(series: readonly Series[]): readonly Series[] {
  const hasObjective = series.some(({ name }) => name === 'expectation');
  const shown = series.filter(({ name }) => !(hasObjective && name === 'best'));
  // What is trained comes before how the training goes, whichever was told first.
  const isAside = ({ name }: Series): boolean => trainingMetrics.some(({ id }) => id === name);
  return [...shown.filter((one) => !isAside(one)), ...shown.filter(isAside)];
}

/** What the best value of a curve is called; null where no value of it is better than another. */
export function wordOfBest(
  metric: string,
  objective: Objective | null,
): 'highest' | 'lowest' | null {
  const direction = directionOf(metric, objective);
  if (direction === null) return null;
  return direction === 'higher' ? 'highest' : 'lowest';
}

/** The curves with new points at their ends; a curve that was not there before stands last. */
export function withPoints(
  series: readonly Series[],
  fresh: NewPoints['curves'],
): readonly Series[] {
  const grown = series.map((one) => {
    const added = fresh.find(({ name }) => name === one.name);
    return added === undefined ? one : joined(one, added);
  });
  const begun = fresh.filter(({ name }) => series.every((one) => one.name !== name));
  return [...grown, ...begun.map(({ name, x, y }) => ({ name, total: x.length, x, y }))];
}

function joined(one: Series, added: NewPoints['curves'][number]): Series {
  const last = one.x.at(-1) ?? Number.NEGATIVE_INFINITY;
  // What was read a moment ago may have them already.
  const from = added.x.findIndex((x) => x > last);
  if (from < 0) return one;
  return {
    name: one.name,
    total: one.total + added.x.length - from,
    x: Float64Array.of(...one.x, ...added.x.subarray(from)),
    y: Float64Array.of(...one.y, ...added.y.subarray(from)),
  };
}
