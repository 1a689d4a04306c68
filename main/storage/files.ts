import { constants } from 'node:fs';
import { copyFile, type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file system’s own error code, e.g. ENOENT. */
export function codeOf(thrown: unknown): string | undefined {
  return (thrown as NodeJS.ErrnoException | null)?.code;
}

/** The last work on each file that is being worked on. */
const turns = new Map<string, Promise<unknown>>();

/** Does work on a file, or on a folder as a whole, after all that was begun on it before. */
export async function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(path) ?? Promise.resolve();
  const mine = before.then(work, work);
  const over = mine.then(
    () => undefined,
    () => undefined,
  );
  turns.set(path, over);
  void over.then(() => {
    if (turns.get(path) === over) turns.delete(path);
  });
  return mine;
}

interface WriteOptions {
  readonly backup?: boolean;
  readonly mode?: number;
}

/** What unfinished writes are called; swept when the library is opened. */
export const temporaryName = /\.(\d+-\d+\.)?tmp$/;
let count = 0;

function temporaryOf(path: string): string {
  return `${path}.${process.pid}-${++count}.tmp`;
}

/**
 * Replaces a file so that at every moment either the old or the new text is there in full, also
 * after a power cut. The old text stays beside it as `.bak` where `backup` is set. Writes of one file
 * happen one after the other.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  return inTurn(path, () => replaceDurably(path, content, options));
}

/** The same for who has the turn of this file already. */
export async function replaceDurably(
  path: string,
  content: string | Uint8Array,
  { backup = false, mode = 0o600 }: WriteOptions = {},
): Promise<void> {
  const temporary = temporaryOf(path);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (backup) await keepBackup(path);
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
  await syncFolder(dirname(path));
}

/** A second name for the old text: files are only ever replaced, so it stays as it is. */
async function keepBackup(path: string): Promise<void> {
  const temporary = temporaryOf(`${path}.bak`);
  try {
    await link(path, temporary).catch(async (thrown: unknown) => {
      if (codeOf(thrown) === 'ENOENT') throw thrown;
      // A file system without links.
      await copyFile(path, temporary, constants.COPYFILE_EXCL);
    });
    await rename(temporary, `${path}.bak`);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    // Nothing to back up yet; or a folder stands in the way, which is not ours to remove.
    if (!['ENOENT', 'EISDIR', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(thrown) ?? '')) throw thrown;
  }
}

/** Makes a rename in this folder last. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (thrown) {
    // Windows cannot open a folder; its file system orders renames itself.
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL'].includes(codeOf(thrown) ?? '')) throw thrown;
  } finally {
    await handle?.close();
  }
}
