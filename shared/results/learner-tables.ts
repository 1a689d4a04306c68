import type { DataTable, Estimate } from '../figures/data-table.ts';
import { differenceOf } from './learner-figures.ts';
import { type Learned, type MetricName, metricTitles } from './learner-fields.ts';
import type { Note } from './reading.ts';

/** The mean of a score as an estimate; null where there is none. */
export function scoreOf(
  { metrics }: Pick<Learned, 'metrics'>,
  part: keyof Learned['metrics'],
  id: MetricName,
): Estimate | null {
  const mean = metrics[part][id] ?? null;
  return mean === null ? null : { value: mean.mean, stderr: mean.stderr };
}

/** How the means came about, and what was done to the features. */
export function foldNotes({ perFold, data, preprocessing }: Learned): Note[] {
  const folds = perFold.length === 1 ? '1 fold' : `${perFold.length} folds`;
  const steps = preprocessing.map(({ id }) => id).join(', then ');
  return [
    {
      tone: 'plain',
      text: `Mean ± standard error over the test parts of ${folds}, ${data.rows} rows.`,
    },
    ...(steps === ''
      ? []
      : [{ tone: 'plain' as const, text: `Features inside each training part: ${steps}.` }]),
  ];
}

/** Means over the folds, the scores of each fold, and what a linear learner has learned. */
export function scoreTables(result: Learned): DataTable[] {
  const { baseline, perFold } = result;
  const shown = metricTitles.filter(({ id }) => result.metrics.test[id] !== undefined);
  const [first] = shown;
  const baselineScore = (k: number) =>
    first === undefined ? null : (baseline?.perFold[k]?.test[first.id] ?? null);
  return [
    {
      id: 'means',
      title: 'Means over the folds',
      columns: [
        { id: 'metric', title: 'Metric' },
        { id: 'test', title: 'Test' },
        { id: 'train', title: 'Training' },
        ...(baseline === undefined
          ? []
          : [
              { id: 'baseline', title: `Baseline (${baseline.algorithm}), test` },
              { id: 'difference', title: 'Difference, paired by fold' },
            ]),
      ],
      rows: shown.map(({ id, title }) => [
        title,
        scoreOf(result, 'test', id),
        scoreOf(result, 'train', id),
        ...(baseline === undefined
          ? []
          : [scoreOf(baseline, 'test', id), differenceOf(perFold, baseline.perFold, id)]),
      ]),
    },
    {
      id: 'folds',
      title: 'Test results by fold',
      isDetail: true,
      columns: [
        { id: 'fold', title: 'Fold' },
        ...shown.map(({ id, title }) => ({ id, title })),
        ...(baseline === undefined
          ? []
          : [{ id: 'baseline', title: `${first?.title ?? 'Score'} of the baseline` }]),
      ],
      rows: perFold.map(({ test }, k) => [
        k + 1,
        ...shown.map(({ id }) => test[id] ?? null),
        ...(baseline === undefined ? [] : [baselineScore(k)]),
      ]),
    },
    ...coefficientTables(result),
  ];
}

function coefficientTables({ coefficients, intercept, data }: Learned): DataTable[] {
  if (coefficients === undefined) return [];
  const isNamed = data.features.length === coefficients.length;
  return [
    {
      id: 'coefficients',
      title: 'Coefficients',
      columns: [
        { id: 'feature', title: 'Feature' },
        { id: 'coefficient', title: 'Coefficient' },
      ],
      rows: [
        ['intercept', intercept ?? null],
        ...coefficients.map((value, k): [string, number] => [
          isNamed ? (data.features[k] as string) : `component ${k + 1}`,
          value,
        ]),
      ],
    },
  ];
}
