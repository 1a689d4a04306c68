import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import { exampleSchema } from '#shared/ipc/library.ts';

const indexSchema = z.array(exampleSchema.extend({ file: z.string() }));
type IndexEntry = z.infer<typeof indexSchema>[number];

/** The examples that come with Ketbench: assets/examples and its index. */
export class Examples {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  list(): z.infer<typeof exampleSchema>[] {
    return this.#index().map(({ id, kind, title, summary }) => ({ id, kind, title, summary }));
  }

  read(id: string): { readonly name: string; readonly text: string } {
    const entry = this.#index().find((candidate) => candidate.id === id);
    if (entry === undefined)
      throw new AppError('not-found', `There is no example “${id}”.`, { id });
    const text = readFileSync(join(this.#folder, entry.file), 'utf8');
    // On the command line paths count from the spec's folder; in the window from the library.
    return { name: entry.title, text: text.replaceAll('"../data/', '"data/') };
  }

  #index(): readonly IndexEntry[] {
    const path = join(this.#folder, 'index.json');
    return existsSync(path) ? indexSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
  }
}
