import { AppError } from '#shared/base/errors.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';

/** Refuses before anything is allocated; both numbers are named. */
export function requireMemory(needed: number, available: number, what: string): void {
  if (needed <= available) return;
  throw new AppError(
    'too-large',
    `${what} needs ${formatBytes(needed)} of memory; ${formatBytes(available)} is available.`,
    { neededBytes: needed, availableBytes: available },
  );
}
