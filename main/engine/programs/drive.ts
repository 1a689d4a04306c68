import { AppError } from '#shared/base/errors.ts';
import type { Answer, AnswerContext, Answerer, Ask, Program } from './program.ts';

/** Sees each ask before it is answered and may answer it itself (a log that replays). */
export interface DriveHooks {
  /** The recorded answer of this ask, or null where it must be asked. */
  readonly recall?: (ask: Ask, index: number) => Answer | null;
  readonly answered?: (ask: Ask, answer: Answer, index: number) => void;
  /** Number of the first ask; 0 where left out. */
  readonly first?: number;
  /** Called between asks; resolves when the run may go on (pause). */
  readonly between?: () => Promise<void> | undefined;
}

/**
 * Runs a program to its end against an answerer. Cancelling ends the program through its `finally`
 * blocks and rejects with `cancelled`.
 */
export async function drive<T>(
  program: Program<T>,
  answerer: Answerer,
  context: Omit<AnswerContext, 'askIndex'>,
  hooks: DriveHooks = {},
): Promise<T> {
  let index = hooks.first ?? 0;
  try {
    let step = program.next({ kind: 'done' });
    while (step.done !== true) {
      if (context.cancel.isCancelled) throw new AppError('cancelled', 'The work was cancelled.');
      const pause = hooks.between?.();
      if (pause !== undefined) await pause;
      const ask = step.value;
      const recalled = hooks.recall?.(ask, index) ?? null;
      const given = recalled ?? answerer.answer(ask, { ...context, askIndex: index });
      const answer = given instanceof Promise ? await given : given;
      if (recalled === null) hooks.answered?.(ask, answer, index);
      index++;
      step = program.next(answer);
    }
    return step.value;
  } finally {
    program.return(undefined as never);
  }
}

/** `drive` for answerers that never wait, e.g. in tests of a program's mathematics. */
export function driveNow<T>(
  program: Program<T>,
  answerer: Answerer,
  context: Omit<AnswerContext, 'askIndex'>,
): T {
  let index = 0;
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const answer = answerer.answer(step.value, { ...context, askIndex: index++ });
    if (answer instanceof Promise) {
      throw new AppError('internal', 'This answerer waits; use drive instead of driveNow.');
    }
    step = program.next(answer);
  }
  return step.value;
}
