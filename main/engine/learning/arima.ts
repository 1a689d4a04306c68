import { AppError } from '#shared/base/errors.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Rng } from '#shared/base/rng.ts';
import { fittedShape, float, floats } from '#shared/models/fitted.ts';
import { type Arma, filtered, stationaryFrom } from './arma.ts';
import { leastNear } from './difference-search.ts';
import { type FitTask, type Learner, learnerOf, type Series } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';

interface Orders {
  readonly p: number;
  readonly d: number;
  readonly q: number;
}

/** The process of greatest exact likelihood: L-BFGS over partial autocorrelations, by difference quotients. */
function fittedArma(series: Float64Array, { p, d, q }: Orders, rng: Rng): Arma {
  const scale = deviationOf(series) || 1;
  const centre = d === 0 ? series.reduce((sum, x) => sum + x, 0) / series.length : 0;
  const armaAt = (free: Float64Array): Arma => ({
    // A differenced series has no drift, as in statsmodels.
    mean: d === 0 ? centre + scale * (free[p + q] as number) : 0,
    ar: stationaryFrom(free.subarray(0, p)),
    ma: stationaryFrom(free.subarray(p, p + q)).map((v) => -v),
  });
  const valueAt = (free: Float64Array): number => filtered(series, armaAt(free), 0).deviance;
  const start = new Float64Array(p + q + (d === 0 ? 1 : 0));
  return armaAt(leastNear(start, valueAt, rng));
}

function deviationOf(series: Float64Array): number {
  const mean = series.reduce((sum, x) => sum + x, 0) / series.length;
  return Math.sqrt(series.reduce((sum, x) => sum + (x - mean) ** 2, 0) / series.length);
}

function differenced(series: Float64Array): Float64Array {
  return series.subarray(1).map((x, t) => x - (series[t] as number));
}

const shape = fittedShape({ mean: float, ar: floats, ma: floats });

/** The process of the training part, after d differences. */
function processOf(
  { train: { places }, rng }: FitTask,
  orders: Orders,
  { series, lags, horizon }: Series,
): Arma {
  const last = places.reduce((most, place) => Math.max(most, place), 0);
  let known = series.subarray(0, last + lags + horizon);
  for (let k = 0; k < orders.d; k++) known = differenced(known);
  if (known.length < 2 * (orders.p + orders.q + 1)) {
    throw new AppError(
      'bad-input',
      `${known.length} values are too few to fit an ARIMA(${orders.p}, ${orders.d}, ${orders.q}). Use smaller orders or a longer series.`,
      { path: 'settings' },
    );
  }
  const isConstant = known.every((x) => x === known[0]);
  return isConstant
    ? { mean: known[0] as number, ar: new Float64Array(0), ma: new Float64Array(0) }
    : fittedArma(known, orders, rng);
}

/** Forecasts of every value from those `horizon` and more before it. */
function forecasts(
  process: Arma,
  d: number,
  { series, lags, horizon }: Series,
): (place: number) => number {
  let whole = series;
  const levels: Float64Array[] = [];
  for (let k = 0; k < d; k++) {
    levels.push(whole);
    whole = differenced(whole);
  }
  const { forecasts: steps } = filtered(whole, process, horizon);
  return (place) => {
    const now = place + lags - 1;
    // Too few values came before for a difference.
    if (now < d) return series[now] as number;
    let ahead = steps.map((step) => step[now - d] as number);
    for (const [k, level] of [...levels.entries()].reverse()) {
      let sum = level[now - k] as number;
      ahead = ahead.map((step) => (sum += step));
    }
    return ahead.at(-1) as number;
  };
}

function arimaLearner(orders: Orders, view: Series): Learner {
  return learnerOf({
    id: 'arima',
    preprocessing: [],
    tells: 'values',
    model: shape,
    train: (task) => processOf(task, orders, view),
    says(process) {
      const told = forecasts(process, orders.d, view);
      return (_, place) => told(place);
    },
  });
}

function order(id: 'p' | 'd' | 'q', help: string, max: number): ParameterDescriptor {
  return { kind: 'integer', id, title: id, help, default: 1, min: 0, max };
}

export const arima = defineLearner({
  id: 'arima',
  title: 'ARIMA',
  summary: 'An autoregressive moving average of the differenced series, by exact likelihood.',
  kind: 'classical',
  parameters: [
    order('p', 'Past values that the next one depends on.', 20),
    order('d', 'How often differences are taken first.', 2),
    order('q', 'Past errors that the next value depends on.', 20),
  ],
  accuracy: 1e-3,
  series: ({ settings }, view) => {
    const { p, d, q } = settings as unknown as Orders;
    return arimaLearner({ p, d, q }, view);
  },
});
