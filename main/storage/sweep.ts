import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryName } from './files.ts';
import type { Notify } from './stored-document.ts';

/** Removed documents can be put back for so long, and so many of them. */
const keptMs = 7 * 24 * 60 * 60 * 1000;
const keptCount = 100;

/** What of a library is wanted; what lies beside it was left by processes that were killed. */
export interface Wanted {
  /** Hashes of imported data sets; null where the list is not whole, so that nothing is removed. */
  readonly dataHashes: ReadonlySet<string> | null;
  /** Checksums of trained models. */
  readonly modelHashes: ReadonlySet<string> | null;
  readonly jobIds: ReadonlySet<string> | null;
  readonly benchmarkIds: ReadonlySet<string> | null;
  /** Their folders may hold an unfinished write. */
  readonly unfinishedJobs: readonly string[];
}

/**
 * Removes what nobody wants: unfinished writes, files of data sets and folders of jobs and benchmarks
 * that no table names, documents that were removed long ago. Only the owner of a library may do this.
 */
export function sweepLibrary(folder: string, wanted: Wanted, now: Date, notify: Notify): void {
  try {
    const tables = namesIn(join(folder, 'tables')).map((name) => join(folder, 'tables', name));
    const jobs = wanted.unfinishedJobs.map((id) => join(folder, 'jobs', id));
    for (const one of [
      folder,
      join(folder, 'documents'),
      join(folder, 'data'),
      join(folder, 'data', 'index'),
      join(folder, 'models'),
      ...tables,
      ...jobs,
    ]) {
      removeIn(one, (name) => temporaryName.test(name));
    }
    sweepRemoved(join(folder, 'documents'), now);
    const { dataHashes, modelHashes, jobIds, benchmarkIds } = wanted;
    if (dataHashes !== null) {
      removeIn(join(folder, 'data'), (name) => {
        const hash = /^([0-9a-f]{64})\.csv$/.exec(name)?.[1];
        return hash !== undefined && !dataHashes.has(hash);
      });
    }
    if (modelHashes !== null) {
      removeIn(join(folder, 'models'), (name) => {
        const hash = /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
        return hash !== undefined && !modelHashes.has(hash);
      });
    }
    for (const [part, ids] of [
      ['jobs', jobIds],
      ['benchmarks', benchmarkIds],
    ] as const) {
      if (ids !== null) removeIn(join(folder, part), (name) => isId(name) && !ids.has(name));
    }
  } catch (thrown) {
    // A disk that refuses keeps nobody out: it is tried again at the next start.
    notify('warning', `What earlier processes left could not be removed: ${String(thrown)}`);
  }
}

export function isId(name: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);
}

function sweepRemoved(folder: string, now: Date): void {
  const removed = namesIn(folder)
    .filter((name) => name.endsWith('.json.removed'))
    // Renaming changes this time, and writing the text does not any more.
    .map((name) => ({ name, at: statSync(join(folder, name)).ctimeMs }))
    .sort((a, b) => b.at - a.at);
  removed.forEach(({ name, at }, i) => {
    if (i >= keptCount || now.getTime() - at > keptMs) rmSync(join(folder, name), { force: true });
  });
}

function removeIn(folder: string, isUnwanted: (name: string) => boolean): void {
  for (const name of namesIn(folder)) {
    if (isUnwanted(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Names in a folder; none where it is not there or is a file. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
