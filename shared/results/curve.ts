import type { Objective } from '../problems/objective.ts';
import type { Figure } from '../figures/figure.ts';
import { numberLabel } from '../figures/scale.ts';
import type { Direction } from './metric.ts';
import { directionOf, titleOfMetric, unitOfMetric } from './metrics.ts';
import { isOfTraining } from './training-metrics.ts';

/** Whether `a` is better than `b`; what is no number is better than nothing. */
export function isBetterIn(direction: Direction, a: number, b: number): boolean {
  if (Number.isNaN(b)) return !Number.isNaN(a);
  return direction === 'higher' ? a > b : a < b;
}

/** The best value up to each point; NaN before the first that is a number. */
export function bestSoFar(values: Float64Array, direction: Direction): Float64Array {
  const result = new Float64Array(values.length);
  let best = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (isBetterIn(direction, value, best)) best = value;
    result[i] = best;
  }
  return result;
}

/** What the steps of a method's curves are. */
export interface Steps {
  /** In the plural: "evaluations", "folds". */
  readonly name: string;
  /** Each step goes on from the one before, so that a line may join them and have a best so far. */
  readonly areCourse: boolean;
}

/** What the steps of one curve are: a learner counts folds, and the training inside them evaluations. */
export function stepsOfCurve(name: string, steps: Steps): Steps {
  return steps.areCourse || !isOfTraining(name) ? steps : { name: 'evaluations', areCourse: true };
}

interface Curve {
  readonly name: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A curve of a run with its best so far, where its problem says which way is better. */
export function curveFigure(
  { name, x, y }: Curve,
  ofMethod: Steps,
  objective: Objective | null,
): Figure {
  const { name: steps, areCourse } = stepsOfCurve(name, ofMethod);
  const title = titleOfMetric(name);
  const direction = areCourse ? directionOf(name, objective) : null;
  const best = direction === null ? null : bestSoFar(y, direction);
  const word = direction === 'higher' ? 'highest' : 'lowest';
  return {
    kind: 'lines',
    id: `curve-${name}`,
    title,
    ...(best === null
      ? {}
      : { note: `The best so far (${word}): ${numberLabel(best.at(-1) ?? Number.NaN)}` }),
    x: { title: steps, unit: '', isCount: true },
    y: { title, unit: unitOfMetric(name) },
    lines: [
      { name: title, mark: areCourse ? 'line' : 'points', x, y },
      ...(best === null ? [] : [{ name: 'Best so far', mark: 'line' as const, x, y: best }]),
    ],
  };
}
