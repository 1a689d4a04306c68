import { unreachable } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import { type FittedStep, stepped } from '#shared/models/fitted-step.ts';
import type { Step } from '#shared/problems/tables/preprocessing.ts';
import type { Learner } from './learner.ts';
import { fitRange, fitRobust, fitStandard, meanOf } from './scaling.ts';

/** What is done to the features of a problem before a learner sees them. */
export function stepsFor(learner: Learner, given: readonly Step[] | null): readonly Step[] {
  const steps = given ?? learner.preprocessing;
  const { scaling } = learner;
  return scaling === undefined || steps.at(-1)?.id === 'minmax' ? steps : [...steps, scaling];
}

type Rows = readonly Float64Array[];

/** Each step in turn, fitted on the training rows as the steps before it left them. */
export function fitSteps(rows: Rows, steps: readonly Step[]): FittedStep[] {
  const fitted: FittedStep[] = [];
  let done = rows;
  for (const step of steps) {
    const one = fitStep(step, done);
    done = done.map((row) => stepped(one, row));
    fitted.push(one);
  }
  return fitted;
}

/** Rows after each fitted step in turn. */
export function preprocessed(rows: Rows, steps: readonly FittedStep[]): Rows {
  return steps.reduce((done, step) => done.map((row) => stepped(step, row)), rows);
}

function fitStep(step: Step, rows: Rows): FittedStep {
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
function fitComponents(rows: Rows, asked: number | undefined): FittedStep {
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
  return { kind: 'project', mean, vectors };
}
