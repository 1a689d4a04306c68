import type { z } from 'zod';
import { AppError, asAppError } from '#shared/base/errors.ts';
import { deepestNesting, isNestedDeeper } from '#shared/base/nesting.ts';
import {
  type RequestName,
  type RequestOutput,
  type RequestParsed,
  requests,
} from '#shared/ipc/contract.ts';

/** One handler a request; its input has been checked and completed by the request's schema. */
export type Handlers = {
  readonly [N in RequestName]: (
    input: RequestParsed<N>,
    /** Aborted where nobody waits for the answer any more. */
    signal: AbortSignal,
  ) => RequestOutput<N> | Promise<RequestOutput<N>>;
};

/** The handlers whose names begin with this namespace. */
export type HandlersOf<Namespace extends string> = Pick<
  Handlers,
  Extract<RequestName, `${Namespace}.${string}`>
>;

/** Calls a handler by name with input of any origin; rejects with an AppError. */
export type Call = (name: string, input: unknown, signal?: AbortSignal) => Promise<unknown>;

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

/** The one way in to the handlers, for every carrier, the command line and REST. */
export function createCall(handlers: Handlers): Call {
  return async (name, input, signal = new AbortController().signal) => {
    if (!isRequestName(name)) {
      throw new AppError('not-found', `There is no request “${name}”.`);
    }
    if (isNestedDeeper(input)) {
      const message = `The input of ${name} is nested more than ${deepestNesting} deep.`;
      throw new AppError('bad-input', message, { deepest: deepestNesting });
    }
    const parsed = requests[name].input.safeParse(input);
    if (!parsed.success) throw badInput(asked[name] ?? 'request', parsed.error, 'spec.');
    // The schema of this name has just made the input that the handler of this name takes.
    const handler = handlers[name] as (checked: unknown, signal: AbortSignal) => unknown;
    try {
      return await handler(parsed.data, signal);
    } catch (thrown) {
      throw asAppError(thrown);
    }
  };
}

/** What people call the inputs that they write themselves. */
const asked: Readonly<Partial<Record<RequestName, string>>> = {
  'benchmarks.run': 'benchmark spec',
  'jobs.submit': 'job spec',
  'jobs.validate': 'job spec',
};

/** Every fault of an input at once, each with its path; `inside` is what all paths begin with. */
export function badInput(what: string, error: z.ZodError, inside = ''): AppError {
  const errors = error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return {
      path: path.startsWith(inside) ? path.slice(inside.length) : path,
      message: issue.message,
    };
  });
  const list = errors
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return new AppError('bad-input', `The ${what} was not accepted: ${list}.`, { errors });
}
