import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Disposable, toDisposable } from '#shared/base/disposable.ts';
import { AppError } from '#shared/base/errors.ts';
import { codeOf } from './files.ts';
import { birthOf, isRunning, type ProcessMark } from './process-mark.ts';

const attempts = 50;

/**
 * Makes this process the owner of a library folder. A lock whose process is gone is taken over; one
 * that lives is refused with `locked`.
 */
export function lockLibrary(folder: string): Disposable {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (tryLock(path)) {
      return toDisposable(() => {
        // It is somebody else's by now where a person has removed it by hand.
        if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
      });
    }
    const holder = readHolder(path);
    if (holder !== null && isRunning(holder)) {
      throw new AppError(
        'locked',
        `The library in ${folder} is in use by process ${holder.pid}. Close that Ketbench, or use it through its window.`,
        { pid: holder.pid, folder },
      );
    }
    removeIfStale(path);
  }
  throw new AppError(
    'locked',
    `The library in ${folder} could not be locked: ${path} keeps changing.`,
  );
}

/** The lock appears with its content, by one rename or link: nobody ever sees it empty. */
function tryLock(path: string): boolean {
  const own = `${path}.${process.pid}-0.tmp`;
  const holder: ProcessMark = { pid: process.pid, born: birthOf(process.pid) };
  writeFileSync(own, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(own, path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    return lockWithoutLinks(path, holder, thrown);
  } finally {
    rmSync(own, { force: true });
  }
}

/** For file systems that have no links, e.g. on a stick. */
function lockWithoutLinks(path: string, holder: ProcessMark, reason: unknown): boolean {
  if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(reason) ?? '')) {
    throw reason;
  }
  try {
    writeFileSync(path, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/** Null where it is unreadable: damaged, for it never appears half written. */
function readHolder(path: string): ProcessMark | null {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProcessMark>;
    return typeof value.pid === 'number' ? { pid: value.pid, born: value.born ?? null } : null;
  } catch {
    return null;
  }
}

/**
 * Removes a lock whose process is gone. Only who holds the second lock may do that: between looking
 * and removing, another starter could otherwise have taken the first one over.
 */
function removeIfStale(path: string): void {
  const taking = `${path}.taking`;
  if (!tryLock(taking)) {
    const other = readHolder(taking);
    if (other === null || !isRunning(other)) rmSync(taking, { force: true });
    else pause();
    return;
  }
  try {
    const holder = readHolder(path);
    if (holder === null || !isRunning(holder)) rmSync(path, { force: true });
  } finally {
    rmSync(taking, { force: true });
  }
}

/** The other one is at it; it takes no longer than this. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
