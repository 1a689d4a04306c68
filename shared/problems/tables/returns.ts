import { AppError } from '../../base/errors.ts';
import type { Table } from '../../data/table.ts';

/** Trading days a year: daily means and covariances are scaled by it. */
export const tradingDays = 252;

export interface MarketMoments {
  /** Mean daily return × 252. */
  readonly mu: Float64Array;
  /** Covariance of daily returns (ddof 1) × 252, row-major. */
  readonly sigma: Float64Array;
}

/** A column of a table as numbers; the first cell that is none is a `bad-input` error with its line. */
export function numberColumn(
  table: Table,
  name: string,
  rows: readonly [number, number],
): Float64Array {
  const column = table.columns.indexOf(name);
  if (column < 0) {
    throw new AppError(
      'bad-input',
      `There is no column “${name}”; the columns are ${table.columns.join(', ')}.`,
      {
        column: name,
        columns: table.columns,
      },
    );
  }
  const [first, last] = rows;
  return Float64Array.from({ length: last - first + 1 }, (_, i) => {
    const cell = cellIn(table, first + i, column);
    const value = cell.trim() === '' ? Number.NaN : Number(cell);
    if (!Number.isFinite(value)) {
      const line = table.lines[first + i];
      throw new AppError(
        'bad-input',
        `Column “${name}”, data row ${first + i} (line ${line}): expected a number, got ${cell === '' ? 'a missing value' : `“${cell}”`}.`,
        { column: name, row: first + i, line },
      );
    }
    return value;
  });
}

/** A cell as the table holds it. */
export function cellIn(table: Table, row: number, column: number): string {
  return table.rows[row]?.[column] ?? '';
}

/** Row range of a spec, checked against the table; absent = all rows. */
export function rowRange(
  table: Table,
  rows: readonly [number, number] | undefined,
): readonly [number, number] {
  const [first, last] = rows ?? [0, table.rows.length - 1];
  if (first > last || last >= table.rows.length) {
    throw new AppError(
      'bad-input',
      `Rows [${first}, ${last}] are not in the data, which has rows 0 to ${table.rows.length - 1}.`,
      {
        rows: [first, last],
        available: table.rows.length,
      },
    );
  }
  return [first, last];
}

/** r_t = P_t/P_{t−1} − 1, one fewer than prices. */
export function dailyReturns(prices: Float64Array): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, prices.length - 1) },
    (_, t) => (prices[t + 1] as number) / (prices[t] as number) - 1,
  );
}

/** μ and Σ of daily returns: μ = 252·mean, Σ = 252·cov with ddof 1 (CONTRACT §4). */
export function marketMoments(series: readonly Float64Array[]): MarketMoments {
  const returns = series.map(dailyReturns);
  const count = returns[0]?.length ?? 0;
  if (count < 2) {
    throw new AppError(
      'bad-input',
      `A covariance needs at least three rows of prices; got ${series[0]?.length ?? 0}.`,
      { rows: series[0]?.length ?? 0 },
    );
  }
  const means = returns.map((one) => one.reduce((sum, r) => sum + r, 0) / count);
  const n = series.length;
  const sigma = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      let sum = 0;
      for (let t = 0; t < count; t++) {
        sum +=
          (((returns[i] as Float64Array)[t] as number) - (means[i] as number)) *
          (((returns[j] as Float64Array)[t] as number) - (means[j] as number));
      }
      const covariance = (tradingDays * sum) / (count - 1);
      sigma[i * n + j] = covariance;
      sigma[j * n + i] = covariance;
    }
  }
  return { mu: Float64Array.from(means, (mean) => tradingDays * mean), sigma };
}
