import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { DataSet } from '#shared/ipc/library.ts';
import { type PortfolioForm, portfolioProblem } from '#renderer/lib/portfolio-form.ts';
import { type FormValues, settledValues } from '#renderer/ui/parameter-values.ts';

/** A classification as it is chosen in the form. */
export interface LearningForm {
  readonly data: string;
  readonly target: string;
  readonly features: readonly string[];
  readonly folds: string;
  readonly sampleSize: string;
}

/** Everything that the form for a new job holds. */
export interface JobForm {
  readonly task: 'portfolio' | 'classification';
  readonly portfolio: PortfolioForm | null;
  readonly learning: LearningForm | null;
  readonly algorithm: string;
  readonly settings: FormValues;
  /** Empty = exact. */
  readonly shots: string;
  readonly seed: string;
  readonly name: string;
}

/** Problems that an algorithm takes, as its catalog entry says. */
function problemsOf(entry: CatalogEntry): readonly string[] {
  const problems = entry.facts['problems'];
  return Array.isArray(problems) ? problems.filter((kind) => typeof kind === 'string') : [];
}

/** Algorithms for a kind of problem; quantum ones first, as the form is for training them. */
export function algorithmsFor(
  catalog: readonly CatalogEntry[],
  problem: string,
): readonly CatalogEntry[] {
  const isQuantum = (entry: CatalogEntry): number => (entry.facts['kind'] === 'classical' ? 1 : 0);
  return catalog
    .filter((entry) => entry.kind === 'algorithm' && problemsOf(entry).includes(problem))
    .toSorted((a, b) => isQuantum(a) - isQuantum(b) || a.title.localeCompare(b.title));
}

/** The spec that the form describes; null while a part of it has nothing to choose from. */
export function specOf(
  form: JobForm,
  dataSets: readonly DataSet[],
): Record<string, unknown> | null {
  const problem = problemOf(form, dataSets);
  if (problem === null || form.algorithm === '') return null;
  return {
    algorithm: form.algorithm,
    problem,
    settings: settledValues(form.settings),
    backend: 'simulator',
    shots: form.shots.trim() === '' ? null : typed(form.shots),
    seed: form.seed.trim() === '' ? 0 : typed(form.seed),
    ...(form.name.trim() === '' ? {} : { name: form.name.trim() }),
  };
}

function problemOf(form: JobForm, dataSets: readonly DataSet[]): Record<string, unknown> | null {
  if (form.task === 'portfolio') {
    if (form.portfolio === null) return null;
    const { prices } = form.portfolio;
    const rows = dataSets.find((set) => set.id === prices)?.rows ?? 0;
    return portfolioProblem(form.portfolio, rows);
  }
  if (form.learning === null) return null;
  const { data, target, features, folds, sampleSize } = form.learning;
  return {
    kind: 'classification',
    data,
    target,
    features,
    ...(sampleSize.trim() === '' ? {} : { sampleSize: typed(sampleSize) }),
    split: {
      kind: 'stratified-folds',
      folds: typed(folds),
      seed: form.seed.trim() === '' ? 0 : typed(form.seed),
    },
  };
}

function typed(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

const usualFeatureCount = 4;

/** Columns with a few values that can be what is learned. */
export function targetsIn(dataSet: DataSet): readonly string[] {
  return dataSet.columns
    .filter((column) => column.distinct >= 2 && column.distinct <= 10)
    .map((column) => column.name);
}

export function featuresIn(dataSet: DataSet, target: string): readonly string[] {
  return dataSet.columns
    .filter((column) => column.name !== target && column.type !== 'date' && column.type !== 'text')
    .map((column) => column.name);
}

/** Why a class cannot be learned from a data set; null where it can. */
export function noClassesReason(set: DataSet): string | null {
  const targets = targetsIn(set);
  if (targets.length === 0) return 'no column with 2 to 10 different values to learn';
  return targets.some((target) => featuresIn(set, target).length > 0)
    ? null
    : 'no column of numbers or categories to learn from';
}

/** Data sets from which a class can be learned. */
export function learningSetsIn(dataSets: readonly DataSet[]): readonly DataSet[] {
  return dataSets.filter((set) => noClassesReason(set) === null);
}

/** The form on a data set: its last column with two values, the first numeric features. */
export function learningOn(dataSet: DataSet): LearningForm {
  const targets = targetsIn(dataSet);
  const binary = targets.filter(
    (name) => dataSet.columns.find((column) => column.name === name)?.distinct === 2,
  );
  const target = binary.at(-1) ?? targets.at(-1) ?? '';
  const numeric = featuresIn(dataSet, target).filter((name) =>
    ['number', 'integer'].includes(
      dataSet.columns.find((column) => column.name === name)?.type ?? '',
    ),
  );
  return {
    data: dataSet.id,
    target,
    features: numeric.slice(0, usualFeatureCount),
    folds: '5',
    sampleSize: dataSet.rows > 300 ? '300' : '',
  };
}
