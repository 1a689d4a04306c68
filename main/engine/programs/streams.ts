import { type Rng, rngOf } from '#shared/base/rng.ts';
import {
  type AnswerContext,
  isTold,
  type Program,
  type Question,
  type RunsAsk,
} from './program.ts';

/**
 * The program with the random stream of everything that it asks named by what is asked: the circuit's key
 * and how many questions about it came before. What is rewritten on the way down keeps the name.
 */
export function* nameStreams<T>(program: Program<T>): Program<T> {
  const asked = new Map<string, number>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    if (isTold(ask)) step = program.next(yield ask);
    else {
      const before = asked.get(ask.key) ?? 0;
      asked.set(ask.key, before + 1);
      step = program.next(yield { ...ask, stream: `${ask.key} ${before}` });
    }
  }
  return step.value;
}

/** The name of something that is asked in place of `ask`. */
export function under(ask: Question | RunsAsk, part: string): { readonly stream?: string } {
  return ask.stream === undefined ? {} : { stream: `${ask.stream} ${part}` };
}

/**
 * The random numbers of one part of an answer, by the ask's stream; by its place where it has no name. `path` is
 * the row and, where there are bases, the basis.
 */
export function rngFor(
  ask: Question | RunsAsk,
  { seed, askIndex }: Pick<AnswerContext, 'seed' | 'askIndex'>,
  ...path: readonly number[]
): Rng {
  const whole = path.map((place, k) => place + (ask.from?.[k] ?? 0));
  return ask.stream === undefined
    ? rngOf(seed, askIndex, ...whole)
    : rngOf(seed, ...wordsOf(ask.stream), ...whole);
}

/** A name as numbers of a path. */
function wordsOf(name: string): number[] {
  return Array.from(name, (letter) => letter.codePointAt(0) as number);
}
