import type { DataTable } from '../figures/data-table.ts';
import { chanceNotes, confusionOf, decisionFigure, rocFigure } from './learner-figures.ts';
import type { Learned } from './learner-fields.ts';
import { foldNotes, scoreOf, scoreTables } from './learner-tables.ts';
import type { Reading } from './reading.ts';

const none = { value: Number.NaN, stderr: null };

/** How a classifier is read. */
export function readClasses(result: Learned, positiveClass: string): Reading {
  const { predictions } = result;
  const confusion = confusionOf(predictions);
  const classes = [`not ${positiveClass}`, positiveClass];
  const score = (id: 'accuracy' | 'balancedAccuracy' | 'auc' | 'f1') =>
    scoreOf(result, 'test', id) ?? none;
  return {
    headline: { title: 'Test accuracy', value: score('accuracy') },
    facts: [
      { title: 'Balanced', value: score('balancedAccuracy') },
      { title: 'AUC', value: score('auc') },
      { title: 'F1', value: score('f1') },
    ],
    notes: [...foldNotes(result), ...chanceNotes(predictions, score('accuracy').value)],
    tables: [
      ...scoreTables(result),
      {
        id: 'confusion',
        title: 'Confusion matrix',
        columns: [
          { id: 'actual', title: 'Actual' },
          ...classes.map((name) => ({ id: `predicted ${name}`, title: `predicted ${name}` })),
        ],
        rows: classes.map((name, actual) => [name, ...(confusion[actual] ?? [])]),
      },
      predictionTable(predictions, classes),
    ],
    figures: [
      rocFigure(predictions),
      decisionFigure(predictions, classes),
      {
        kind: 'heat-map',
        id: 'confusion',
        title: 'Confusion matrix of the test rows',
        x: { title: 'Predicted', unit: '' },
        y: { title: 'Actual', unit: '' },
        rows: classes,
        columns: classes,
        values: confusion,
      },
    ],
  };
}

function predictionTable(
  predictions: Learned['predictions'],
  classes: readonly string[],
): DataTable {
  const isProbable = predictions.some(({ probability }) => probability !== undefined);
  return {
    id: 'predictions',
    title: 'Predictions',
    isDetail: true,
    columns: [
      { id: 'row', title: 'Row' },
      { id: 'label', title: 'Class' },
      { id: 'fold', title: 'Fold' },
      { id: 'decision', title: 'Decision' },
      ...(isProbable ? [{ id: 'probability', title: `Probability of ${classes[1]}` }] : []),
    ],
    rows: predictions.map(({ row, label, fold, decision, probability }) => [
      row,
      classes[label] ?? label,
      fold + 1,
      decision,
      ...(isProbable ? [probability ?? null] : []),
    ]),
  };
}
