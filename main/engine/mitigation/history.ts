import type { AnswerOf, Estimates, MitigationStep } from '../programs/program.ts';

/** The values of an answer alone. */
export function estimatesOf({ values, stderrs }: Estimates): Estimates {
  return { values, stderrs };
}

/** What a technique answers: its own values, behind them what the backend gave and every step so far. */
export function afterStep(
  below: AnswerOf<'expectations'>,
  step: MitigationStep,
): AnswerOf<'expectations'> {
  const before = below.history ?? { raw: below, steps: [] };
  return {
    kind: 'expectations',
    ...estimatesOf(step),
    history: { raw: estimatesOf(before.raw), steps: [...before.steps, step] },
  };
}
