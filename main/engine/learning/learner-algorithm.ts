import { foldWarnings } from '#shared/problems/tables/folds.ts';
import { rowsView, type TrainingRows } from '#shared/problems/views/rows.ts';
import { type SeriesRows, seriesView } from '#shared/problems/views/series.ts';
import { valuesView } from '#shared/problems/views/values.ts';
import { forecast } from '#shared/results/kinds/forecast.ts';
import { learner } from '#shared/results/kinds/learner.ts';
import {
  type Algorithm,
  type AlgorithmInput,
  algorithmOf,
  type Needs,
  type Settings,
  type Way,
  wayOf,
} from '../algorithms/algorithm.ts';
import { evaluated, rowsOf } from './evaluate.ts';
import type { Learner } from './learner.ts';

type Given = Pick<AlgorithmInput, 'settings' | 'parts'>;

type Head = Omit<Algorithm, 'ways' | 'run' | 'steps' | 'canPause' | 'asks'> &
  Partial<Pick<Algorithm, 'steps' | 'canPause' | 'asks'>>;

interface Tasks {
  /** Tells one of two classes. */
  readonly classes?: (given: Given) => Learner;
  /** Tells values, of rows or of a series. */
  readonly values?: (given: Given) => Learner;
  /** Tells the next values of a series alone. */
  readonly series?: (given: Given, view: SeriesRows) => Learner;
  /** What runs beside it on the same folds. */
  readonly baseline?: (given: Given, areClasses: boolean) => Learner | null;
  readonly needs?: (data: TrainingRows, settings: Settings) => Needs;
}

/** Copies of the rows, with what a learner without tables of its own keeps of them. */
function rowNeeds({ rows, features }: TrainingRows): Needs {
  return { ownBytes: 8 * 4 * rows.length * features.length, qubits: null, answerBytes: 0 };
}

/** A learner as an algorithm: a way for each of the tasks that it has, whose folds and scores are the same for all. */
export function defineLearner({
  classes,
  values,
  series = values,
  baseline = () => null,
  needs = rowNeeds,
  ...head
}: Head & Tasks): Algorithm {
  const shared = { baseline, needs };
  return algorithmOf(
    { steps: { name: 'folds', areCourse: false }, canPause: true, asks: () => [], ...head },
    [
      ...(classes === undefined ? [] : [classWay(classes, shared)]),
      ...(values === undefined ? [] : [valueWay(values, shared)]),
      ...(series === undefined ? [] : [seriesWay(series, shared)]),
    ],
  );
}

type Shared = Required<Pick<Tasks, 'baseline' | 'needs'>>;

function classWay(classes: NonNullable<Tasks['classes']>, { baseline, needs }: Shared): Way {
  return wayOf({
    takes: rowsView,
    result: learner,
    needs,
    *run(input) {
      const { features, labels, positiveClass, folds } = input.view;
      const found = yield* evaluated(input, input.view, {
        learner: classes(input),
        baseline: baseline(input, true),
        areClasses: true,
      });
      const data = { rows: rowsOf(input.view).length, features: [...features], positiveClass };
      return {
        result: { ...found, data, ...input.usage() },
        warnings: foldWarnings(labels, folds),
      };
    },
  });
}

function valueWay(values: NonNullable<Tasks['values']>, { baseline, needs }: Shared): Way {
  return wayOf({
    takes: valuesView,
    result: learner,
    needs,
    *run(input) {
      const found = yield* evaluated(input, input.view, {
        learner: values(input),
        baseline: baseline(input, false),
        areClasses: false,
      });
      return { result: { ...found, data: dataOf(input.view), ...input.usage() }, warnings: [] };
    },
  });
}

function seriesWay(series: NonNullable<Tasks['series']>, { baseline, needs }: Shared): Way {
  return wayOf({
    takes: seriesView,
    result: forecast,
    needs,
    *run(input) {
      const { view } = input;
      const { coefficients, intercept, ...found } = yield* evaluated(input, view, {
        learner: series(input, view),
        baseline: baseline(input, false),
        areClasses: false,
      });
      return {
        result: {
          ...found,
          data: dataOf(view),
          n: view.series.length,
          series: [...view.series.subarray(0, 10)],
          ...(coefficients === undefined
            ? {}
            : { coefficients: [intercept ?? 0, ...coefficients] }),
          baselines: baselinesOf(view),
          ...input.usage(),
        },
        warnings: [],
      };
    },
  });
}

function dataOf(view: TrainingRows & { readonly target: string }) {
  return { rows: rowsOf(view).length, features: [...view.features], target: view.target };
}

/** Mean square errors of the newest lag and of the mean of the training part, means over the folds. */
function baselinesOf({ folds, rows, labels, lags }: SeriesRows) {
  const meanOver = (told: (i: number, k: number) => number): number => {
    const each = folds.map(({ test }, k) => {
      const sum = test.reduce((total, i) => total + ((labels[i] as number) - told(i, k)) ** 2, 0);
      return sum / test.length;
    });
    return each.reduce((total, one) => total + one, 0) / each.length;
  };
  const means = folds.map(
    ({ train }) => train.reduce((sum, i) => sum + (labels[i] as number), 0) / train.length,
  );
  return {
    persistence: { mse: meanOver((i) => rows[i]?.[lags - 1] as number) },
    mean: { mse: meanOver((_, k) => means[k] as number) },
  };
}
