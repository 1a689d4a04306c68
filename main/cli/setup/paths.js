import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder: everything that set-up touches lies below it. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** What set-up makes for itself and may be deleted at any time. */
export const cacheFolder = join(root, '.cache');

/** Progress of set-up goes to stderr, so that stdout stays what a command prints. */
export function tell(line) {
  process.stderr.write(`${line}\n`);
}
