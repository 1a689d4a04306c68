import { AppError } from '#shared/base/errors.ts';
import type { Problem } from '#shared/jobs/problem.ts';
import type { Table } from '#shared/jobs/table.ts';
import type { FileNeed } from '../jobs/prepared.ts';
import type { AlgorithmInput } from './algorithm.ts';

/** The files that a problem names. */
export function filesOfProblem(problem: Problem): FileNeed[] {
  switch (problem.kind) {
    case 'portfolio':
      return [{ name: problem.prices, kind: 'table' }];
    case 'classification':
      return [{ name: problem.data, kind: 'table' }];
    case 'circuit':
      return problem.file === undefined ? [] : [{ name: problem.file, kind: 'text' }];
    default:
      return [];
  }
}

/** The table of the problem; null where the problem names none. */
export function tableOfInput(input: Pick<AlgorithmInput, 'problem' | 'files'>): Table | null {
  const need = filesOfProblem(input.problem).find(({ kind }) => kind === 'table');
  if (need === undefined) return null;
  const file = input.files.get(need.name);
  if (file?.kind !== 'table')
    throw new AppError('not-found', `There is no data set “${need.name}”.`, { name: need.name });
  return file.table;
}
