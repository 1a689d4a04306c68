import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { factorPositive, logDeterminant, solveFactored } from '../linalg/factor-positive.ts';
import { fittedShape, float, floatRows, floats, type Read } from '#shared/models/fitted.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { leastNear } from './difference-search.ts';
import { kernelNeeds } from './kernel-machine.ts';
import { squaredDistance } from './kernels.ts';
import { type FitTask, type Learner, learnerOf, logistic, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { latentMode } from './laplace.ts';

type Rows = readonly Float64Array[];

/** σ²·exp(−|x − x'|²/(2ℓ²)), and the deviation of the noise, all as logarithms. */
type Hyper = Float64Array;

function covariance(rows: Rows, [amplitude = 0, length = 0]: Hyper): Float64Array {
  const n = rows.length;
  const matrix = new Float64Array(n * n);
  const of = kernelWith(amplitude, length);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      matrix[i * n + j] = matrix[j * n + i] = of(rows[i] as Float64Array, rows[j] as Float64Array);
    }
  }
  return matrix;
}

function kernelWith(amplitude: number, length: number) {
  const [variance, width] = [Math.exp(2 * amplitude), Math.exp(-2 * length) / 2];
  return (a: Float64Array, b: Float64Array): number =>
    variance * Math.exp(-width * squaredDistance(a, b));
}

/** Numbers under which a covariance would no longer be positive. */
const leastNoise = 1e-8;
const tooFar = 10;

/** Rows on which hyperparameters are looked for: the search takes their number cubed hundreds of times. */
const searchedRows = 150;

/** The hyperparameters of greatest evidence on some of the rows, from lengths of √features. */
function tuned(
  task: FitTask,
  evidence: (rows: Rows, y: Float64Array, at: Hyper) => number,
  size: number,
): Hyper {
  const { rows: all } = task.train;
  const count = Math.min(searchedRows, all.length);
  const places = all.map((_, i) => i);
  for (let k = 0; k < count; k++) {
    const j = k + task.rng.below(places.length - k);
    [places[k], places[j]] = [places[j] as number, places[k] as number];
  }
  const chosen = places.slice(0, count);
  const rows = chosen.map((i) => all[i] as Float64Array);
  const y = Float64Array.from(chosen, (i) => task.labels[i] as number);
  const start = Float64Array.of(0, Math.log(all[0]?.length ?? 1) / 2, -1).slice(0, size);
  const valueAt = (at: Hyper): number =>
    at.some((v) => Math.abs(v) > tooFar) ? Infinity : evidence(rows, y, at);
  return leastNear(start, valueAt, task.rng);
}

/** −ln p(y) of values about 0 (Rasmussen and Williams 2006, algorithm 2.1), without its constant. */
function valueEvidence(rows: Rows, y: Float64Array, at: Hyper): number {
  const lower = factorPositive(covariance(rows, at), noiseOf(at), rows.length);
  if (lower === null) return Infinity;
  const weights = solveFactored(lower, y);
  const fit = y.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
  return (fit + logDeterminant(lower, rows.length)) / 2;
}

function noiseOf(at: Hyper): number {
  return Math.exp(2 * (at[2] as number)) + leastNoise;
}

/** What another row is worth: Σ weights_i·k(row, rows_i). */
const shape = fittedShape({
  rows: floatRows,
  weights: floats,
  amplitude: float,
  length: float,
  mean: float,
  scale: float,
});

function latentOf({ rows, weights, amplitude, length }: Read<typeof shape>) {
  const of = kernelWith(amplitude, length);
  return (row: Float64Array): number =>
    rows.reduce((sum, other, i) => sum + (weights[i] as number) * of(row, other), 0);
}

function kept({ rows }: FitTask['train'], weights: Float64Array, at: Hyper) {
  const [amplitude, length] = [at[0] as number, at[1] as number];
  return { rows, weights, amplitude, length, mean: 0, scale: 1 };
}

function regressor(settings: Settings): Learner {
  return learnerOf({
    id: 'gaussian-process',
    preprocessing: standardised,
    tells: 'values',
    model: shape,
    train(task) {
      const n = task.labels.length;
      const mean = task.labels.reduce((sum, y) => sum + y, 0) / n;
      const scale = Math.sqrt(task.labels.reduce((sum, y) => sum + (y - mean) ** 2, 0) / n) || 1;
      const labels = task.labels.map((y) => (y - mean) / scale);
      const at = hyperOf(settings) ?? tuned({ ...task, labels }, valueEvidence, 3);
      const lower = factorPositive(covariance(task.train.rows, at), noiseOf(at), n);
      const weights =
        lower === null ? new Float64Array(n) : solveFactored(lower, Float64Array.from(labels));
      return { ...kept(task.train, weights, at), mean, scale };
    },
    says(model) {
      const latent = latentOf(model);
      return (row) => model.mean + model.scale * latent(row);
    },
  });
}

function classifier(settings: Settings): Learner {
  return learnerOf({
    id: 'gaussian-process',
    preprocessing: standardised,
    tells: 'probabilities',
    model: shape,
    train(task) {
      const evidence = (rows: Rows, y: Float64Array, at: Hyper): number =>
        latentMode(covariance(rows, at), y)?.evidence ?? Infinity;
      const at = hyperOf(settings) ?? tuned(task, evidence, 2);
      const mode = latentMode(covariance(task.train.rows, at), Float64Array.from(task.labels));
      const slope = mode?.slope ?? new Float64Array(task.labels.length);
      return kept(task.train, slope, at);
    },
    says(model) {
      const latent = latentOf(model);
      return (row) => logistic(latent(row));
    },
  });
}

/** Those that are given; null: they are looked for. */
function hyperOf(settings: Settings): Hyper | null {
  const length = settings['lengthScale'] as number | undefined;
  if (length === undefined) return null;
  return Float64Array.of(
    Math.log(settings['amplitude'] as number),
    Math.log(length),
    Math.log(settings['noise'] as number),
  );
}

const positive = (
  id: string,
  title: string,
  help: string,
  standard: number | null,
): ParameterDescriptor => ({
  kind: 'number',
  id,
  title,
  help,
  default: standard,
  min: 0,
  exclusiveMin: true,
  advanced: true,
});

export const gaussianProcess = defineLearner({
  id: 'gaussian-process',
  title: 'Gaussian process',
  summary: 'A smooth random function given the training rows; classes by Laplace’s approximation.',
  kind: 'classical',
  parameters: [
    positive(
      'lengthScale',
      'Length',
      'How far apart rows still tell of each other. Empty: length, amplitude and noise of greatest evidence.',
      null,
    ),
    positive('amplitude', 'Amplitude', 'Deviation of the function, where a length is given.', 1),
    positive(
      'noise',
      'Noise',
      'Deviation of values about the function in theirs, where a length is given.',
      0.1,
    ),
  ],
  accuracy: 1e-3,
  needs: kernelNeeds,
  classes: ({ settings }) => classifier(settings),
  values: ({ settings }) => regressor(settings),
});
