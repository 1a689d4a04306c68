import { squaredDistance } from './kernels.ts';
import { decidedBy, type FitTask, saidBy, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';

const neighbours = (settings: Readonly<Record<string, unknown>>): number =>
  settings['neighbours'] as number;

/** The mean label of the nearest training rows (Euclid's distance); of equally near ones the first count. */
function meanOfNearest({ train, labels }: FitTask, count: number): (row: Float64Array) => number {
  const kept = Math.min(count, train.length);
  return (row) => {
    const near = train
      .map((other, i) => ({ i, distance: squaredDistance(row, other) }))
      .sort((a, b) => a.distance - b.distance || a.i - b.i)
      .slice(0, kept);
    return near.reduce((sum, { i }) => sum + (labels[i] as number), 0) / kept;
  };
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
  classes: ({ settings }) => ({
    id: 'k-nearest',
    preprocessing: standardised,
    fit: (task) => decidedBy(saidBy(task, meanOfNearest(task, neighbours(settings)))),
  }),
  values: ({ settings }) => ({
    id: 'k-nearest',
    preprocessing: standardised,
    fit: (task) => saidBy(task, meanOfNearest(task, neighbours(settings))),
  }),
});
