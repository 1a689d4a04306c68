import { Buffer } from 'node:buffer';
import { unzipSync } from 'fflate';
import { AppError } from '#shared/base/errors.ts';
import { jobPath, manifestName, packed } from './formats/bundle.ts';
import { sha256 } from './formats/bundle-parts.ts';

/** A bundle that is as it was made. */
export interface Bundle {
  readonly kind: 'job' | 'benchmark';
  readonly id: string;
  readonly data: readonly {
    readonly id: string;
    readonly sha256: string;
    readonly isCopied: boolean;
  }[];
  /** Specs and results of its runs, in order. */
  readonly runs: readonly BundledRun[];
  text(path: string): string;
}

export interface BundledRun {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly result: unknown;
  readonly status: string;
}

/** Beyond it no bundle is unpacked. */
const mostBytes = 1 << 30;

/** Unpacks a bundle and finds whatever was altered in it: `corrupt` with every file that is not as it was made. */
export function readBundle(bytes: Uint8Array): Bundle {
  const files = unpacked(bytes);
  const manifest = files.get(manifestName);
  if (manifest === undefined) throw damaged([`It has no ${manifestName}: it is no bundle.`]);
  const faults = faultsIn(files, manifest);
  if (faults.length > 0) throw damaged(faults);
  const named = namesIn(manifest);
  const again = packed(
    named.map(([, path]) => ({ path, bytes: files.get(path) ?? new Uint8Array() })),
  );
  // Dates and the like in the container, which no hash of a file covers.
  if (Buffer.compare(again, bytes) !== 0) {
    throw damaged(['Its files are whole, but the archive around them was altered.']);
  }
  const text = (path: string): string => {
    const found = files.get(path);
    if (found === undefined) throw damaged([`${path} is missing.`]);
    return new TextDecoder().decode(found);
  };
  return described(text);
}

function described(text: (path: string) => string): Bundle {
  const head = JSON.parse(text('bundle.json')) as Pick<Bundle, 'kind' | 'id' | 'data'> & {
    readonly format: string;
    readonly version: number;
    readonly jobs: number;
  };
  if (head.format !== 'ketbench-bundle' || head.version !== 1) {
    throw new AppError('unsupported', 'This bundle is of a newer Ketbench: verify it with that.');
  }
  const paths =
    head.kind === 'job'
      ? ['document.json']
      : Array.from({ length: head.jobs }, (_, k) => jobPath(k));
  const runs = paths.map((path): BundledRun => {
    const document = JSON.parse(text(path)) as {
      readonly status: string;
      readonly result: unknown;
      readonly provenance: { readonly spec: Record<string, unknown> };
    };
    const { spec } = document.provenance;
    return {
      name: typeof spec['name'] === 'string' ? spec['name'] : path,
      spec,
      result: document.result,
      status: document.status,
    };
  });
  return { ...head, runs, text };
}

function unpacked(bytes: Uint8Array): Map<string, Uint8Array> {
  let sum = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        sum += originalSize;
        if (sum > mostBytes) throw new AppError('too-large', tooLarge, { available: mostBytes });
        if (/^([/\\]|[a-z]:)/i.test(name) || name.split(/[/\\]/).includes('..')) {
          throw damaged([`It names a file outside itself: ${name}`]);
        }
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw damaged(brokenIn(bytes, (thrown as Error).message));
  }
}

/** Which files of an archive cannot be unpacked. */
function brokenIn(bytes: Uint8Array, message: string): string[] {
  const names: string[] = [];
  try {
    unzipSync(bytes, { filter: ({ name }) => names.push(name) < 0 });
  } catch {
    return [`It cannot be unpacked: ${message}.`];
  }
  return names.flatMap((name) => {
    try {
      unzipSync(bytes, { filter: (one) => one.name === name });
      return [];
    } catch {
      return [`${name} cannot be unpacked.`];
    }
  });
}

const tooLarge = 'This archive unpacks to more than 1 GiB, which no bundle does.';

function namesIn(manifest: Uint8Array): [hash: string, path: string][] {
  return new TextDecoder()
    .decode(manifest)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, 64), line.slice(66)]);
}

function faultsIn(files: ReadonlyMap<string, Uint8Array>, manifest: Uint8Array): string[] {
  const named = new Map(namesIn(manifest).map(([hash, path]) => [path, hash]));
  const altered = [...named].flatMap(([path, hash]) => {
    const found = files.get(path);
    if (found === undefined) return [`${path} is missing.`];
    return sha256(found) === hash ? [] : [`${path} was altered.`];
  });
  const added = [...files.keys()].filter((path) => path !== manifestName && !named.has(path));
  return [...altered, ...added.map((path) => `${path} is not in the manifest.`)];
}

function damaged(faults: readonly string[]): AppError {
  return new AppError('bad-input', `The bundle is damaged or was altered: ${faults.join(' ')}`, {
    faults,
  });
}

export interface Difference {
  readonly run: string;
  /** "best.value"; empty for the whole. */
  readonly path: string;
  readonly was: unknown;
  readonly is: unknown;
}

/** Results of another machine may differ in the last digits. */
export const tolerance = 1e-9;

export interface Compared {
  readonly identical: boolean;
  /** What differs by more than the tolerance. */
  readonly differences: readonly Omit<Difference, 'run'>[];
}

/** Two results as plain JSON, number by number. */
export function compared(was: unknown, is: unknown, path = ''): Compared {
  if (Object.is(was, is)) return { identical: true, differences: [] };
  if (typeof was === 'number' && typeof is === 'number') {
    const isNear = Math.abs(was - is) <= tolerance * Math.max(1, Math.abs(was), Math.abs(is));
    return { identical: false, differences: isNear ? [] : [{ path, was, is }] };
  }
  const areObjects =
    typeof was === 'object' && typeof is === 'object' && was !== null && is !== null;
  if (!areObjects || Array.isArray(was) !== Array.isArray(is)) {
    return { identical: false, differences: [{ path, was: was ?? null, is: is ?? null }] };
  }
  const [a, b] = [was as Record<string, unknown>, is as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const parts = keys.map((key) => compared(a[key], b[key], path === '' ? key : `${path}.${key}`));
  return {
    identical: parts.every(({ identical }) => identical),
    differences: parts.flatMap(({ differences }) => differences),
  };
}
