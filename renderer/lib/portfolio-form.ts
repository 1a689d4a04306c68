import type { DataSet } from '#shared/ipc/library.ts';

/** A portfolio problem as it is typed; numbers stay text until the job is sent. */
export interface PortfolioForm {
  readonly prices: string;
  readonly assets: readonly string[];
  readonly budget: string;
  readonly riskAversion: string;
  readonly firstRow: string;
  readonly lastRow: string;
}

const usualAssetCount = 8;

/** Columns that can be prices: positive numbers without gaps. */
export function assetsIn(dataSet: DataSet): readonly string[] {
  return dataSet.columns
    .filter(
      (column) =>
        (column.type === 'number' || column.type === 'integer') &&
        column.missing === 0 &&
        (column.min ?? 0) > 0,
    )
    .map((column) => column.name);
}

/** Data sets that look like price tables: a date and at least two assets. */
export function priceSetsIn(dataSets: readonly DataSet[]): readonly DataSet[] {
  return dataSets.filter(
    (set) => set.columns.some((column) => column.type === 'date') && assetsIn(set).length >= 2,
  );
}

/** Why a data set is not offered as prices; null where it is. */
export function noPricesReason(set: DataSet): string | null {
  const numbers = set.columns.filter(({ type }) => type === 'number' || type === 'integer');
  if (!set.columns.some(({ type }) => type === 'date')) return 'no date column';
  const assets = assetsIn(set);
  if (assets.length >= 2) return null;
  const gaps = numbers.filter(({ missing }) => missing > 0).map(({ name }) => name);
  const low = numbers.filter(({ min }) => min !== null && min <= 0).map(({ name }) => name);
  const parts = [
    ...(gaps.length === 0 ? [] : [`gaps in ${listed(gaps)}`]),
    ...(low.length === 0 ? [] : [`values of 0 or below in ${listed(low)}`]),
    `${assets.length === 0 ? 'no column' : `only the column ${listed(assets)}`} of positive numbers without gaps, two are needed`,
  ];
  return parts.join(', ');
}

/** Number columns that cannot be prices, with the reason: "B has gaps". Dates and texts are none. */
export function columnsLeftOut(set: DataSet): readonly string[] {
  const offered = new Set(assetsIn(set));
  return set.columns
    .filter(({ name, type }) => (type === 'number' || type === 'integer') && !offered.has(name))
    .map(({ name, missing }) =>
      missing > 0 ? `${name} has gaps` : `${name} has values of 0 or below`,
    );
}

const listedNames = 3;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, listedNames).join(', ');
  return names.length > listedNames ? `${shown} and ${names.length - listedNames} more` : shown;
}

/** The form moved to a data set: its first assets, half of them to hold. */
export function portfolioOn(dataSet: DataSet, before?: PortfolioForm): PortfolioForm {
  const assets = assetsIn(dataSet).slice(0, usualAssetCount);
  return {
    prices: dataSet.id,
    assets,
    budget: String(Math.max(1, Math.floor(assets.length / 2))),
    riskAversion: before?.riskAversion ?? '1',
    firstRow: '',
    lastRow: '',
  };
}

/** The first form, on the data set with the most assets; null where no data set has prices. */
export function firstPortfolio(dataSets: readonly DataSet[]): PortfolioForm | null {
  const [largest] = priceSetsIn(dataSets).toSorted(
    (a, b) => assetsIn(b).length - assetsIn(a).length,
  );
  return largest === undefined ? null : portfolioOn(largest);
}

/** The problem of a job spec. What is no number stays text, so that the check can name it. */
export function portfolioProblem(form: PortfolioForm, rows: number): Record<string, unknown> {
  const hasRows = form.firstRow.trim() !== '' || form.lastRow.trim() !== '';
  return {
    kind: 'portfolio',
    prices: form.prices,
    assets: form.assets,
    riskAversion: typed(form.riskAversion),
    budget: typed(form.budget),
    ...(hasRows
      ? {
          rows: [
            form.firstRow.trim() === '' ? 0 : typed(form.firstRow),
            form.lastRow.trim() === '' ? rows - 1 : typed(form.lastRow),
          ],
        }
      : {}),
  };
}

function typed(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

/** What is wrong with the fields, said at once and by field; the check in main has the last word. */
export function portfolioErrors(
  form: PortfolioForm,
  dataSet: DataSet | undefined,
): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  const count = form.assets.length;
  if (count < 2) errors['assets'] = 'Choose at least two assets.';
  const budget = Number(form.budget);
  if (form.budget.trim() === '' || !Number.isInteger(budget) || budget < 1 || budget > count) {
    errors['budget'] = `Expected a whole number from 1 to ${Math.max(count, 1)}.`;
  }
  const risk = Number(form.riskAversion);
  if (form.riskAversion.trim() === '' || !Number.isFinite(risk) || risk < 0) {
    errors['riskAversion'] = 'Expected a number that is not negative.';
  }
  const last = (dataSet?.rows ?? 1) - 1;
  const from = form.firstRow.trim() === '' ? 0 : Number(form.firstRow);
  const to = form.lastRow.trim() === '' ? last : Number(form.lastRow);
  const isRange = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to <= last;
  if (!isRange || to - from < 2) {
    errors['rows'] = `Expected rows from 0 to ${last}, at least three of them.`;
  }
  return errors;
}
