import { AppError } from '../../base/errors.ts';
import { rngOf, shuffled } from '../../base/rng.ts';
import { notesOn, type Table } from '../../data/table.ts';
import type { ProblemFiles, Seen } from '../view.ts';
import type { ValuedRows } from '../views/values.ts';
import { foldsOf } from './folds.ts';
import type { Step } from './preprocessing.ts';
import { targetNumbers } from './features.ts';
import type { Split } from './split.ts';
import { chosenColumns, featureRows } from './training-rows.ts';

interface Wanted {
  readonly target: string;
  readonly features?: readonly string[] | undefined;
  readonly sampleSize?: number | undefined;
  readonly preprocessing?: readonly Step[] | undefined;
  readonly split: Split;
}

/** Columns, rows and folds of a regression; rows with a missing value are left out and counted. */
export function valuedRows(problem: Wanted, table: Table, files: ProblemFiles): Seen<ValuedRows> {
  const chosen = chosenColumns(problem, table);
  const { features, complete } = chosen;
  const size = problem.sampleSize ?? complete.length;
  const rng = rngOf(problem.split.seed ?? 0, 301);
  const used =
    size >= complete.length
      ? complete
      : shuffled(complete, rng)
          .slice(0, size)
          .sort((a, b) => a - b);
  const labels = [...targetNumbers(table, problem.target, used)];
  if (labels.every((value) => value === labels[0])) {
    throw new AppError(
      'bad-input',
      `The value never changes in “${problem.target}”, so there is nothing to learn.`,
      { path: 'problem.target' },
    );
  }
  const { rows, words, warnings } = featureRows(table, chosen, used);
  const folds = foldsOf({ table, used, labels: null }, problem.split, files);
  return {
    value: {
      features,
      rows,
      words,
      labels,
      target: problem.target,
      used,
      folds: folds.value,
      preprocessing: problem.preprocessing ?? null,
    },
    warnings: [
      ...chosen.warnings,
      ...warnings,
      ...notesOn(table, new Set([problem.target, ...features])),
      ...folds.warnings,
    ],
  };
}
