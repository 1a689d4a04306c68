import { AppError, type ErrorDetails } from './errors.ts';

/** Stops on what should not happen. For bad input that a person can mend, return diagnostics instead. */
export function assert(
  condition: unknown,
  what: string,
  details: ErrorDetails = {},
): asserts condition {
  if (!condition) throw new AppError('internal', `Broken invariant: ${what}`, details);
}

/** Ends an exhaustive switch: a new member of the union stops compiling here. */
export function unreachable(value: never): never {
  throw new AppError('internal', `Unhandled case ${JSON.stringify(value)}`);
}

/** The value, or a broken invariant where it is missing. */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, what);
  return value;
}
