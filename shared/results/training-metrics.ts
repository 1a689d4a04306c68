import type { Metric } from './metric.ts';

/** What a learner by circuits makes small. */
export const lossMetrics: readonly Metric[] = [
  { id: 'loss', title: 'Training loss', unit: '', better: 'lower' },
  { id: 'bestLoss', title: 'Best training loss', unit: '', better: 'lower' },
];

/** What the loop of variational methods tells at every step, beside the value of what is trained and its best. */
export const trainingMetrics: readonly Metric[] = [
  { id: 'stderr', title: 'Standard error', unit: '', better: 'lower' },
  { id: 'gradientNorm', title: 'Length of the gradient', unit: '', better: null },
  { id: 'gradientVariance', title: 'Variance of the gradient', unit: '', better: null },
  { id: 'slopeShots', title: 'Shots of the slopes', unit: '', better: null },
  { id: 'stepSize', title: 'Step of the parameters', unit: '', better: null },
];

const ofTraining: ReadonlySet<string> = new Set(
  [...lossMetrics, ...trainingMetrics].map(({ id }) => id),
);

/** Told at every evaluation of a training, whatever the method itself counts. */
export function isOfTraining(id: string): boolean {
  return ofTraining.has(id);
}
