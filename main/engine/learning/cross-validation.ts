import { AppError } from '#shared/base/errors.ts';
import { type Fold, foldWarnings } from '#shared/problems/tables/folds.ts';
import type { LabelledRows } from '#shared/problems/views/rows.ts';
import type { LearnerResult } from '#shared/results/kinds/learner.ts';
import type { AlgorithmInput, Needs, Outcome, ViewInput } from '../algorithms/algorithm.ts';
import type { Answer, Ask, Program } from '../programs/program.ts';
import { type ClassificationMetrics, classificationMetrics, meanAndError } from './metrics.ts';
import { decisionValues, trainSupportVectorMachine } from './support-vector-machine.ts';

/** A support vector machine with its own way to a kernel. */
export interface KernelLearner {
  readonly id: string;
  readonly C: number;
  /**
   * K(row, train_j) for all training rows, then all test rows; row-major, one column per training
   * row. A quantum kernel asks for it, a classical one just computes.
   */
  gram(
    train: readonly Float64Array[],
    test: readonly Float64Array[],
  ): Float64Array | Generator<Ask, Float64Array, Answer>;
}

/** Kernels of training and test rows, and what the machine makes of them. */
export function kernelNeeds({ labels }: LabelledRows): Needs {
  return { ownBytes: 8 * 4 * labels.length ** 2, qubits: null, answerBytes: 0 };
}

interface FoldResult {
  readonly train: ClassificationMetrics;
  readonly test: ClassificationMetrics;
  readonly supportCount: number;
  readonly decisions: Float64Array;
}

/**
 * Trains and tests a learner on every fold, and a baseline on the same folds where one is given
 * (CONTRACT §4, learner results).
 */
export function* classificationRun(
  input: ViewInput<LabelledRows>,
  learner: KernelLearner,
  baseline: KernelLearner | null,
): Program<Outcome<LearnerResult>> {
  const data = input.view;
  const { folds } = data;
  const results: FoldResult[] = [];
  const baselines: FoldResult[] = [];
  for (const [k, fold] of folds.entries()) {
    results.push(yield* evaluateFold(data, fold, learner));
    if (baseline !== null) baselines.push(yield* evaluateFold(data, fold, baseline));
    yield {
      kind: 'progress',
      progress: {
        fraction: (k + 1) / folds.length,
        message: `fold ${k + 1} of ${folds.length}`,
        step: k + 1,
        metrics: {
          testAccuracy: (results.at(-1) as FoldResult).test.accuracy,
          ...(baseline === null
            ? {}
            : { baselineAccuracy: (baselines.at(-1) as FoldResult).test.accuracy }),
        },
      },
    };
  }
  return {
    result: {
      ...summary(results),
      model: modelName(learner.id, input),
      predictions: predictionsOf(data, results),
      data: {
        rows: data.labels.length,
        features: [...data.features],
        positiveClass: data.positiveClass,
      },
      ...(baseline === null ? {} : { baseline: { algorithm: baseline.id, ...summary(baselines) } }),
      ...input.usage(),
    },
    warnings: foldWarnings(data.labels, folds),
  };
}

function* evaluateFold(
  data: LabelledRows,
  fold: Fold,
  learner: KernelLearner,
): Generator<Ask, FoldResult, Answer> {
  const pick = (positions: readonly number[]) => positions.map((i) => data.rows[i] as Float64Array);
  const labelsOf = (positions: readonly number[]) => positions.map((i) => data.labels[i] as number);
  const given = learner.gram(pick(fold.train), pick(fold.test));
  const kernel = given instanceof Float64Array ? given : yield* given;
  // The library behind the machine would never end on what is no number.
  if (!kernel.every(Number.isFinite)) {
    throw new AppError(
      'bad-input',
      'The kernel of these features holds values that are no finite numbers; scale the features, or choose another γ.',
      { path: 'problem.features' },
    );
  }
  const size = fold.train.length;
  const gram = kernel.subarray(0, size * size);
  const machine = trainSupportVectorMachine(gram, labelsOf(fold.train), learner.C);
  const decisions = decisionValues(machine, kernel.subarray(size * size));
  return {
    train: classificationMetrics(labelsOf(fold.train), decisionValues(machine, gram)),
    test: classificationMetrics(labelsOf(fold.test), decisions),
    supportCount: machine.supportCount,
    decisions,
  };
}

function summary(folds: readonly FoldResult[]) {
  const over = (part: 'train' | 'test') => {
    const of = (name: keyof ClassificationMetrics) =>
      meanAndError(folds.map((fold) => fold[part][name]));
    return {
      accuracy: of('accuracy'),
      balancedAccuracy: of('balancedAccuracy'),
      f1: of('f1'),
      auc: of('auc'),
    };
  };
  return {
    metrics: { train: over('train'), test: over('test') },
    perFold: folds.map(({ train, test, supportCount }) => ({ train, test, supportCount })),
  };
}

/** Every row's decision in the fold that tested it, in the order of the data. */
function predictionsOf(data: LabelledRows, results: readonly FoldResult[]) {
  return data.folds
    .flatMap((fold, k) =>
      fold.test.map((position, i) => ({
        row: data.used[position] as number,
        label: data.labels[position] as number,
        fold: k,
        decision: (results[k] as FoldResult).decisions[i] as number,
      })),
    )
    .sort((a, b) => a.row - b.row);
}

/** A name that equal settings share; the library's own id stands beside the result. */
function modelName(id: string, input: AlgorithmInput): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify([input.problem, input.settings, input.seed])) {
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
  }
  return `${id}-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
