import { AppError } from '../../base/errors.ts';
import { notesOn, type Table } from '../../data/table.ts';
import type { Seen } from '../view.ts';
import type { Observations } from '../views/observations.ts';
import { featuresOf } from './features.ts';
import { orderOf } from './prices.ts';
import { cellIn, numberColumn, rowRange } from './returns.ts';
import { needsPositive, type Transform, transformed } from './transforms.ts';

interface Wanted {
  readonly features?: readonly string[] | undefined;
  readonly rows?: readonly [number, number] | undefined;
  readonly transform: { readonly kind?: Transform };
}

/** Rows without a gap in the used columns, in the order of time where a step is taken between them. */
export function observed(problem: Wanted, table: Table): Seen<Observations> {
  const { names, warnings: left } = featuresOf(table, '', problem.features);
  const range = rowRange(table, problem.rows);
  const transform = problem.transform.kind ?? 'none';
  const isPlain = transform === 'none' || transform === 'log';
  const ordered = isPlain ? null : orderOf(table, range);
  const all =
    ordered?.order ?? Array.from({ length: range[1] - range[0] + 1 }, (_, i) => range[0] + i);
  const columns = names.map((name) => table.columns.indexOf(name));
  const order = all.filter((row) => columns.every((c) => c < 0 || cellIn(table, row, c) !== ''));
  const gaps = all.length - order.length;
  const series = names.map((name) => {
    const read = Float64Array.from(
      order,
      (row) => numberColumn(table, name, [row, row])[0] as number,
    );
    const bad = needsPositive(transform) ? read.findIndex((x) => x <= 0) : -1;
    if (bad < 0) return transformed(read, transform);
    const line = table.lines[order[bad] as number];
    throw new AppError(
      'bad-input',
      `Column “${name}” holds ${read[bad]} in line ${line}; a transform “${transform}” takes values above 0.`,
      { path: 'problem.transform.kind', column: name, line },
    );
  });
  const count = series[0]?.length ?? 0;
  if (count < 2) {
    throw new AppError('bad-input', `At least two observations are needed; ${count} are left.`, {
      path: 'problem.rows',
      observations: count,
    });
  }
  return {
    value: {
      names,
      rows: Array.from({ length: count }, (_, t) =>
        Float64Array.from(series, (one) => one[t] as number),
      ),
      used: order.slice(order.length - count),
    },
    warnings: [
      ...left,
      ...(ordered?.warnings ?? []),
      ...(gaps === 0 ? [] : [`${gaps} rows with a missing value were left out.`]),
      ...notesOn(table, new Set(names)),
    ],
  };
}
