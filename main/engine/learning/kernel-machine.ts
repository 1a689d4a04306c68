import { AppError } from '#shared/base/errors.ts';
import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { Needs } from '../algorithms/algorithm.ts';
import { solvePositive } from '../linalg/solve-positive.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { type Fitted, type FitTask, type Learner, signsOf } from './learner.ts';
import {
  decisionValues,
  type KernelMachine,
  trainSupportVectors,
} from './support-vector-machine.ts';

/** A learner's way to K(row, train_j) for all training rows, then all test rows; row-major. */
export type Gram = (task: FitTask) => Float64Array | Generator<Ask, Float64Array, Answer>;

/** What learns from a kernel alone. */
type Trainer = (gram: Float64Array, labels: readonly number[]) => KernelMachine;

/** Kernels of training and test rows, and what the machine makes of them. */
export function kernelNeeds({ labels }: TrainingRows): Needs {
  return { ownBytes: 8 * 4 * labels.length ** 2, qubits: null, answerBytes: 0 };
}

/** A learner from its kernel and what is trained on it. */
export function onKernel(
  { id, preprocessing, scaling }: Pick<Learner, 'id' | 'preprocessing' | 'scaling'>,
  gram: Gram,
  train: Trainer,
): Learner {
  return {
    id,
    preprocessing,
    ...(scaling === undefined ? {} : { scaling }),
    *fit(task) {
      const given = gram(task);
      const kernel = given instanceof Float64Array ? given : yield* given;
      // The library behind a machine would never end on what is no number.
      if (!kernel.every(Number.isFinite)) {
        throw new AppError(
          'bad-input',
          'The kernel of these features holds values that are no finite numbers; scale the features, or choose another γ.',
          { path: 'problem.features' },
        );
      }
      const size = task.train.length;
      const square = kernel.subarray(0, size * size);
      const machine = train(square, task.labels);
      return {
        train: decisionValues(machine, square),
        test: decisionValues(machine, kernel.subarray(size * size)),
        ...(machine.supportCount === null ? {} : { supportCount: machine.supportCount }),
      } satisfies Fitted;
    },
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
