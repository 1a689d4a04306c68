import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';

export type Parametrisation = 'standard' | 'fourier' | 'annealing' | 'fixed';

/**
 * Angles (γ_0 … γ_{p−1}, β_0 … β_{p−1}) as a linear function of what is optimised, in units in which
 * the cost has spread 1: angles = matrix · point, and gradients go back through the transpose.
 */
export interface AngleMap {
  readonly start: Float64Array;
  readonly angles: (point: Float64Array) => Float64Array;
  /** Gradient by the point from the gradient by the angles. */
  readonly pullBack: (gradient: Float64Array) => Float64Array;
}

/** γ of the last layer in units in which the cost has spread 1. Chosen on cuts and portfolios of 8 to 12 variables. */
const lastGamma = 8;

/** β of the first layer, by how far apart the mixer's eigenvalues are. */
export function firstBeta(
  mixer: 'x' | 'xy-ring' | 'xy-full' | 'grover',
  variables: number,
): number {
  switch (mixer) {
    case 'x':
    case 'xy-ring':
      return 0.6;
    case 'xy-full':
      return 2.4 / variables;
    case 'grover':
      return Math.PI / 2;
  }
}

/** Relative spread of the first angles, so that runs with other seeds are other runs. */
const startSpread = 0.1;

/**
 * The ramp that runs start from: γ rises and β falls linearly, each angle a little off by the seed.
 * `sign` is −1 for a minimum, because the start is the mixer's top state.
 */
export function rampAngles(layers: number, sign: number, beta: number, rng: Rng): Float64Array {
  const angles = new Float64Array(2 * layers);
  for (let layer = 0; layer < layers; layer++) {
    const s = (layer + 0.5) / layers;
    angles[layer] = sign * lastGamma * s;
    angles[layers + layer] = beta * (1 - s);
  }
  return angles.map((angle) => angle * (1 + startSpread * rng.normal()));
}

export function angleMap(kind: Parametrisation, layers: number, start: Float64Array): AngleMap {
  const columns = columnsOf(kind, layers, start);
  const angles = (point: Float64Array): Float64Array => {
    const result = new Float64Array(2 * layers);
    columns.forEach((column, k) => {
      column.forEach((x, i) => (result[i] = (result[i] as number) + (point[k] as number) * x));
    });
    return result;
  };
  const pullBack = (gradient: Float64Array): Float64Array =>
    Float64Array.from(columns, (column) =>
      column.reduce((sum, x, i) => sum + x * (gradient[i] as number), 0),
    );
  return { start: firstPoint(kind, layers, start), angles, pullBack };
}

/** C·g·Cᵀ of a metric (row-major) where `pullBack` is C: from angles to what they depend on. */
export function pullBackMetric(
  metric: Float64Array,
  pullBack: (byAngle: Float64Array) => Float64Array,
): Float64Array {
  const width = Math.sqrt(metric.length);
  const rows = Array.from({ length: width }, (_, i) =>
    pullBack(metric.slice(i * width, (i + 1) * width)),
  );
  const size = rows[0]?.length ?? 0;
  const result = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const column = pullBack(Float64Array.from(rows, (row) => row[j] as number));
    column.forEach((entry, i) => {
      result[i * size + j] = entry;
    });
  }
  return result;
}

/** Each optimised number's effect on all angles. */
function columnsOf(kind: Parametrisation, layers: number, start: Float64Array): Float64Array[] {
  switch (kind) {
    case 'standard':
    case 'fixed':
      return Array.from({ length: 2 * layers }, (_, k) => unit(2 * layers, k));
    case 'annealing':
      return [half(start, 0, layers), half(start, layers, 2 * layers)];
    case 'fourier':
      // Zhou et al., arXiv:1812.01041: sines for γ, cosines for β.
      return Array.from({ length: 2 * layers }, (_, k) => {
        const column = new Float64Array(2 * layers);
        const frequency = (k % layers) + 0.5;
        for (let layer = 0; layer < layers; layer++) {
          const phase = (frequency * (layer + 0.5) * Math.PI) / layers;
          if (k < layers) column[layer] = Math.sin(phase);
          else column[layers + layer] = Math.cos(phase);
        }
        return column;
      });
  }
}

function firstPoint(kind: Parametrisation, layers: number, start: Float64Array): Float64Array {
  if (kind === 'standard' || kind === 'fixed') return start;
  if (kind === 'annealing') return Float64Array.of(1, 1);
  // The sines and cosines are orthogonal over the layers with norm layers/2, so coefficients are overlaps.
  const columns = columnsOf(kind, layers, start);
  return Float64Array.from(
    columns,
    (column) => (2 / layers) * column.reduce((sum, x, i) => sum + x * (start[i] as number), 0),
  );
}

/** The spec's own angles, turned into scaled units; one γ and one β a layer. */
export function givenAngles(
  given: { readonly gammas: readonly number[]; readonly betas: readonly number[] },
  layers: number,
  spread: number,
): Float64Array {
  if (given.gammas.length !== layers || given.betas.length !== layers) {
    throw new AppError(
      'bad-input',
      `settings.initialParameters needs ${layers} gammas and ${layers} betas (one a layer); got ${given.gammas.length} and ${given.betas.length}.`,
      { path: 'settings.initialParameters' },
    );
  }
  return Float64Array.from([...given.gammas.map((gamma) => gamma * spread), ...given.betas]);
}

function unit(size: number, k: number): Float64Array {
  const column = new Float64Array(size);
  column[k] = 1;
  return column;
}

function half(values: Float64Array, from: number, to: number): Float64Array {
  return values.map((x, i) => (i >= from && i < to ? x : 0));
}
