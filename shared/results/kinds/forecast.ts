import { z } from 'zod';
import { numberField } from '../fields.ts';
import { learnedFields, metricTitles } from '../learner-fields.ts';
import { scoreOf } from '../learner-tables.ts';
import { readValues } from '../regressor-reading.ts';
import { defineResult } from '../result-kind.ts';
import { trainingMetrics } from '../training-metrics.ts';

const { intercept: _none, ...fields } = learnedFields;
const simple = z.object({ mse: numberField });

const schema = z.object({
  ...fields,
  /** Values of the series. */
  n: z.number(),
  /** The first ten of them. */
  series: z.array(numberField),
  /** Intercept, then lags, oldest first, then features: of a linear forecaster, from the only fold or all samples. */
  coefficients: z.array(numberField).optional(),
  /** Means over the folds: the newest lag, and the mean of the training part. */
  baselines: z.object({ persistence: simple, mean: simple }),
});

type Forecast = z.infer<typeof schema>;

const decisive = ['mse', 'rmse', 'mae', 'r2', 'qlike'] as const;

/** Forecasts of a series on samples after those that were trained on. */
export const forecast = defineResult({
  kind: 'forecast',
  title: 'Forecast',
  summary: 'How near forecasts came to what followed, beside persistence and the mean.',
  schema,
  metrics: decisive.map((id) => {
    const found = metricTitles.find((one) => one.id === id);
    return {
      id,
      title: found?.test ?? id,
      unit: '',
      better: found?.better ?? 'lower',
      of: (result: Forecast) => result.metrics.test[id]?.mean ?? null,
    };
  }),
  live: [
    { id: 'testR2', title: 'R², test', unit: '', better: 'higher' },
    { id: 'baselineR2', title: 'R² of the baseline', unit: '', better: 'higher' },
    { id: 'loss', title: 'Training loss', unit: '', better: 'lower' },
    { id: 'bestLoss', title: 'Best training loss', unit: '', better: 'lower' },
    ...trainingMetrics,
  ],
  read(result) {
    const { coefficients, baselines } = result;
    const read = readValues({
      ...result,
      coefficients: coefficients?.slice(1),
      intercept: coefficients?.[0],
    });
    const sorted = result.predictions.toSorted((a, b) => a.row - b.row);
    const x = sorted.map(({ row }) => row);
    const mse = scoreOf(result, 'test', 'mse');
    return {
      ...read,
      headline: {
        title: 'Mean square error of the forecasts',
        value: mse ?? { value: Number.NaN, stderr: null },
      },
      facts: [
        { title: 'Persistence', value: baselines.persistence.mse },
        { title: 'Mean of the training part', value: baselines.mean.mse },
        { title: 'R²', value: scoreOf(result, 'test', 'r2') ?? Number.NaN },
      ],
      figures: [
        {
          kind: 'lines',
          id: 'course',
          title: 'Forecasts and what followed',
          x: { title: 'Row', unit: '' },
          y: { title: result.data.target ?? 'Value', unit: '' },
          lines: [
            { name: 'actual', mark: 'line', x, y: sorted.map(({ label }) => label) },
            { name: 'forecast', mark: 'line', x, y: sorted.map(({ decision }) => decision) },
          ],
        },
        ...read.figures,
      ],
    };
  },
});
