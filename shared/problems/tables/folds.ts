import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import { rngOf, shuffled } from '../../base/rng.ts';
import { cellIn } from './returns.ts';
import type { Table } from '../../data/table.ts';
import { namedTable } from './named-table.ts';
import type { Split } from './split.ts';
import type { ProblemFiles, Seen } from '../view.ts';

export interface Fold {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** Rows that are to be divided. */
export interface ToDivide {
  readonly table: Table;
  /** Data rows, ascending; folds name positions in this list. */
  readonly used: readonly number[];
  /** 1 or 0 where rows have a class, whose proportions holdouts and stratified folds keep. */
  readonly labels: readonly number[] | null;
}

/** Positions that train and test, fold by fold. A fold without rows on either side is `bad-input`. */
export function foldsOf(rows: ToDivide, split: Split, files: ProblemFiles): Seen<readonly Fold[]> {
  const { value, warnings } = divided(rows, split, files);
  requireRows(rows, value, split);
  return { value, warnings };
}

function divided(rows: ToDivide, split: Split, files: ProblemFiles): Seen<readonly Fold[]> {
  switch (split.kind) {
    case 'stratified-folds':
      return { value: dealtFolds(rows, split), warnings: [] };
    case 'folds':
      return split.purge === undefined && split.embargo === undefined
        ? { value: dealtFolds({ ...rows, labels: null }, split), warnings: [] }
        : { value: blockFolds(rows, split), warnings: [] };
    case 'holdout':
      return { value: dealtFolds(rows, split), warnings: [] };
    case 'walk-forward':
      return { value: walkForward(inTime(rows), split), warnings: [] };
    case 'file':
      return foldsOfFile(rows, split, files);
    case 'rows':
      return foldOfRows(rows, split);
    default:
      return unreachable(split.kind);
  }
}

/** Every class is shuffled and dealt out, so that each fold has the classes in the proportion of the whole. */
function dealtFolds({ used, labels }: ToDivide, split: Split): Fold[] {
  const rng = rngOf(split.seed ?? 0, 302);
  const isHoldout = split.kind === 'holdout';
  const count = isHoldout ? 1 : (split.folds ?? 5);
  const assigned = new Int32Array(used.length).fill(-1);
  const groups = labels === null ? [null] : [0, 1];
  for (const group of groups) {
    const members = shuffled(
      used.flatMap((_, i) => (group === null || labels?.[i] === group ? [i] : [])),
      rng,
    );
    const tested = Math.round(members.length * (split.testFraction ?? 0.2));
    members.forEach((i, k) => {
      assigned[i] = isHoldout ? (k < tested ? 0 : -1) : k % count;
    });
  }
  const all = used.map((_, i) => i);
  return Array.from({ length: count }, (_, fold) => ({
    train: all.filter((i) => assigned[i] !== fold),
    test: all.filter((i) => assigned[i] === fold),
  }));
}

/** Positions in the order of time, where one column of the table holds dates; else as they stand. */
function inTime({ table, used }: ToDivide): number[] {
  const order = used.map((_, i) => i);
  const dates = table.facts.flatMap(({ kind, missing }, c) =>
    kind === 'date' && missing === 0 ? [c] : [],
  );
  const at = (i: number, c: number): string => cellIn(table, used[i] as number, c);
  return order.sort((a, b) => {
    for (const c of dates) {
      const [left, right] = [at(a, c), at(b, c)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return a - b;
  });
}

/** Blocks in the order of time, trained on what lies outside of them, purge and embargo (López de Prado 2018, ch. 7). */
function blockFolds(rows: ToDivide, split: Split): Fold[] {
  const order = inTime(rows);
  const count = split.folds ?? 5;
  const [purge, embargo] = [split.purge ?? 0, split.embargo ?? 0];
  return Array.from({ length: count }, (_, k) => {
    const start = Math.floor((k * order.length) / count);
    const end = Math.floor(((k + 1) * order.length) / count);
    const isTrained = (t: number): boolean => t < start - purge || t >= end + purge + embargo;
    return { train: order.filter((_i, t) => isTrained(t)), test: order.slice(start, end) };
  });
}

/**
 * Equal test blocks at the end, each trained on all that lies before it but the rows of purge and embargo; the
 * blocks are those of scikit-learn's TimeSeriesSplit.
 */
export function walkForward(
  order: readonly number[],
  split: Pick<Split, 'folds' | 'purge' | 'embargo'>,
): Fold[] {
  const count = split.folds ?? 5;
  const size = Math.floor(order.length / (count + 1));
  const gap = (split.purge ?? 0) + (split.embargo ?? 0);
  return Array.from({ length: count }, (_, k) => {
    const start = order.length - (count - k) * size;
    return {
      train: order.slice(0, Math.max(0, start - gap)),
      test: order.slice(start, start + size),
    };
  });
}

/** Folds by a table of rows and folds; its rows that the data does not have are refused. */
function foldsOfFile(
  { table, used }: ToDivide,
  split: Split,
  files: ProblemFiles,
): Seen<readonly Fold[]> {
  const given = namedTable(split.file ?? '', files);
  const columnOf = (field: 'rowColumn' | 'foldColumn', name: string): number => {
    const column = given.columns.indexOf(name);
    if (column >= 0) return column;
    throw new AppError(
      'bad-input',
      `The file of folds has no column “${name}”; its columns are ${given.columns.join(', ')}. Name it in problem.split.${field}.`,
      { path: `problem.split.${field}` },
    );
  };
  const rowColumn = columnOf('rowColumn', split.rowColumn ?? 'row');
  const foldColumn = columnOf('foldColumn', split.foldColumn ?? 'fold');
  const byRow = new Map<number, string>();
  given.rows.forEach((_, line) => {
    const text = cellIn(given, line, rowColumn);
    const row = text === '' ? Number.NaN : Number(text);
    if (!Number.isInteger(row) || row < 0 || row >= table.rows.length) {
      throw new AppError(
        'bad-input',
        `The file of folds names row “${text}” in line ${given.lines[line]}; the data has rows 0 to ${table.rows.length - 1}.`,
        { path: 'problem.split.file' },
      );
    }
    byRow.set(row, cellIn(given, line, foldColumn));
  });
  const fold = used.map((row) => byRow.get(row) ?? null);
  const names = [...new Set(byRow.values())].sort(
    (a, b) => Number(a) - Number(b) || (a < b ? -1 : 1),
  );
  const isPair = names.length === 2 && names.includes('train') && names.includes('test');
  const tested = isPair ? ['test'] : names;
  const pick = (is: (name: string | null) => boolean): number[] =>
    fold.flatMap((name, i) => (is(name) ? [i] : []));
  const value = tested.map((name) => ({
    train: pick((one) => one !== null && one !== name),
    test: pick((one) => one === name),
  }));
  return { value, warnings: missed(byRow.keys(), used, 'The file of folds names') };
}

function foldOfRows({ used }: ToDivide, split: Split): Seen<readonly Fold[]> {
  const place = new Map(used.map((row, i) => [row, i]));
  const positions = (rows: readonly number[] = []): number[] =>
    rows.flatMap((row) => place.get(row) ?? []);
  const [train, test] = [positions(split.train), positions(split.test)];
  const trained = new Set(train);
  const both = test.filter((i) => trained.has(i)).length;
  return {
    value: [{ train, test }],
    warnings: [
      ...missed([...(split.train ?? []), ...(split.test ?? [])], used, 'The split names'),
      ...(both === 0 ? [] : [`${both} of ${test.length} test rows are trained on as well.`]),
    ],
  };
}

function missed(named: Iterable<number>, used: readonly number[], subject: string): string[] {
  const known = new Set(used);
  const count = [...named].filter((row) => !known.has(row)).length;
  return count === 0 ? [] : [`${subject} ${count} rows that are not used.`];
}

/** A fold without rows would count as one in which everything is wrong. */
function requireRows({ labels, used }: ToDivide, folds: readonly Fold[], split: Split): void {
  const empty = folds.findIndex(({ train, test }) => train.length === 0 || test.length === 0);
  if (folds.length > 0 && empty < 0) return;
  const part = folds[empty]?.test.length === 0 ? 'test' : 'train on';
  const sizes = labels === null ? [used.length] : classSizes(labels);
  const have =
    labels === null
      ? `there are ${used.length} rows`
      : `the classes have ${sizes.join(' and ')} rows`;
  if (split.kind === 'holdout') {
    throw new AppError(
      'bad-input',
      `A test fraction of ${split.testFraction ?? 0.2} leaves no row to ${part}: ${have}.`,
      { path: 'problem.split.testFraction' },
    );
  }
  if (split.kind === 'file' || split.kind === 'rows') {
    throw new AppError('bad-input', `The split leaves no row to ${part}: ${have}.`, {
      path: 'problem.split',
    });
  }
  const most = split.kind === 'stratified-folds' ? ` Use at most ${Math.max(...sizes)} folds.` : '';
  throw new AppError('bad-input', `${folds.length} folds are too many: ${have}.${most}`, {
    path: 'problem.split.folds',
  });
}

function classSizes(labels: readonly number[]): readonly [number, number] {
  const ones = labels.reduce((sum, label) => sum + label, 0);
  return [labels.length - ones, ones];
}

/** Folds that train or test on one class alone: they say little, and their AUC is unknown. */
export function foldWarnings(labels: readonly number[], folds: readonly Fold[]): string[] {
  const isOne = (positions: readonly number[]): boolean =>
    positions.every((i) => labels[i] === labels[positions[0] as number]);
  const trained = folds.filter(({ train }) => isOne(train)).length;
  const tested = folds.filter(({ test }) => isOne(test)).length;
  const of = folds.length === 1 ? 'The split' : `Of ${folds.length} folds,`;
  const said = (count: number, what: string): string[] => {
    if (count === 0) return [];
    const verb = `${what}s on one class alone`;
    return [folds.length === 1 ? `${of} ${verb}.` : `${of} ${count} ${what} on one class alone.`];
  };
  return [...said(trained, 'train'), ...said(tested, 'test')];
}
