import { count, fittedShape, float, floats } from '#shared/models/fitted.ts';
import { AppError } from '#shared/base/errors.ts';
import type { Returns } from '#shared/problems/views/series.ts';
import {
  fittedGarch,
  type Garch,
  type GarchOrders,
  meanAfter,
  variancesAhead,
  type Volatility,
  volatilityOf,
} from './garch-process.ts';
import { type Learner, learnerOf, type Series } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';

/** The process of the training part: of the returns behind a realised volatility, else of the series itself. */
function processOf(
  { series, lags, horizon, behind }: Series,
  places: readonly number[],
  orders: GarchOrders,
  rng: Parameters<typeof fittedGarch>[2],
): Garch {
  const last = places.reduce((most, place) => Math.max(most, place), 0);
  const values = last + lags + horizon;
  const known =
    behind === undefined
      ? series.subarray(0, values)
      : behind.returns.subarray(0, (values - 1) * behind.every + behind.window);
  if (known.length < 2 * (orders.p + orders.q + 3)) {
    throw new AppError(
      'bad-input',
      `${known.length} values are too few to fit a GARCH(${orders.p}, ${orders.q}). Use smaller orders or a longer series.`,
      { path: 'settings' },
    );
  }
  return fittedGarch(known, orders, rng);
}

/** The expected value that is `horizon` after what is known of a sample. */
function meanAhead(process: Garch, { series, lags, horizon }: Series): (place: number) => number {
  return (place) => {
    let x = series[place + lags - 1] as number;
    for (let step = 0; step < horizon; step++) x = meanAfter(process, x);
    return x;
  };
}

/** √(annualise/window · Σ E[r²]) over the window that is told, whose returns may in part be known. */
function volatilityAhead(
  process: Garch,
  { lags, horizon }: Series,
  { returns, window, every, annualise, isLog }: Returns,
): (place: number) => number {
  const told: Volatility = volatilityOf(returns, process);
  return (place) => {
    const newest = place + lags - 1;
    const known = newest * every + window;
    const start = (newest + horizon) * every;
    const steps = Math.max(0, start + window - known);
    const variances = variancesAhead(told, process, { known, steps });
    let mean = returns[known - 1] as number;
    let squares = 0;
    for (let t = start; t < known; t++) squares += (returns[t] as number) ** 2;
    for (let t = known; t < start + window; t++) {
      mean = meanAfter(process, mean);
      if (t >= start) squares += mean ** 2 + (variances[t - known] as number);
    }
    const volatility = Math.sqrt((annualise / window) * squares);
    return isLog ? Math.log(volatility) : volatility;
  };
}

const shape = fittedShape({
  constant: float,
  phi: float,
  omega: float,
  alpha: floats,
  beta: floats,
  before: float,
  lags: count,
});

function garchLearner(orders: GarchOrders, view: Series): Learner {
  const { behind } = view;
  return learnerOf({
    id: 'garch',
    preprocessing: [],
    tells: 'values',
    model: shape,
    train: ({ train, rng }) => processOf(view, train.places, orders, rng),
    says(process) {
      const told =
        behind === undefined ? meanAhead(process, view) : volatilityAhead(process, view, behind);
      return (_, place) => told(place);
    },
  });
}

export const garch = defineLearner({
  id: 'garch',
  title: 'GARCH',
  summary:
    'Values whose variance follows past squares and variances, by likelihood; tells realised volatility from the returns behind it, else the mean.',
  source: 'Bollerslev 1986, doi:10.1016/0304-4076(86)90063-1',
  kind: 'classical',
  parameters: [
    {
      kind: 'choice',
      id: 'mean',
      title: 'Mean',
      help: 'What values vary about: nothing, a constant, or a share of the value before.',
      default: 'ar',
      options: [
        { value: 'zero', title: 'Zero' },
        { value: 'constant', title: 'A constant' },
        { value: 'ar', title: 'A constant and a share of the last value' },
      ],
    },
    {
      kind: 'integer',
      id: 'p',
      title: 'p',
      help: 'Past squared errors that the variance depends on.',
      default: 1,
      min: 1,
      max: 20,
    },
    {
      kind: 'integer',
      id: 'q',
      title: 'q',
      help: 'Past variances that the variance depends on.',
      default: 1,
      min: 0,
      max: 20,
    },
  ],
  accuracy: 1e-3,
  series: ({ settings }, view) => garchLearner(settings as unknown as GarchOrders, view),
});
