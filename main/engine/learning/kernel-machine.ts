import { AppError } from '#shared/base/errors.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { fittedShape, float, floatRows, floats, orNull, type Read } from '#shared/models/fitted.ts';
import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { Needs } from '../algorithms/algorithm.ts';
import { solvePositive } from '../linalg/solve-positive.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { type Fitted, type FitTask, type Learner, signsOf, type Told } from './learner.ts';
import {
  decisionValues,
  type KernelMachine,
  trainSupportVectors,
} from './support-vector-machine.ts';

type Rows = readonly Float64Array[];

/** What other rows are compared with, one for each training row: the row itself, or what was measured of it. */
export interface Anchors {
  readonly rows: Rows;
  /** The scale that the training rows gave the kernel; null where it has none. */
  readonly gamma: number | null;
}

/** K(row, train_j) of all training rows, then all test rows; row-major. */
export interface LearntKernel {
  readonly gram: Float64Array;
  readonly anchors: Anchors;
}

/** K(row, anchor_j); row-major. */
export interface MeasuredKernel {
  readonly values: Float64Array;
  /** Standard error of Σ_j weights_j·K(row, anchor_j); null where the kernel is exact. */
  readonly errorOf: ((row: number, weights: Float64Array) => number) | null;
}

/** A way to compare rows. */
export interface Kernel {
  readonly learn: (task: FitTask) => LearntKernel | Generator<Ask, LearntKernel, Answer>;
  readonly between: (
    rows: Rows,
    anchors: Anchors,
    shots: number | null,
  ) => MeasuredKernel | Generator<Ask, MeasuredKernel, Answer>;
  /** The state of a row of so many features, where it is one. */
  readonly circuit?: (features: number) => Circuit;
}

/** What learns from a kernel alone. */
type Trainer = (gram: Float64Array, labels: readonly number[]) => KernelMachine;

/** Kernels of training and test rows, and what the machine makes of them. */
export function kernelNeeds({ labels }: TrainingRows): Needs {
  return { ownBytes: 8 * 4 * labels.length ** 2, qubits: null, answerBytes: 0 };
}

/** Σ_j coefficients_j·K(row, anchors_j) + intercept, without the anchors that do not count. */
const shape = fittedShape({
  anchors: floatRows,
  gamma: orNull(float),
  coefficients: floats,
  intercept: float,
});

type Model = Read<typeof shape>;

/** A learner from its kernel and what is trained on it. */
export function onKernel(
  { id, preprocessing, scaling }: Pick<Learner, 'id' | 'preprocessing' | 'scaling'>,
  kernel: Kernel,
  train: Trainer,
): Learner {
  const { circuit } = kernel;
  return {
    id,
    preprocessing,
    ...(scaling === undefined ? {} : { scaling }),
    *fit(task) {
      const given = kernel.learn(task);
      const { gram, anchors } = Symbol.iterator in given ? yield* given : given;
      requireFinite(gram);
      const size = task.train.rows.length;
      const square = gram.subarray(0, size * size);
      const machine = train(square, task.labels);
      return {
        train: { decisions: decisionValues(machine, square) },
        test: { decisions: decisionValues(machine, gram.subarray(size * size)) },
        model: supported(machine, anchors),
        ...(machine.supportCount === null ? {} : { supportCount: machine.supportCount }),
      } satisfies Fitted;
    },
    load: (kept) => shape.parse(kept),
    *predict(loaded, { rows }, shots) {
      // Only what `load` gave comes here.
      const { anchors, gamma, coefficients, intercept } = loaded as Model;
      if (anchors.length === 0) return { decisions: new Float64Array(rows.length).fill(intercept) };
      const given = kernel.between(rows, { rows: anchors, gamma }, shots);
      const { values, errorOf } = Symbol.iterator in given ? yield* given : given;
      requireFinite(values);
      return {
        decisions: decisionValues({ coefficients, intercept }, values),
        ...(errorOf === null
          ? {}
          : { stderrs: Float64Array.from(rows, (_, r) => errorOf(r, coefficients)) }),
      } satisfies Told;
    },
    ...(circuit === undefined ? {} : { circuit: (_, features) => circuit(features) }),
  };
}

/** The library behind a machine would never end on what is no number. */
export function requireFinite(kernel: Float64Array): void {
  if (kernel.every(Number.isFinite)) return;
  throw new AppError(
    'bad-input',
    'The kernel of these features holds values that are no finite numbers; scale the features, or choose another γ.',
    { path: 'problem.features' },
  );
}

/** What is kept of a machine: the anchors that count. */
export function supported(
  { coefficients, intercept }: KernelMachine,
  { rows, gamma }: Anchors,
): Model {
  const places = Array.from(coefficients.keys()).filter((i) => coefficients[i] !== 0);
  return {
    anchors: places.map((i) => rows[i] as Float64Array),
    gamma,
    coefficients: Float64Array.from(places, (i) => coefficients[i] as number),
    intercept,
  };
}

/** A C-SVM that tells classes. */
export function classMachine(C: number): Trainer {
  return (gram, labels) => trainSupportVectors(gram, labels, { kind: 'classes', C });
}

/** An ε-SVR that tells values. */
export function valueMachine(C: number, epsilon: number): Trainer {
  return (gram, labels) => trainSupportVectors(gram, labels, { kind: 'values', C, epsilon });
}

/** (K + α·1)⁻¹y, without an intercept; classes are ±1. */
export function ridgeMachine(alpha: number, areClasses: boolean): Trainer {
  return (gram, labels) => {
    const y = areClasses ? signsOf(labels) : Float64Array.from(labels);
    const coefficients = solvePositive(gram, alpha, y);
    if (coefficients !== null) return { coefficients, intercept: 0, supportCount: null };
    throw new AppError(
      'bad-input',
      `The kernel matrix plus α = ${alpha} is not positive; choose a larger α.`,
      { path: 'settings.alpha' },
    );
  };
}
