import { AppError } from '#shared/base/errors.ts';
import type { Answer, AnswerOf, Ask, AskKind, AskOf } from './program.ts';

/** Asks, and hands back the answer with its type: `const { values } = yield* ask({kind: 'expectations', …})`. */
export function* ask<K extends AskKind>(
  question: { readonly kind: K } & AskOf<K>,
): Generator<Ask, AnswerOf<K>, Answer> {
  const answer = yield question as AskOf<K>;
  if (answer.kind === question.kind) return answer as AnswerOf<K>;
  throw new AppError('internal', `Asked for ${question.kind}, but ${answer.kind} came.`);
}
