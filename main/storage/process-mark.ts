import { readFileSync } from 'node:fs';
import { codeOf } from './files.ts';

/** A process, told apart from a later one that has the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** When it began, as the system counts it; null where the system does not say. */
  readonly born: string | null;
}

/** Whether that very process still runs. One that ended and waits for its parent does not. */
export function isRunning({ pid, born }: ProcessMark): boolean {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: it lives under another user.
    if (codeOf(thrown) !== 'EPERM') return false;
  }
  const stat = statOf(pid);
  if (stat === null) return true;
  return stat.state !== 'Z' && stat.state !== 'X' && (born === null || born === stat.born);
}

/** Start time of a process in clock ticks since boot (Linux); null where the system does not say. */
export function birthOf(pid: number): string | null {
  return statOf(pid)?.born ?? null;
}

function statOf(pid: number): { readonly state: string; readonly born: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; the state is the first field after it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', born: fields[19] ?? '' };
  } catch {
    return null;
  }
}
