import { join } from 'node:path';
import { projectRoot } from '../project.ts';
import { Library } from './library.ts';
import type { Notify } from './stored-document.ts';

/** What reading the whole library once brought up. */
export interface LibraryReport {
  readonly folder: string;
  readonly documents: number;
  readonly dataSets: number;
  readonly jobs: number;
  readonly problems: readonly { readonly level: string; readonly text: string }[];
}

/** Opens a library, reads everything that its documents lead to, and closes it again. */
export async function checkLibrary(folder: string): Promise<LibraryReport> {
  const problems: { level: string; text: string }[] = [];
  const notify: Notify = (level, text) => problems.push({ level, text });
  const library = await Library.open(folder, join(projectRoot, 'assets'), notify);
  try {
    const sets = library.dataSets.list();
    for (const { id } of sets) {
      await library.dataSets.textOf(id).catch((thrown: unknown) => {
        notify('error', thrown instanceof Error ? thrown.message : String(thrown));
      });
    }
    return {
      folder,
      documents: library.documents.list().length,
      dataSets: sets.length,
      jobs: library.tables.jobs.size,
      problems,
    };
  } finally {
    await library.close();
  }
}
