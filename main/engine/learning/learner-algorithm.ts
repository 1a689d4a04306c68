import { foldWarnings } from '#shared/problems/tables/folds.ts';
import { rowsView, type TrainingRows } from '#shared/problems/views/rows.ts';
import type { ModelFamily } from '#shared/models/kept-model.ts';
import { type SeriesRows, seriesView } from '#shared/problems/views/series.ts';
import { valuesView } from '#shared/problems/views/values.ts';
import { forecast } from '#shared/results/kinds/forecast.ts';
import { learner } from '#shared/results/kinds/learner.ts';
import {
  type Algorithm,
  algorithmOf,
  type Needs,
  type Settings,
  type Way,
  wayOf,
} from '../algorithms/algorithm.ts';
import { evaluated, rowsOf } from './evaluate.ts';
import { trainedModel } from './kept-part.ts';
import type { Learner } from './learner.ts';
import type { Teaching } from '../parts.ts';

type Head = Omit<Algorithm, 'ways' | 'run' | 'steps' | 'canPause' | 'asks' | 'teaches'> &
  Partial<Pick<Algorithm, 'steps' | 'canPause' | 'asks'>>;

type Given = Parameters<NonNullable<Teaching['classes']>>[0];

interface Tasks extends Teaching {
  /** Of a quantum model, by which its kind is kept; QNN where left out. */
  readonly family?: ModelFamily;
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
  series,
  family = 'QNN',
  baseline = () => null,
  needs = rowNeeds,
  ...head
}: Head & Tasks): Algorithm {
  const shared = { baseline, needs, family: head.kind === 'quantum' ? family : null };
  const tells = series ?? values;
  const teaches: Teaching = {
    ...(classes === undefined ? {} : { classes }),
    ...(values === undefined ? {} : { values }),
    ...(series === undefined ? {} : { series }),
  };
  return algorithmOf(
    {
      steps: { name: 'folds', areCourse: false },
      canPause: true,
      asks: () => [],
      ...head,
      teaches,
    },
    [
      ...(classes === undefined ? [] : [classWay(classes, shared)]),
      ...(values === undefined ? [] : [valueWay(values, shared)]),
      ...(tells === undefined ? [] : [seriesWay(tells, shared)]),
    ],
  );
}

interface Shared extends Required<Pick<Tasks, 'baseline' | 'needs'>> {
  readonly family: ModelFamily | null;
}

function classWay(
  classes: NonNullable<Teaching['classes']>,
  { baseline, needs, family }: Shared,
): Way {
  return wayOf({
    takes: rowsView,
    result: learner,
    needs,
    *run(input) {
      const { view } = input;
      const { features, labels, positiveClass, negativeClass, folds } = view;
      const own = classes(input);
      const { found, kept } = yield* evaluated(input, view, {
        learner: own,
        baseline: baseline(input, true),
        areClasses: true,
      });
      const data = { rows: rowsOf(view).length, features: [...features], positiveClass };
      const target = String(input.problem['target']);
      const told = { task: 'classes', target, classes: [negativeClass, positiveClass] } as const;
      return {
        result: { ...found, data, ...input.usage() },
        warnings: foldWarnings(labels, folds),
        model: trainedModel(
          view,
          { ...told, classes: [...told.classes] },
          { learner: own, family, fit: kept, found },
        ),
      };
    },
  });
}

function valueWay(
  values: NonNullable<Teaching['values']>,
  { baseline, needs, family }: Shared,
): Way {
  return wayOf({
    takes: valuesView,
    result: learner,
    needs,
    *run(input) {
      const { view } = input;
      const own = values(input);
      const { found, kept } = yield* evaluated(input, view, {
        learner: own,
        baseline: baseline(input, false),
        areClasses: false,
      });
      const told = { task: 'values', target: view.target, classes: null } as const;
      return {
        result: { ...found, data: dataOf(view), ...input.usage() },
        warnings: [],
        model: trainedModel(view, told, { learner: own, family, fit: kept, found }),
      };
    },
  });
}

function seriesWay(
  series: NonNullable<Teaching['series']>,
  { baseline, needs, family }: Shared,
): Way {
  return wayOf({
    takes: seriesView,
    result: forecast,
    needs,
    *run(input) {
      const { view } = input;
      const own = series(input, view);
      const { found: all, kept } = yield* evaluated(input, view, {
        learner: own,
        baseline: baseline(input, false),
        areClasses: false,
      });
      const { coefficients, intercept, ...found } = all;
      const told = { task: 'series', target: view.target, classes: null } as const;
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
        model: trainedModel(view, told, { learner: own, family, fit: kept, found: all }),
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
