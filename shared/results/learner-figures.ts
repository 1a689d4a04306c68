import type { Estimate } from '../figures/data-table.ts';
import type { Figure } from '../figures/figure.ts';
import type { MetricName, Scores } from './learner-fields.ts';
import type { Note } from './reading.ts';

interface Prediction {
  readonly label: number;
  readonly decision: number;
}

type Folds = readonly { readonly test: Scores }[];

/** Learner minus baseline, paired by fold; null where a fold lacks one of them. */
export function differenceOf(ours: Folds, theirs: Folds, metric: MetricName): Estimate | null {
  const differences = ours.flatMap(({ test }, k) => {
    const [own, other] = [test[metric] ?? null, theirs[k]?.test[metric] ?? null];
    return own === null || other === null ? [] : [own - other];
  });
  const count = differences.length;
  if (count === 0) return null;
  const value = differences.reduce((sum, one) => sum + one, 0) / count;
  const square = differences.reduce((sum, one) => sum + (one - value) ** 2, 0);
  return { value, stderr: count > 1 ? Math.sqrt(square / (count - 1) / count) : null };
}

/** Counts of the test rows of all folds: `[actual][predicted]`, class 0 first. */
export function confusionOf(
  predictions: readonly Prediction[],
): readonly (readonly [number, number])[] {
  const counts: [[number, number], [number, number]] = [
    [0, 0],
    [0, 0],
  ];
  for (const { label, decision } of predictions) {
    counts[label === 1 ? 1 : 0][decision > 0 ? 1 : 0] += 1;
  }
  return counts;
}

/** Share of the larger class: the accuracy of always naming it. */
function majorityShareOf(predictions: readonly Prediction[]): number {
  const positive = predictions.filter(({ label }) => label === 1).length / predictions.length;
  return Math.max(positive, 1 - positive);
}

const unbalanced = 0.6;

/** What mere chance would reach: accuracy says little where one class is most of the rows. */
export function chanceNotes(predictions: readonly Prediction[], accuracy: number): Note[] {
  if (predictions.length === 0) return [];
  const share = majorityShareOf(predictions);
  const percent = `${(100 * share).toFixed(1)} %`;
  if (share < unbalanced) {
    const text = `Chance level: accuracy ${percent}, balanced accuracy and AUC 50 %.`;
    return [{ tone: 'plain', text }];
  }
  const isNoBetter = accuracy <= share + 0.005;
  const verdict = isNoBetter ? ', and this learner is no better than that' : '';
  const text = `${percent} of the rows are of one class: always naming it gives accuracy ${share.toFixed(3)}${verdict}. Balanced accuracy and AUC, with chance at 0.5, say more.`;
  return [{ tone: isNoBetter ? 'warning' : 'plain', text }];
}

/** Rates at every threshold of the decision, over the test rows of all folds together. */
export function rocFigure(predictions: readonly Prediction[]): Figure {
  const sorted = predictions.toSorted((a, b) => b.decision - a.decision);
  const positives = predictions.filter(({ label }) => label === 1).length;
  const negatives = predictions.length - positives;
  const [x, y] = [[0], [0]];
  let [hits, alarms] = [0, 0];
  sorted.forEach(({ label, decision }, k) => {
    if (label === 1) hits++;
    else alarms++;
    // Equal decisions are one threshold.
    if (sorted[k + 1]?.decision === decision) return;
    x.push(alarms / Math.max(1, negatives));
    y.push(hits / Math.max(1, positives));
  });
  return {
    kind: 'lines',
    id: 'roc',
    title: 'Receiver operating characteristic',
    note: 'Over the test rows of all folds; chance lies on the diagonal.',
    x: { title: 'False positive rate', unit: '' },
    y: { title: 'True positive rate', unit: '' },
    lines: [
      { name: 'learner', mark: 'line', x, y },
      { name: 'chance', mark: 'line', x: [0, 1], y: [0, 1] },
    ],
  };
}

/** How far apart the classes lie; the border is at 0. */
export function decisionFigure(
  predictions: readonly Prediction[],
  classes: readonly string[],
): Figure {
  const decisions = predictions.map(({ decision }) => decision);
  const low = decisions.reduce((least, one) => Math.min(least, one), Infinity);
  const high = decisions.reduce((most, one) => Math.max(most, one), -Infinity);
  const count = Math.min(40, Math.max(4, Math.ceil(2 * Math.cbrt(decisions.length))));
  const from = Number.isFinite(low) ? low : 0;
  const width = high > low ? (high - low) / count : 1;
  const edges = Array.from({ length: count + 1 }, (_, k) => from + k * width);
  const groups = classes.map((name, label) => {
    const counts = Array.from({ length: count }, () => 0);
    for (const one of predictions) {
      if (one.label !== label) continue;
      const k = Math.min(count - 1, Math.floor((one.decision - from) / width));
      counts[k] = (counts[k] ?? 0) + 1;
    }
    return { name, counts };
  });
  return {
    kind: 'histogram',
    id: 'decisions',
    title: 'Decision values of the test rows',
    x: { title: 'Decision value', unit: '' },
    y: { title: 'Rows', unit: '', isCount: true },
    edges,
    groups,
  };
}
