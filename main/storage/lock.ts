import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Disposable, toDisposable } from '#shared/base/disposable.ts';
import { AppError } from '#shared/base/errors.ts';
import { codeOf } from './files.ts';

interface Holder {
  readonly pid: number;
  /** When the process began, as the system counts it: a pid alone may belong to another by now. */
  readonly born: string | null;
}

/**
 * Makes this process the owner of a library folder. A lock whose process is gone is taken over; one
 * that lives is refused with `locked`.
 */
export function lockLibrary(folder: string): Disposable {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < 5; attempt++) {
    if (tryLock(path)) return toDisposable(() => rmSync(path, { force: true }));
    const holder = readHolder(path);
    if (holder !== null && isAlive(holder)) {
      throw new AppError(
        'locked',
        `The library in ${folder} is in use by process ${holder.pid}. Close that Ketbench, or use it through its window.`,
        { pid: holder.pid, folder },
      );
    }
    removeIfStale(path, holder);
  }
  throw new AppError(
    'locked',
    `The library in ${folder} could not be locked: ${path} keeps changing.`,
  );
}

function tryLock(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
  const holder: Holder = { pid: process.pid, born: birthOf(process.pid) };
  writeSync(file, JSON.stringify(holder));
  closeSync(file);
  return true;
}

/** Null where it is unreadable: cut off in the moment of writing, so its process is gone. */
function readHolder(path: string): Holder | null {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof value.pid === 'number' ? { pid: value.pid, born: value.born ?? null } : null;
  } catch {
    return null;
  }
}

function removeIfStale(path: string, seen: Holder | null): void {
  // Another starter may have replaced it between reading and now; then it is not ours to remove.
  const now = readHolder(path);
  if (now?.pid !== seen?.pid || now?.born !== seen?.born) return;
  try {
    unlinkSync(path);
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (thrown) {
    // EPERM: it lives under another user.
    if (codeOf(thrown) !== 'EPERM') return false;
  }
  const born = birthOf(holder.pid);
  return born === null || holder.born === null || born === holder.born;
}

/** Start time of a process in clock ticks since boot (Linux); null where the system does not say. */
function birthOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; field 22 counts from the one after it.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
