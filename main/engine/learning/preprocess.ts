import { unreachable } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import type { Step } from '#shared/problems/tables/preprocessing.ts';
import type { Learner } from './learner.ts';
import { dotOf } from './learner.ts';
import { fitRange, fitRobust, fitStandard, meanOf, type Scaling } from './scaling.ts';

/** What is done to the features of a problem before a learner sees them. */
export function stepsFor(learner: Learner, given: readonly Step[] | null): readonly Step[] {
  const steps = given ?? learner.preprocessing;
  const { scaling } = learner;
  return scaling === undefined || steps.at(-1)?.id === 'minmax' ? steps : [...steps, scaling];
}

/** The rows after each step in turn, fitted on the training rows alone. */
export function preprocessed<
  R extends { train: readonly Float64Array[]; test: readonly Float64Array[] },
>(rows: R, steps: readonly Step[]): R {
  let done = rows;
  for (const step of steps) {
    const scale = fitStep(step, done.train);
    done = { ...done, train: done.train.map(scale), test: done.test.map(scale) };
  }
  return done;
}

function fitStep(step: Step, rows: readonly Float64Array[]): Scaling {
  switch (step.id) {
    case 'standardise':
      return fitStandard(rows);
    case 'minmax':
      return fitRange(rows, {
        low: step.low ?? 0,
        high: step.high ?? 1,
        clips: step.clip === 'yes',
      });
    case 'robust':
      return fitRobust(rows);
    case 'pca':
      return fitComponents(rows, step.components);
    default:
      return unreachable(step.id);
  }
}

/** Coordinates along the principal components of the covariance; more than there are columns are `bad-input`. */
function fitComponents(rows: readonly Float64Array[], asked: number | undefined): Scaling {
  const size = rows[0]?.length ?? 0;
  if (asked !== undefined && asked > size) {
    throw new AppError(
      'bad-input',
      `${asked} principal components were asked for, and there are ${size} features. Ask for at most ${size}.`,
      { path: 'problem.preprocessing' },
    );
  }
  const mean = meanOf(rows);
  const matrix = new Float64Array(size * size);
  for (const row of rows) {
    for (let i = 0; i < size; i++) {
      const left = (row[i] as number) - (mean[i] as number);
      for (let j = i; j < size; j++) {
        const at = i * size + j;
        matrix[at] = (matrix[at] as number) + left * ((row[j] as number) - (mean[j] as number));
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[i * size + j] = matrix[j * size + i] as number;
  }
  const vectors = symmetricEigen(matrix, size).vectors.slice(0, asked ?? size);
  return (row) => {
    const centred = row.map((v, k) => v - (mean[k] as number));
    return Float64Array.from(vectors, (vector) => dotOf(vector, centred));
  };
}
