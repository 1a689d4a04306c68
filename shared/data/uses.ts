import { unreachable } from '../base/assert.ts';
import type { ColumnUse } from '../catalog/parameter.ts';
import type { Column, DataSet } from './data-set.ts';
import { listed } from './table.ts';

/** What the window offers data sets for. */
export type DataUse = 'portfolio' | 'classification';

type Described = Pick<DataSet, 'columns' | 'rows'>;

const useTitles: Readonly<Record<DataUse, string>> = {
  portfolio: 'a portfolio',
  classification: 'a classification',
};

/** Columns that can be prices: numbers above 0 without gaps. */
export function priceColumns({ columns }: Described): readonly string[] {
  return columns.filter((column) => priceFault(column) === null).map(({ name }) => name);
}

/** Columns with two values: what a classification can learn. */
export function classColumns({ columns }: Described): readonly string[] {
  return columns
    .filter(({ type, distinct }) => type !== 'date' && type !== 'index' && distinct === 2)
    .map(({ name }) => name);
}

/** Columns that can be features: numbers, or two words. */
export function featureColumns({ columns }: Described): readonly string[] {
  return columns.filter((column) => isNumeric(column) || isPair(column)).map(({ name }) => name);
}

/** What a table can be used for. */
export function usesOf(table: Described): readonly DataUse[] {
  return (['portfolio', 'classification'] as const).filter((use) => whyNot(use, table) === null);
}

/** Columns of a table that a field can choose from. */
export function columnsFor(use: ColumnUse, table: Described): readonly string[] {
  switch (use) {
    case 'prices':
      return priceColumns(table);
    case 'classes':
      return classColumns(table);
    case 'features':
      return featureColumns(table);
    default:
      return unreachable(use);
  }
}

/** Why fields cannot take columns for these uses from a table, without a full stop; null: they can. */
export function whyNotTable(uses: readonly ColumnUse[], table: Described): string | null {
  if (uses.includes('prices')) return noPrices(table);
  if (uses.includes('classes')) return noClasses(table);
  return uses.length === 0 || featureColumns(table).length > 0
    ? null
    : 'no column holds numbers or two different words';
}

/** Why a column is not offered for a use, without its name; null where it is or is no matter of it. */
export function whyNotColumn(use: ColumnUse, column: Column): string | null {
  return use === 'prices' && isNumeric(column) ? priceFault(column) : null;
}

const columnsOf: Readonly<Record<DataUse, readonly ColumnUse[]>> = {
  portfolio: ['prices'],
  classification: ['classes', 'features'],
};

/** Why a table is not offered for a use, as a sentence; null where it is. */
export function whyNot(use: DataUse, table: Described): string | null {
  const reason = whyNotTable(columnsOf[use], table);
  return reason === null ? null : `It is not offered for ${useTitles[use]}: ${reason}.`;
}

function noPrices(table: Described): string | null {
  const count = priceColumns(table).length;
  if (count >= 2 && table.rows >= 3) return null;
  if (count >= 2) return `prices need at least three rows, and there are ${table.rows}`;
  const faults = table.columns.flatMap((column) => {
    const fault = priceFault(column);
    return fault === null || column.type === 'date' ? [] : [`“${column.name}” ${fault}`];
  });
  const why = faults.length === 0 ? '' : ` (${faults.slice(0, 4).join('; ')})`;
  return `it needs two columns of prices, and has ${count === 0 ? 'none' : 'one'}${why}`;
}

function noClasses(table: Described): string | null {
  const targets = classColumns(table);
  if (targets.length === 0) {
    return 'no column has exactly two values, which would be the classes';
  }
  const features = featureColumns(table);
  const isLearnable = targets.some((target) => features.some((name) => name !== target));
  return isLearnable ? null : `beside ${listed(targets)} no column holds numbers to learn from`;
}

/** Why a column cannot be prices, without its name; null where it can. */
function priceFault(column: Column): string | null {
  switch (column.type) {
    case 'date':
      return 'holds dates';
    case 'index':
      return 'counts or times the rows';
    case 'category':
    case 'text':
      return column.distinct === 0 ? 'is empty' : 'holds words';
    default:
      if (column.missing > 0)
        return `misses ${column.missing === 1 ? '1 value' : `${column.missing} values`}`;
      return (column.min ?? 0) > 0 ? null : 'holds values that are not above 0';
  }
}

function isNumeric({ type }: Column): boolean {
  return type === 'number' || type === 'integer';
}

function isPair({ type, distinct }: Column): boolean {
  return (type === 'category' || type === 'text') && distinct === 2;
}
