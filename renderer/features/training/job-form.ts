import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { DataSet } from '#shared/ipc/library.ts';
import { firstPortfolio, portfolioErrors } from '#renderer/lib/portfolio-form.ts';
import { usualSettings } from '#renderer/lib/usual-settings.ts';
import { algorithmsFor, type JobForm, learningOn, learningSetsIn } from './spec.ts';

/** What the form can offer. */
export interface Offer {
  readonly catalog: readonly CatalogEntry[];
  readonly dataSets: readonly DataSet[];
}

/** The form as it is first shown: a portfolio on the largest table of prices. */
export function firstForm({ catalog, dataSets }: Offer): JobForm {
  const [learningSet] = learningSetsIn(dataSets);
  const blank: JobForm = {
    task: 'portfolio',
    portfolio: firstPortfolio(dataSets),
    learning: learningSet === undefined ? null : learningOn(learningSet),
    algorithm: '',
    settings: {},
    shots: '',
    seed: '1',
    name: '',
  };
  return withTask(blank, 'portfolio', catalog);
}

/** The form for another task: its usual algorithm, with that one's own settings. */
export function withTask(
  form: JobForm,
  task: JobForm['task'],
  catalog: readonly CatalogEntry[],
): JobForm {
  const algorithms = algorithmsFor(catalog, task);
  const usual = algorithms.find(({ id }) => id === 'qaoa' || id === 'qsvm') ?? algorithms[0];
  return withAlgorithm({ ...form, task }, usual?.id ?? '', catalog);
}

/** The form with another algorithm; the settings of the last one would mean nothing to it. */
export function withAlgorithm(
  form: JobForm,
  algorithm: string,
  catalog: readonly CatalogEntry[],
): JobForm {
  const entry = catalog.find(({ kind, id }) => kind === 'algorithm' && id === algorithm);
  return { ...form, algorithm, settings: usualSettings(entry, form.task) };
}

/** What can be said of the problem's fields without asking main. */
export function ownErrorsOf(
  form: JobForm,
  dataSets: readonly DataSet[],
): Readonly<Record<string, string>> {
  if (form.task !== 'portfolio' || form.portfolio === null) return {};
  const { prices } = form.portfolio;
  return portfolioErrors(
    form.portfolio,
    dataSets.find((set) => set.id === prices),
  );
}
