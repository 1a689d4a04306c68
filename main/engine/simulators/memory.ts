import { AppError } from '#shared/base/errors.ts';

/** Refuses before anything is allocated; both numbers are named. */
export function requireMemory(needed: number, available: number, what: string): void {
  if (needed <= available) return;
  throw new AppError(
    'too-large',
    `${what} needs ${formatBytes(needed)} of memory; ${formatBytes(available)} is available.`,
    { neededBytes: needed, availableBytes: available },
  );
}

export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  // Beyond all units only the order of magnitude says anything: a state of 100 qubits, for one.
  if (bytes >= 1024 ** units.length) return `2^${Math.round(Math.log2(bytes))} bytes`;
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return power === 0 ? `${bytes} bytes` : `${value.toFixed(value < 10 ? 2 : 1)} ${units[power]}`;
}
