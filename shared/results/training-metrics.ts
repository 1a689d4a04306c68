import type { Metric } from './metric.ts';

/** What the loop of variational methods tells at every step, beside the value of what is trained and its best. */
export const trainingMetrics: readonly Metric[] = [
  { id: 'stderr', title: 'Standard error', unit: '', better: 'lower' },
  { id: 'gradientNorm', title: 'Length of the gradient', unit: '', better: null },
  { id: 'gradientVariance', title: 'Variance of the gradient', unit: '', better: null },
  { id: 'slopeShots', title: 'Shots of the slopes', unit: '', better: null },
  { id: 'stepSize', title: 'Step of the parameters', unit: '', better: null },
];
