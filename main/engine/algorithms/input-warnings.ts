import type { Problem } from '#shared/jobs/problem.ts';
import type { JobFiles } from '../jobs/prepared.ts';
import { labelledData } from '../learning/labelled-data.ts';
import { binaryProblemOf } from './binary-problems.ts';
import { tableOfInput } from './input-files.ts';

/** What was left out, converted or guessed where the data of a problem was read; every algorithm says it. */
export function inputWarnings(problem: Problem, files: JobFiles): readonly string[] {
  const table = tableOfInput({ problem, files });
  if (table === null) return [];
  return problem.kind === 'classification'
    ? labelledData(problem, table).warnings
    : (binaryProblemOf(problem, table).warnings ?? []);
}
