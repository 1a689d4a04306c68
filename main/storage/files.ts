import { existsSync } from 'node:fs';
import { copyFile, open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file system’s own error code, e.g. ENOENT. */
export function codeOf(thrown: unknown): string | undefined {
  return (thrown as NodeJS.ErrnoException | null)?.code;
}

/**
 * Replaces a file so that at every moment either the old or the new text is there in full, also
 * after a power cut. The old text stays beside it as `.bak` where `backup` is set.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  options: { readonly backup?: boolean; readonly mode?: number } = {},
): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w', options.mode ?? 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  if (options.backup === true && existsSync(path)) {
    // A copy under another name first, so that a crash never leaves half a backup.
    await copyFile(path, `${path}.bak.tmp`);
    await rename(`${path}.bak.tmp`, `${path}.bak`);
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
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
