import { systemFault } from './system-errors.ts';

/** Every way in which Ketbench can refuse or fail. Closed, so that each carrier can map all of them. */
export const errorCodes = [
  'bad-input',
  'not-found',
  'too-large',
  'unsupported',
  'budget',
  'limit',
  'cancelled',
  'conflict',
  'unauthorised',
  'locked',
  'corrupt',
  'unavailable',
  'timeout',
  'vendor',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Plain data that explains an error; never a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error class. `message` says what was expected, what came and what to do; `details` holds
 * the values for programs. Crosses carriers as plain data (shared/ipc/wire.ts).
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && (errorCodes as readonly string[]).includes(value);
}

/**
 * Any thrown value as an AppError. What the system refused (a full disk, a missing file) is told as
 * what to do, without paths; what is left becomes `internal`.
 */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const fault = systemFault(thrown);
  if (fault !== null)
    return new AppError(fault.code, fault.message, { reason: fault.reason }, thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('internal', message, {}, thrown);
}

/** Exit status of the command line for an error (CONTRACT §1). */
export function exitCodeOf(code: ErrorCode): 1 | 2 | 3 | 130 {
  switch (code) {
    case 'bad-input':
    case 'not-found':
    case 'too-large':
    case 'unsupported':
      return 2;
    case 'budget':
    case 'limit':
      return 3;
    case 'cancelled':
      return 130;
    default:
      return 1;
  }
}
