import { AppError } from '#shared/base/errors.ts';
import { listed, type Table } from '#shared/data/table.ts';
import type { KeptModel, TrainedModel } from '#shared/models/kept-model.ts';
import { openSamples } from '#shared/problems/tables/lagged.ts';
import { readCell } from '#shared/problems/tables/features.ts';
import type { RowsToTell } from '#shared/problems/views/prediction.ts';
import type { Series } from './learner.ts';

/** Rows as a model takes them, before its preprocessing. */
export interface Readable {
  readonly rows: readonly Float64Array[];
  /** The data row of each. */
  readonly used: readonly number[];
  /** What is known of their targets, as labels of training; null where a row has none. */
  readonly labels: readonly (number | null)[];
  /** Of a forecaster. */
  readonly series: Series | null;
  readonly warnings: readonly string[];
}

/** Every row of a table, or `bad-input` that says which column or cell is not as the model was trained. */
export function readableRows({ model, table }: RowsToTell): Readable {
  return model.trained.task === 'series' ? seriesRows(model, table) : plainRows(model, table);
}

type SeriesProblem = Parameters<typeof openSamples>[0];

function seriesRows({ spec, trained }: KeptModel, table: Table): Readable {
  // The schema of the problem passed it before the model was trained.
  const problem = spec.problem as unknown as SeriesProblem;
  columnsOf(table, [trained.target, ...(problem.features ?? [])]);
  const { value, warnings } = openSamples(problem, table);
  const { series, rows, used, behind } = value;
  const { lags, horizon } = problem;
  return {
    rows,
    used,
    labels: rows.map((_, i) => series[i + lags + horizon - 1] ?? null),
    series: { series, lags, horizon, ...(behind === undefined ? {} : { behind }) },
    warnings,
  };
}

function plainRows({ trained }: KeptModel, table: Table): Readable {
  const { features, words, target } = trained;
  const places = columnsOf(table, features);
  const rows = table.rows.map((row, r) =>
    Float64Array.from(places, (c, k) => {
      const name = features[k] as string;
      return cellOf(row[c] ?? '', { name, line: table.lines[r] ?? r, words: words[name] ?? null });
    }),
  );
  const told = table.columns.indexOf(target);
  return {
    rows,
    used: rows.map((_, r) => r),
    labels: table.rows.map((row) => (told < 0 ? null : labelOf(trained, row[told] ?? ''))),
    series: null,
    warnings: [],
  };
}

function labelOf({ classes }: TrainedModel, text: string): number | null {
  if (text === '') return null;
  if (classes === null) return Number.isFinite(Number(text)) ? Number(text) : null;
  const place = classes.findIndex(
    (one) => one === text || (one.trim() !== '' && Number(one) === Number(text)),
  );
  return place < 0 ? null : place;
}

/** Places of columns; every one that is not there is told at once, with what it may be called. */
function columnsOf(table: Table, names: readonly string[]): number[] {
  const missing = names.filter((name) => !table.columns.includes(name));
  if (missing.length === 0) return names.map((name) => table.columns.indexOf(name));
  const near = missing.flatMap((name) => {
    const like = table.columns.find((one) => plain(one) === plain(name));
    return like === undefined ? [] : [`“${like}” may be “${name}”`];
  });
  const hint = near.length === 0 ? '' : ` ${near.join(', ')}: rename it in the file.`;
  throw new AppError(
    'bad-input',
    `The model was trained on ${missing.length === 1 ? 'a column' : 'columns'} ${listed(missing)} that the file does not have; its columns are ${listed(table.columns)}.${hint}`,
    { path: 'problem.data', missing },
  );
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

interface Place {
  readonly name: string;
  readonly line: number;
  readonly words: readonly string[] | null;
}

function cellOf(text: string, { name, line, words }: Place): number {
  const refuse = (what: string): AppError =>
    new AppError('bad-input', `Column “${name}”, line ${line}: ${what}`, {
      path: 'problem.data',
      column: name,
      line,
    });
  if (text === '') {
    throw refuse('the value is missing. Fill it in, or leave the row out of the file.');
  }
  const value = readCell(words, text);
  if (words !== null && value < 0) {
    throw refuse(`“${text}” was not among the words of the training rows, ${listed(words)}.`);
  }
  if (!Number.isFinite(value)) throw refuse(`a number is expected, not “${text}”.`);
  return value;
}
