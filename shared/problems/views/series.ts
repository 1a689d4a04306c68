import type { View } from '../view.ts';
import type { ValuedRows } from './values.ts';

/** A time series as rows: the lags of each value, oldest first, then features known at the newest lag. */
export interface SeriesRows extends ValuedRows {
  /** In the order of time, transformed. */
  readonly series: Float64Array;
  readonly lags: number;
  /** How many steps ahead is told: row i has the value of series[i + lags + horizon − 1]. */
  readonly horizon: number;
  /** Of realised volatilities: what they are made of. */
  readonly behind?: Returns;
}

/** Log returns, of which the volatility of the k-th window is √(annualise/window · Σr²). */
export interface Returns {
  readonly returns: Float64Array;
  readonly window: number;
  /** From the start of one window to that of the next. */
  readonly every: number;
  readonly annualise: number;
  /** The series is its logarithm. */
  readonly isLog: boolean;
}

export const seriesView: View<SeriesRows> = { id: 'series', title: 'a time series' };
