import { AppError } from '../../base/errors.ts';
import type { Table } from '../../data/table.ts';
import type { ProblemFiles } from '../view.ts';

/** The table that a problem names. */
export function namedTable(name: string, files: ProblemFiles): Table {
  const file = files.get(name);
  if (file?.kind === 'table') return file.table;
  throw new AppError('not-found', `There is no data set “${name}”.`, { name });
}
