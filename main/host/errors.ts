import { type ErrorCode, asAppError } from '#shared/base/errors.ts';
import { unreachable } from '#shared/base/assert.ts';
import { type ErrorData, errorToData } from '#shared/ipc/wire.ts';

/** HTTP status of each error. */
export function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'bad-input':
    case 'too-large':
    case 'unsupported':
      return 400;
    case 'unauthorised':
      return 401;
    case 'budget':
    case 'limit':
      return 403;
    case 'not-found':
      return 404;
    case 'conflict':
    case 'locked':
    case 'cancelled':
      return 409;
    case 'corrupt':
    case 'internal':
      return 500;
    case 'vendor':
      return 502;
    case 'unavailable':
      return 503;
    case 'timeout':
      return 504;
    default:
      return unreachable(code);
  }
}

/** Status and body of a failure. */
export function failureOf(thrown: unknown): {
  readonly status: number;
  readonly body: { readonly error: ErrorData };
} {
  return { status: statusOf(asAppError(thrown).code), body: { error: errorToData(thrown) } };
}
