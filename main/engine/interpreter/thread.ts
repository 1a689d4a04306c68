import type { CancelFlag } from '#shared/base/cancel.ts';
import type { Memory } from '#shared/qasm/semantics3/memory.ts';
import type { LiveStates } from '../simulators/live-states.ts';
import { mergeWays } from '../simulators/merge-ways.ts';
import type { QuantumRegister } from '../simulators/register.ts';

/** What comes after a step: the next one, or a jump. */
export type Outcome = 'next' | 'break' | 'continue' | 'return' | 'end';

/** One way in which the measurements so far may have gone. */
export interface Thread {
  readonly memory: Memory;
  /** Not normalised: its weight is the probability of this way. */
  readonly register: QuantumRegister;
}

/** Threads by what comes next for them. */
export interface Threads {
  readonly next: Thread[];
  readonly jumped: { readonly outcome: Exclude<Outcome, 'next'>; readonly threads: Thread[] }[];
}

export function going(next: Thread[]): Threads {
  return { next, jumped: [] };
}

/** Splits off those that jump in one of these ways; the rest of the jumps stay. */
export function takeJumps(
  threads: Threads,
  outcomes: readonly Outcome[],
): { readonly taken: Thread[]; readonly rest: Threads['jumped'] } {
  const taken: Thread[] = [];
  const rest: Threads['jumped'] = [];
  for (const jump of threads.jumped) {
    if (outcomes.includes(jump.outcome)) taken.push(...jump.threads);
    else rest.push(jump);
  }
  return { taken, rest };
}

/** Adds up threads that agree in memory and, up to global phase, in state. */
export function mergeThreads(threads: Thread[], live: LiveStates, cancel: CancelFlag): Thread[] {
  return mergeWays(threads, ({ memory }) => memory.key(), live, cancel);
}
