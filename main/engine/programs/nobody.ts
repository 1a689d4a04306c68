import { AppError } from '#shared/base/errors.ts';
import { type Answerer, done, isTold } from './program.ts';

/** Hears what a classical program tells; it has no question that anybody would have to answer. */
export const nobody: Answerer = {
  answer(ask) {
    if (isTold(ask)) return done;
    throw new AppError('internal', `A classical program asked for ${ask.kind}.`);
  },
  dispose: () => undefined,
};
