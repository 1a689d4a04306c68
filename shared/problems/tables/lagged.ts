import { AppError } from '../../base/errors.ts';
import { notesOn, type Table } from '../../data/table.ts';
import type { Seen } from '../view.ts';
import type { Returns, SeriesRows } from '../views/series.ts';
import { targetNumbers } from './features.ts';
import { type Fold, walkForward } from './folds.ts';
import type { Step } from './preprocessing.ts';
import { orderOf } from './prices.ts';
import { cellIn, rowRange } from './returns.ts';
import {
  needsPositive,
  realisedVolatility,
  type SeriesTransform,
  transformed,
} from './transforms.ts';

interface Wanted {
  readonly target: string;
  readonly transform: {
    readonly kind?: SeriesTransform;
    readonly window?: number | undefined;
    readonly every?: number | undefined;
    readonly log?: boolean;
    readonly annualise?: number | undefined;
  };
  readonly rows?: readonly [number, number] | undefined;
  readonly lags: number;
  readonly horizon: number;
  readonly features?: readonly string[] | undefined;
  readonly preprocessing?: readonly Step[] | undefined;
  readonly split: {
    readonly kind?: 'holdout' | 'walk-forward';
    readonly testFraction?: number | undefined;
    readonly folds?: number | undefined;
    readonly purge?: number | undefined;
    readonly embargo?: number | undefined;
  };
}

/** The series of a forecast with its lags; rows with a gap are left out and counted, time is put in order. */
export function lagged(problem: Wanted, table: Table): Seen<SeriesRows> {
  const { target, lags, horizon, features = [] } = problem;
  const { series, behind, rowOf, sample, warnings } = readSeries(problem, table);
  const count = series.length - lags - horizon + 1;
  if (count < 2) {
    throw new AppError(
      'bad-input',
      `${lags} lags and a horizon of ${horizon} need at least ${lags + horizon + 1} values; the series has ${series.length}.`,
      { path: 'problem.lags' },
    );
  }
  const ends = Array.from({ length: count }, (_, i) => i + lags + horizon - 1);
  const names = Array.from(
    { length: lags },
    (_, k) => `${target} ${lags - k + horizon - 1} before`,
  );
  return {
    value: {
      features: [...names, ...features],
      rows: Array.from({ length: count }, (_, i) => sample(i)),
      words: {},
      labels: ends.map((t) => series[t] as number),
      target,
      used: ends.map(rowOf),
      folds: foldsInTime(count, problem.split),
      preprocessing: problem.preprocessing ?? null,
      series,
      lags,
      horizon,
      ...(behind === undefined ? {} : { behind }),
    },
    warnings,
  };
}

/** Samples to forecast from: also those whose value is still to come. */
export interface OpenSamples {
  readonly rows: readonly Float64Array[];
  /** The data row that each forecast is of; those to come count on from the last row. */
  readonly used: readonly number[];
  readonly series: Float64Array;
  readonly behind?: Returns;
}

/** All samples of a series, as `lagged` makes them, up to the one whose newest lag is its last value. */
export function openSamples(problem: Wanted, table: Table): Seen<OpenSamples> {
  const { lags, horizon } = problem;
  const { series, behind, rowOf, sample, warnings } = readSeries(
    { ...problem, rows: undefined },
    table,
  );
  const count = series.length - lags + 1;
  if (count < 1) {
    throw new AppError(
      'bad-input',
      `The model forecasts from ${lags} values; the series of this file has ${series.length}.`,
      { path: 'problem.data' },
    );
  }
  const places = Array.from({ length: count }, (_, i) => i);
  return {
    value: {
      rows: places.map(sample),
      used: places.map((i) => rowOf(i + lags + horizon - 1)),
      series,
      ...(behind === undefined ? {} : { behind }),
    },
    warnings,
  };
}

interface ReadSeries {
  readonly series: Float64Array;
  readonly behind: Returns | undefined;
  /** The data row of the value at t; those to come count on from the last row. */
  readonly rowOf: (t: number) => number;
  /** The lags from t on, oldest first, then the features at the newest. */
  readonly sample: (t: number) => Float64Array;
  readonly warnings: readonly string[];
}

function readSeries(problem: Wanted, table: Table): ReadSeries {
  const { target, lags, features = [] } = problem;
  const range = rowRange(table, problem.rows);
  const { order: all, warnings } = orderOf(table, range);
  const columns = [target, ...features].map((name) => table.columns.indexOf(name));
  const order = all.filter((row) => columns.every((c) => c < 0 || cellIn(table, row, c) !== ''));
  const left = all.length - order.length;
  const read = (name: string): Float64Array => targetNumbers(table, name, order);
  const { series, places, behind } = seriesOf(
    problem,
    read(target),
    (t) => table.lines[order[t] as number],
  );
  const others = features.map(read);
  return {
    series,
    behind,
    rowOf: (t) => {
      const place = places[t];
      return place === undefined ? table.rows.length + t - series.length : (order[place] as number);
    },
    sample: (i) => {
      const newest = places[i + lags - 1] as number;
      return Float64Array.of(
        ...series.subarray(i, i + lags),
        ...others.map((column) => column[newest] as number),
      );
    },
    warnings: [
      ...warnings,
      ...(left === 0 ? [] : [`${left} rows with a missing value were left out.`]),
      ...notesOn(table, new Set([target, ...features])),
    ],
  };
}

/** The transformed series, and for each value the last of the given ones that it is made of. */
function seriesOf(
  { target, transform }: Wanted,
  given: Float64Array,
  lineOf: (t: number) => number | undefined,
): {
  readonly series: Float64Array;
  readonly places: readonly number[];
  readonly behind?: Returns;
} {
  const { kind = 'none', window = 5, log = false, annualise = 252 } = transform;
  const isVolatility = kind === 'realised-volatility';
  const isPositive = isVolatility || needsPositive(kind);
  const bad = isPositive ? given.findIndex((x) => x <= 0) : -1;
  if (bad >= 0) {
    throw new AppError(
      'bad-input',
      `Column “${target}” holds ${given[bad]} in line ${lineOf(bad)}; a transform “${kind}” takes values above 0.`,
      { path: 'problem.transform.kind', column: target },
    );
  }
  if (!isVolatility) {
    const series = transformed(given, kind);
    const shift = given.length - series.length;
    return { series, places: Array.from(series, (_, t) => t + shift) };
  }
  const every = transform.every ?? window;
  const levels = realisedVolatility(given, { window, every, annualise });
  const places = Array.from(levels, (_, k) => k * every + window);
  const still = log ? levels.indexOf(0) : -1;
  if (still >= 0) {
    throw new AppError(
      'bad-input',
      `The price does not change in the window up to line ${lineOf(places[still] as number)}, so its volatility has no logarithm. Choose a longer window.`,
      { path: 'problem.transform.log', column: target },
    );
  }
  const returns = transformed(given, 'log-return');
  const behind = { returns, window, every, annualise, isLog: log };
  return { series: log ? levels.map(Math.log) : levels, places, behind };
}

/** The first floor((1 − testFraction)·n) samples train, or walking forward those before each block. */
function foldsInTime(count: number, split: Wanted['split']): readonly Fold[] {
  const order = Array.from({ length: count }, (_, i) => i);
  const cut = Math.floor((1 - (split.testFraction ?? 0.2)) * count);
  const gap = (split.purge ?? 0) + (split.embargo ?? 0);
  const folds =
    split.kind === 'walk-forward'
      ? walkForward(order, split)
      : [{ train: order.slice(0, Math.max(0, cut - gap)), test: order.slice(cut) }];
  if (folds.every(({ train, test }) => train.length > 0 && test.length > 0)) return folds;
  throw new AppError(
    'bad-input',
    `${count} samples are too few for this split: a part has nothing to train on or to test.`,
    { path: 'problem.split' },
  );
}
