import type { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
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
  ) => RequestOutput<N> | Promise<RequestOutput<N>>;
};

/** The handlers whose names begin with this namespace. */
export type HandlersOf<Namespace extends string> = Pick<
  Handlers,
  Extract<RequestName, `${Namespace}.${string}`>
>;

/** Calls a handler by name with input of any origin; rejects with an AppError. */
export type Call = (name: string, input: unknown) => Promise<unknown>;

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

/** The one way in to the handlers, for every carrier, the command line and REST. */
export function createCall(handlers: Handlers): Call {
  return async (name, input) => {
    if (!isRequestName(name)) {
      throw new AppError('not-found', `There is no request “${name}”.`);
    }
    const parsed = requests[name].input.safeParse(input);
    if (!parsed.success) throw badInput(name, parsed.error);
    // The schema of this name has just made the input that the handler of this name takes.
    const handler = handlers[name] as (checked: unknown) => unknown;
    return handler(parsed.data);
  };
}

/** Every fault of an input at once, each with its path. */
export function badInput(what: string, error: z.ZodError): AppError {
  const errors = error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  const list = errors
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return new AppError('bad-input', `The input of ${what} was not accepted: ${list}.`, { errors });
}
