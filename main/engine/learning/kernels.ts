import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { dotOf } from './learner.ts';

/** Settings of what works on a classical kernel. */
export const kernelParameters: readonly ParameterDescriptor[] = [
  {
    kind: 'choice',
    id: 'kernel',
    title: 'Kernel',
    help: 'RBF bends the border, linear keeps it straight, poly takes products of features.',
    default: 'rbf',
    options: [
      { value: 'linear', title: 'Linear' },
      { value: 'poly', title: 'Polynomial' },
      { value: 'rbf', title: 'RBF' },
    ],
  },
  {
    kind: 'number',
    id: 'gamma',
    title: 'γ',
    help: 'Scale of the RBF or polynomial kernel. Empty, or “scale”: 1/(features × variance).',
    default: null,
    min: 0,
    exclusiveMin: true,
    word: 'scale',
    advanced: true,
  },
  {
    kind: 'integer',
    id: 'degree',
    title: 'Degree',
    help: 'Of the polynomial kernel (γ·x·y)^degree.',
    default: 3,
    min: 1,
    max: 20,
    advanced: true,
  },
];

/** K(row, anchor); row-major, one column per anchor. */
export function kernelBetween(
  rows: readonly Float64Array[],
  anchors: readonly Float64Array[],
  kernel: PointKernel,
): Float64Array {
  const result = new Float64Array(rows.length * anchors.length);
  rows.forEach((row, r) => {
    anchors.forEach((other, c) => (result[r * anchors.length + c] = kernel(row, other)));
  });
  return result;
}

type PointKernel = (a: Float64Array, b: Float64Array) => number;

/** γ of settings; where it is left out, 1/(features × variance) of the training rows. */
export function gammaOf({ gamma }: Settings, train: readonly Float64Array[]): number {
  return typeof gamma === 'number' ? gamma : defaultGamma(train);
}

/** `kernel` absent is the RBF. */
export function kernelOf(settings: Settings, gamma: number): PointKernel {
  const degree = (settings['degree'] as number | undefined) ?? 3;
  switch (settings['kernel']) {
    case 'linear':
      return dotOf;
    case 'poly':
      return (a, b) => (gamma * dotOf(a, b)) ** degree;
    default:
      return (a, b) => Math.exp(-gamma * squaredDistance(a, b));
  }
}

/** scikit-learn's "scale": 1/(features × variance of all entries). */
function defaultGamma(rows: readonly Float64Array[]): number {
  const size = rows[0]?.length ?? 1;
  const values = rows.flatMap((row) => [...row]);
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  return variance === 0 ? 1 : 1 / (size * variance);
}

export function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += ((a[k] as number) - (b[k] as number)) ** 2;
  return sum;
}
