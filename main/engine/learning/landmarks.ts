import { shuffled } from '#shared/base/rng.ts';
import { AppError } from '#shared/base/errors.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { solvePositive } from '../linalg/solve-positive.ts';
import { type Kernel, onKernel, requireFinite, ridgeMachine, supported } from './kernel-machine.ts';
import { type Fitted, type FitTask, type Learner, signsOf } from './learner.ts';
import { decisionValues } from './support-vector-machine.ts';

export const landmarksParameter: ParameterDescriptor = {
  kind: 'integer',
  id: 'landmarks',
  title: 'Landmarks',
  help: 'Training rows, drawn by the seed, with which all others are compared instead of each with each (Nyström). Empty: all.',
  default: null,
  min: 1,
  max: 2000,
};

interface Ridge {
  /** Absent: every training row. */
  readonly landmarks: number | undefined;
  readonly alpha: number;
  readonly areClasses: boolean;
}

/** Rounding of products of kernels, beside their trace. */
const jitter = 1e-12;

/**
 * Ridge regression on a kernel; of more training rows than landmarks, on functions Σ β_j K(landmark_j, ·) alone: the β of least
 * ‖K_nm β − y‖² + α·βᵀK_mm β (Williams and Seeger 2001; Rudi, Camoriano and Rosasco 2015). n·m kernels and n·m² steps.
 */
export function ridgeOnKernel(
  head: Pick<Learner, 'id' | 'preprocessing' | 'scaling'>,
  kernel: Kernel,
  { landmarks, alpha, areClasses }: Ridge,
): Learner {
  const whole = onKernel(head, kernel, ridgeMachine(alpha, areClasses));
  return {
    ...whole,
    *fit(task) {
      if (landmarks === undefined || landmarks >= task.train.rows.length) {
        const given = whole.fit(task);
        return Symbol.iterator in given ? yield* given : given;
      }
      const given = kernel.learn(onLandmarks(task, landmarks));
      const { gram, anchors } = Symbol.iterator in given ? yield* given : given;
      requireFinite(gram);
      const y = areClasses ? signsOf(task.labels) : Float64Array.from(task.labels);
      const m = landmarks;
      const rows = gram.subarray(m * m, m * m + y.length * m);
      const coefficients = solvedFor(gram.subarray(0, m * m), rows, y, alpha);
      const machine = { coefficients, intercept: 0, supportCount: null };
      return {
        train: { decisions: decisionValues(machine, rows) },
        test: { decisions: decisionValues(machine, gram.subarray(m * m + y.length * m)) },
        model: supported(machine, anchors),
      } satisfies Fitted;
    },
  };
}

/** The same task with the landmarks as what is learned from, and all rows, the training ones first, as those to compare. */
function onLandmarks({ train, test, labels, rng }: FitTask, count: number): FitTask {
  const places = shuffled(
    train.rows.map((_, i) => i),
    rng,
  )
    .slice(0, count)
    .sort((a, b) => a - b);
  return {
    rng,
    labels: places.map((i) => labels[i] as number),
    train: {
      rows: places.map((i) => train.rows[i] as Float64Array),
      places: places.map((i) => train.places[i] as number),
    },
    test: {
      rows: [...train.rows, ...test.rows],
      places: [...train.places, ...test.places],
    },
  };
}

/** β with (K_mnK_nm + α·K_mm)·β = K_mn·y. */
function solvedFor(
  square: Float64Array,
  rows: Float64Array,
  y: Float64Array,
  alpha: number,
): Float64Array {
  const m = Math.sqrt(square.length);
  const matrix = square.map((value) => alpha * value);
  const right = new Float64Array(m);
  for (let i = 0; i < y.length; i++) {
    const row = rows.subarray(i * m, (i + 1) * m);
    for (let a = 0; a < m; a++) {
      const weight = row[a] as number;
      right[a] = (right[a] as number) + weight * (y[i] as number);
      for (let b = 0; b < m; b++) {
        matrix[a * m + b] = (matrix[a * m + b] as number) + weight * (row[b] as number);
      }
    }
  }
  let trace = 0;
  for (let a = 0; a < m; a++) trace += matrix[a * m + a] as number;
  const found = solvePositive(matrix, jitter * trace, right);
  if (found !== null) return found;
  throw new AppError(
    'bad-input',
    `The kernel of the landmarks under α = ${alpha} is not positive; choose a larger α or fewer landmarks.`,
    { path: 'settings.landmarks' },
  );
}
