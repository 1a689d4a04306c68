import type { Learned } from './learner-fields.ts';
import { foldNotes, scoreOf, scoreTables } from './learner-tables.ts';
import type { Reading } from './reading.ts';

const none = { value: Number.NaN, stderr: null };

/** How what tells numbers is read. */
export function readValues(result: Learned): Reading {
  const { predictions } = result;
  const target = result.data.target ?? 'value';
  const score = (id: 'r2' | 'rmse' | 'mae') => scoreOf(result, 'test', id) ?? none;
  const labels = predictions.map(({ label }) => label);
  const least = labels.reduce((low, one) => Math.min(low, one), Infinity);
  const most = labels.reduce((high, one) => Math.max(high, one), -Infinity);
  return {
    headline: { title: 'R² of the test rows', value: score('r2') },
    facts: [
      { title: 'Root mean square error', value: score('rmse') },
      { title: 'Mean absolute error', value: score('mae') },
    ],
    notes: foldNotes(result),
    tables: [
      ...scoreTables(result),
      {
        id: 'predictions',
        title: 'Predictions',
        isDetail: true,
        columns: [
          { id: 'row', title: 'Row' },
          { id: 'label', title: target },
          { id: 'fold', title: 'Fold' },
          { id: 'decision', title: 'Predicted' },
          { id: 'residual', title: 'Residual' },
        ],
        rows: predictions.map(({ row, label, fold, decision }) => [
          row,
          label,
          fold + 1,
          decision,
          label - decision,
        ]),
      },
    ],
    figures: [
      {
        kind: 'lines',
        id: 'predicted',
        title: 'Predicted against actual',
        note: 'Test rows of all folds; on the diagonal they are equal.',
        x: { title: `Actual ${target}`, unit: '' },
        y: { title: `Predicted ${target}`, unit: '' },
        lines: [
          {
            name: 'test rows',
            mark: 'points',
            x: labels,
            y: predictions.map(({ decision }) => decision),
          },
          { name: 'equal', mark: 'line', x: [least, most], y: [least, most] },
        ],
      },
    ],
  };
}
