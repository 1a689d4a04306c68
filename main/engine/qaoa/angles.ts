import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { IsingForm } from '#shared/problems/binary-problem.ts';
import { manyNeighbourAngles, regularGraphAngles } from './angle-tables.ts';
import { type AngleCounts, type Mixer, termsOf } from './circuit.ts';

export type Parametrisation =
  | 'standard'
  | 'extended'
  | 'multi-angle'
  | 'fourier'
  | 'annealing'
  | 'fixed';

/**
 * Angles (those γ of every layer, then those β of every layer) as a linear function of what is optimised, in units in
 * which the cost has spread 1: angles = matrix · point, and gradients go back through the transpose.
 */
export interface AngleMap {
  readonly start: Float64Array;
  readonly angles: (point: Float64Array) => Float64Array;
  /** Gradient by the point from the gradient by the angles. */
  readonly pullBack: (gradient: Float64Array) => Float64Array;
}

/** The ends of the ramp that runs start from. */
export interface Ramp {
  /** γ of the last layer in units in which the cost has spread 1. */
  readonly gamma: number;
  /** β of the first layer, by how far apart the mixer's eigenvalues are. */
  readonly beta: number;
}

/** The ramp that angles are tuned from. Chosen on cuts and portfolios of 8 to 12 variables. */
export function rampOf(mixer: Mixer, variables: number): Ramp {
  switch (mixer) {
    case 'x':
    case 'xy-ring':
      return { gamma: 8, beta: 0.6 };
    case 'xy-full':
      return { gamma: 8, beta: 2.4 / variables };
    case 'grover':
      return { gamma: 8, beta: Math.PI / 2 };
  }
}

/**
 * The ramp of a schedule that stays one. Among assignments with a fixed number of ones a steeper one makes the optimum far
 * more likely at every depth from 3 to 16, though not the mean better: chosen on ten portfolios of 16 assets.
 */
export function scheduleOf(mixer: Mixer, variables: number): Ramp {
  const ramp = rampOf(mixer, variables);
  const keepsOnes = mixer === 'xy-ring' || mixer === 'xy-full';
  return keepsOnes ? { ...ramp, gamma: 3 * ramp.gamma } : ramp;
}

/** Relative spread of the first angles, so that runs with other seeds are other runs. */
const startSpread = 0.1;

/**
 * The ramp that runs start from: γ rises and β falls linearly, each angle a little off by the seed.
 * `sign` is −1 for a minimum, because the start is the mixer's top state.
 */
export function rampAngles(
  layers: number,
  sign: number,
  { gamma, beta }: Ramp,
  rng: Rng,
): Float64Array {
  const angles = new Float64Array(2 * layers);
  for (let layer = 0; layer < layers; layer++) {
    const s = (layer + 0.5) / layers;
    angles[layer] = sign * gamma * s;
    angles[layers + layer] = beta * (1 - s);
  }
  return angles.map((angle) => angle * (1 + startSpread * rng.normal()));
}

/** Half the range of random γ: wide enough for the period of most cuts. */
const randomGamma = 12;

/** Angles anywhere, for further starts of a search: every γ of a layer alike to begin with, and every β. */
export function randomAngles(layers: number, { beta }: Ramp, rng: Rng): Float64Array {
  return Float64Array.from({ length: 2 * layers }, (_, k) => {
    const most = k < layers ? randomGamma : 1.3 * beta;
    return most * (2 * rng.uniform() - 1);
  });
}

/** One γ and one β a layer, given to every angle of the layer. */
export function spreadOut(angles: Float64Array, layers: number, counts: AngleCounts): Float64Array {
  const all: number[] = [];
  for (let k = 0; k < 2 * layers; k++) {
    const count = k < layers ? counts.gammas : counts.betas;
    for (let i = 0; i < count; i++) all.push(angles[k] as number);
  }
  return Float64Array.from(all);
}

export function angleMap(kind: Parametrisation, layers: number, start: Float64Array): AngleMap {
  if (kind !== 'annealing' && kind !== 'fourier') {
    return { start, angles: (point) => point, pullBack: (gradient) => gradient };
  }
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
function columnsOf(
  kind: 'annealing' | 'fourier',
  layers: number,
  start: Float64Array,
): Float64Array[] {
  if (kind === 'annealing') return [half(start, 0, layers), half(start, layers, 2 * layers)];
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

function firstPoint(
  kind: 'annealing' | 'fourier',
  layers: number,
  start: Float64Array,
): Float64Array {
  if (kind === 'annealing') return Float64Array.of(1, 1);
  // The sines and cosines are orthogonal over the layers with norm layers/2, so coefficients are overlaps.
  const columns = columnsOf(kind, layers, start);
  return Float64Array.from(
    columns,
    (column) => (2 / layers) * column.reduce((sum, x, i) => sum + x * (start[i] as number), 0),
  );
}

export interface GivenAngles {
  readonly gammas: readonly number[];
  readonly betas: readonly number[];
}

/** The spec's own angles: one γ and one β a layer, or as many as the circuit has, layer by layer. */
export function givenAngles(
  { gammas, betas }: GivenAngles,
  layers: number,
  counts: AngleCounts,
): Float64Array {
  const all = (list: readonly number[], name: string, count: number): readonly number[] => {
    if (list.length === layers * count) return list;
    if (list.length === layers) {
      return list.flatMap((angle) => Array.from({ length: count }, () => angle));
    }
    const own = count === 1 ? '' : `, or ${layers * count} (${count} a layer)`;
    throw new AppError(
      'bad-input',
      `settings.initialParameters needs ${layers} gammas and ${layers} betas (one a layer)${own}; got ${gammas.length} and ${betas.length}.`,
      { path: `settings.initialParameters.${name}` },
    );
  };
  return Float64Array.from([
    ...all(gammas, 'gammas', counts.gammas),
    ...all(betas, 'betas', counts.betas),
  ]);
}

/** Published angles, and for which problems they were made. */
export interface Published extends GivenAngles {
  readonly note: string;
}

/**
 * Published angles for a cost: those of regular graphs where all couplings are equal and every qubit has the same number of
 * them, otherwise those for many neighbours, carried over by the squares of the couplings of a qubit (after Sureshbabu et
 * al. 2024, arXiv:2305.15201). Made for the X mixer and a uniform start. `sign` is −1 for a minimum.
 */
export function publishedAngles(ising: IsingForm, layers: number, sign: number): Published {
  const { degree, coupling } = regularity(ising);
  const row = degree === null ? undefined : regularGraphAngles[degree]?.[layers - 1];
  if (row !== undefined && -sign * coupling > 0) {
    // The table has couplings of −1/2, for a maximum.
    const gammas = row[0].map((gamma) => (-gamma * 0.5) / coupling);
    return { gammas, betas: row[1], note: `the table for regular graphs of degree ${degree}` };
  }
  const limit = manyNeighbourAngles[layers - 1];
  if (limit === undefined) {
    throw new AppError(
      'bad-input',
      `Fixed angles are published for at most ${manyNeighbourAngles.length} layers; got ${layers}. Give initialParameters, or choose fewer layers.`,
      { path: 'settings.layers' },
    );
  }
  const unit = sign * transferUnit(ising);
  return {
    gammas: limit[0].map((gamma) => gamma * unit),
    betas: limit[1],
    note: 'the table for many neighbours, scaled to these couplings',
  };
}

/** The number of couplings that every qubit has, where all are equal and there are no fields; null otherwise. */
function regularity({ h, J }: IsingForm): {
  readonly degree: number | null;
  readonly coupling: number;
} {
  const coupling = J[0]?.[2] ?? 0;
  const isPlain = J.every(([, , w]) => w === coupling) && h.every((w) => w === 0);
  const degrees = degreesOf(h.length, J);
  const degree = degrees[0] ?? 0;
  return { degree: isPlain && degrees.every((one) => one === degree) ? degree : null, coupling };
}

function degreesOf(qubits: number, J: IsingForm['J']): number[] {
  const degrees = Array.from({ length: qubits }, () => 0);
  for (const [i, j] of J) {
    degrees[i] = (degrees[i] as number) + 1;
    degrees[j] = (degrees[j] as number) + 1;
  }
  return degrees;
}

/** γ in units of the table for many neighbours: there a qubit's couplings have squares that add up to 1. */
function transferUnit(ising: IsingForm): number {
  const qubits = ising.h.length;
  const terms = termsOf(ising);
  if (terms.length === 0) return 1;
  const ends = terms.reduce((sum, one) => sum + one.qubits.length, 0);
  const squares = terms.reduce((sum, one) => sum + one.qubits.length * one.weight ** 2, 0);
  const degree = ends / qubits;
  // arctan(1/√(d − 1)) is the best γ of one layer on trees; 1/√d for many neighbours.
  const angle = degree > 1 ? Math.atan(1 / Math.sqrt(degree - 1)) : Math.PI / 2;
  return angle / Math.sqrt(squares / ends);
}

/** Angles of one layer more, in between those of each angle that there is (Zhou et al. 2020, arXiv:1812.01041: INTERP). */
export function interpolated(
  angles: Float64Array,
  layers: number,
  counts: AngleCounts,
): Float64Array {
  const longer = (from: number, count: number): number[] =>
    Array.from({ length: (layers + 1) * count }, (_, k) => {
      const layer = Math.floor(k / count);
      const at = (l: number): number =>
        l < 0 || l >= layers ? 0 : (angles[from + l * count + (k % count)] as number);
      return (layer / layers) * at(layer - 1) + ((layers - layer) / layers) * at(layer);
    });
  return Float64Array.from([
    ...longer(0, counts.gammas),
    ...longer(layers * counts.gammas, counts.betas),
  ]);
}

function half(values: Float64Array, from: number, to: number): Float64Array {
  return values.map((x, i) => (i >= from && i < to ? x : 0));
}
