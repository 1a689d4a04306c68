import type { FileNeed } from '#engine/jobs/prepared.ts';
import type { DataReading } from '#shared/data/data-set.ts';

/** How a file that is needed is read: a model is text. */
export function rawKindOf({ kind }: FileNeed): RawFile['kind'] {
  return kind === 'table' ? 'table' : 'text';
}

/** A file or data set as it was read; a job's thread takes a table apart. */
export interface RawFile {
  readonly kind: 'text' | 'table';
  readonly text: string;
  /** SHA-256 of the text. */
  readonly hash: string;
  /** How the user said that a table is to be read. */
  readonly reading?: DataReading | undefined;
}
