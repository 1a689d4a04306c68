import { fittedShape, floatRows, floats, type Read } from '#shared/models/fitted.ts';
import { squaredDistance } from './kernels.ts';
import { type Learner, learnerOf, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';

const neighbours = (settings: Readonly<Record<string, unknown>>): number =>
  settings['neighbours'] as number;

const shape = fittedShape({ rows: floatRows, labels: floats });

/** The mean label of the nearest training rows (Euclid's distance); of equally near ones the first count. */
function meanOfNearest(
  { rows, labels }: Read<typeof shape>,
  count: number,
): (row: Float64Array) => number {
  const kept = Math.min(count, rows.length);
  return (row) => {
    const near = rows
      .map((other, i) => ({ i, distance: squaredDistance(row, other) }))
      .sort((a, b) => a.distance - b.distance || a.i - b.i)
      .slice(0, kept);
    return near.reduce((sum, { i }) => sum + (labels[i] as number), 0) / kept;
  };
}

function nearest(settings: Readonly<Record<string, unknown>>, areClasses: boolean): Learner {
  return learnerOf({
    id: 'k-nearest',
    preprocessing: standardised,
    tells: areClasses ? 'probabilities' : 'values',
    model: shape,
    train: ({ train, labels }) => ({ rows: train.rows, labels: Float64Array.from(labels) }),
    says: (model) => meanOfNearest(model, neighbours(settings)),
  });
}

export const kNearest = defineLearner({
  id: 'k-nearest',
  title: 'Nearest neighbours',
  summary: 'The mean of the nearest training rows.',
  kind: 'classical',
  parameters: [
    {
      kind: 'integer',
      id: 'neighbours',
      title: 'Neighbours',
      help: 'How many training rows are asked; more make the border smoother.',
      default: 5,
      min: 1,
      max: 10_000,
    },
  ],
  classes: ({ settings }) => nearest(settings, true),
  values: ({ settings }) => nearest(settings, false),
});
