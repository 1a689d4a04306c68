import { AppError } from '../../base/errors.ts';
import { rngOf, shuffled } from '../../base/rng.ts';
import { notesOn, type Table } from '../../data/table.ts';
import type { ProblemFiles, Seen } from '../view.ts';
import type { LabelledRows } from '../views/rows.ts';
import { foldsOf } from './folds.ts';
import type { Step } from './preprocessing.ts';
import type { Split } from './split.ts';
import { chosenColumns, featureRows } from './training-rows.ts';

interface Wanted {
  readonly target: string;
  readonly features?: readonly string[] | undefined;
  readonly sampleSize?: number | undefined;
  readonly positiveClass?: string | undefined;
  readonly preprocessing?: readonly Step[] | undefined;
  readonly split: Split;
}

/** Columns, rows and folds of a classification problem; rows with a missing value are left out and counted. */
export function labelledRows(
  problem: Wanted,
  table: Table,
  files: ProblemFiles,
): Seen<LabelledRows> {
  const chosen = chosenColumns(problem, table);
  const { features, complete } = chosen;
  const classAt = (r: number): string => table.rows[r]?.[chosen.target] ?? '';
  const classes = [...new Set(complete.map(classAt))].sort();
  if (classes.length !== 2) {
    throw new AppError(
      'bad-input',
      `Column “${problem.target}” must hold two classes; it holds ${classes.length} (${classes.slice(0, 6).join(', ')}).`,
      { path: 'problem.target', classes: classes.slice(0, 20) },
    );
  }
  const named = problem.positiveClass ?? (classes[1] as string);
  // A number may be written in other digits than in the file.
  const positiveClass =
    classes.find((one) => one === named) ??
    classes.find((one) => named.trim() !== '' && Number(one) === Number(named));
  if (positiveClass === undefined) {
    throw new AppError(
      'bad-input',
      `“${named}” is no class of “${problem.target}”; its classes are ${classes.join(' and ')}.`,
      { path: 'problem.positiveClass' },
    );
  }
  const isPositive = (r: number): number => (classAt(r) === positiveClass ? 1 : 0);
  const used =
    problem.sampleSize === undefined
      ? complete
      : stratifiedSample(complete, isPositive, problem.sampleSize, problem.split.seed ?? 0);
  for (const kind of [0, 1]) {
    if (used.some((r) => isPositive(r) === kind)) continue;
    throw new AppError(
      'bad-input',
      `A sample of ${problem.sampleSize} rows has none of a rare class of “${problem.target}”; use more rows.`,
      { path: 'problem.sampleSize' },
    );
  }
  const { rows, words, warnings } = featureRows(table, chosen, used);
  const labels = used.map(isPositive);
  const folds = foldsOf({ table, used, labels }, problem.split, files);
  return {
    value: {
      features,
      rows,
      words,
      labels,
      positiveClass,
      negativeClass: classes.find((one) => one !== positiveClass) as string,
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

/** `size` rows with the classes in the proportion of the whole, in ascending order. */
function stratifiedSample(
  rows: readonly number[],
  label: (row: number) => number,
  size: number,
  seed: number,
): readonly number[] {
  if (size >= rows.length) return rows;
  const rng = rngOf(seed, 301);
  const positives = rows.filter((r) => label(r) === 1);
  const negatives = rows.filter((r) => label(r) === 0);
  const wanted = Math.round((size * positives.length) / rows.length);
  return [
    ...shuffled(positives, rng).slice(0, wanted),
    ...shuffled(negatives, rng).slice(0, size - wanted),
  ].sort((a, b) => a - b);
}
