import type { ErrorCode } from './errors.ts';

/** What the operating system refuses, and what a person can do about it. */
const faults: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: [
    'unavailable',
    'The disk is full. Free some space and try again; what was saved before is whole.',
  ],
  EDQUOT: ['unavailable', 'Your quota of disk space is used up. Free some space and try again.'],
  EROFS: [
    'unavailable',
    'The disk is read-only. Make it writable, or name another library folder in KETBENCH_HOME.',
  ],
  EACCES: [
    'unavailable',
    'The system does not allow this file to be used. Check its owner and permissions.',
  ],
  EPERM: [
    'unavailable',
    'The system does not allow this file to be used. Check its owner and permissions.',
  ],
  EIO: ['unavailable', 'The disk reports a fault. Check it, and copy the library elsewhere.'],
  EMFILE: [
    'unavailable',
    'Too many files are open. Close some programs, or raise the limit of open files.',
  ],
  ENFILE: [
    'unavailable',
    'Too many files are open. Close some programs, or raise the limit of open files.',
  ],
  ENOMEM: ['too-large', 'The system has no memory left for this.'],
  ENOENT: [
    'not-found',
    'A file that should be there is not. “ketbench library check” says what is missing.',
  ],
  ENOTDIR: ['not-found', 'A folder is expected where a file is.'],
  EISDIR: ['bad-input', 'A file is expected where a folder is.'],
  ENAMETOOLONG: ['bad-input', 'The name is too long for this disk.'],
  EFBIG: ['too-large', 'The file would be larger than this disk allows.'],
};

/** Faults of a disk that may be over in a moment, with nothing wrong in what was written. */
const passing = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'EACCES',
  'EPERM',
]);

/** The system's code of a thrown value, e.g. ENOSPC; undefined where it has none of these. */
export function systemCodeOf(thrown: unknown): string | undefined {
  const code = (thrown as { readonly code?: unknown } | null)?.code;
  const known = typeof code === 'string' && Object.hasOwn(faults, code);
  return known && thrown instanceof Error ? code : undefined;
}

/** What to tell of a fault of the system; null where it is none of these. */
export function systemFault(
  thrown: unknown,
): { readonly code: ErrorCode; readonly message: string; readonly reason: string } | null {
  const reason = systemCodeOf(thrown);
  const fault = reason === undefined ? undefined : faults[reason];
  if (reason === undefined || fault === undefined) return null;
  return { code: fault[0], message: fault[1], reason };
}

/** Whether what failed is worth another try when the disk has changed; of errors told as ours, too. */
export function isDiskFault(thrown: unknown): boolean {
  const told = (thrown as { readonly details?: { readonly reason?: unknown } } | null)?.details
    ?.reason;
  const reason = systemCodeOf(thrown) ?? (typeof told === 'string' ? told : '');
  return passing.has(reason);
}
