import { AppError } from '#shared/base/errors.ts';
import { requests, type RequestName } from '#shared/ipc/contract.ts';
import type { Handlers } from '../call.ts';

/** Says of every request without a handler that this build cannot do it. */
export function withRefusals(handlers: Partial<Handlers>): Handlers {
  const refusals = Object.keys(requests).map((name) => [
    name,
    () => {
      throw new AppError('unsupported', `This build does not answer “${name}” yet.`);
    },
  ]);
  return { ...Object.fromEntries(refusals), ...handlers } as Record<RequestName, never> as Handlers;
}
