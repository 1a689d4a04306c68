import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Disposable } from '#shared/base/disposable.ts';
import { isDiskFault } from '#shared/base/system-errors.ts';
import type { Series } from '#shared/jobs/job.ts';
import { codeOf } from '../storage/files.ts';
import { thinSeries } from './thin-series.ts';

/** Points that wait to be written together. */
const gatheredPoints = 64;

interface Curve {
  readonly file: number;
  /** Bytes written. */
  size: number;
  waiting: number[];
}

/**
 * Writes the curves of a run: one file a metric with its points as pairs of little-endian float64
 * (x, y). A run that resumes tells its curves from the start, so the files begin anew with it.
 */
export class SeriesWriter implements Disposable {
  readonly #folder: string;
  readonly #curves = new Map<string, Curve>();

  constructor(folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  add(x: number, metrics: Readonly<Record<string, number>>): void {
    for (const [name, y] of Object.entries(metrics)) {
      const curve = this.#curveOf(name);
      curve.waiting.push(x, y);
      if (curve.waiting.length >= 2 * gatheredPoints) writeOut(curve);
    }
  }

  flush(): void {
    for (const curve of this.#curves.values()) writeOut(curve);
  }

  dispose(): void {
    for (const curve of this.#curves.values()) {
      writeOut(curve);
      closeSync(curve.file);
    }
    this.#curves.clear();
  }

  #curveOf(name: string): Curve {
    const known = this.#curves.get(name);
    if (known !== undefined) return known;
    const order = String(this.#curves.size).padStart(2, '0');
    const path = join(this.#folder, `${order}-${encodeURIComponent(name)}`);
    const curve: Curve = { file: openSync(path, 'w', 0o600), size: 0, waiting: [] };
    this.#curves.set(name, curve);
    return curve;
  }
}

/** Curves are for looking: where the disk has no room the points wait, and no job fails for them. */
function writeOut(curve: Curve): void {
  if (curve.waiting.length === 0) return;
  const bytes = new Uint8Array(Float64Array.from(curve.waiting).buffer);
  try {
    for (let written = 0; written < bytes.length; ) {
      const rest = bytes.length - written;
      written += writeSync(curve.file, bytes, written, rest, curve.size + written);
    }
  } catch (thrown) {
    if (isDiskFault(thrown)) return;
    throw thrown;
  }
  curve.size += bytes.length;
  curve.waiting = [];
}

/** The curves of a run in the order in which they first appeared, thinned to about `points` each. */
export function readSeries(folder: string, points: number): Series[] {
  let files: string[];
  try {
    files = readdirSync(folder).sort((a, b) => (a < b ? -1 : 1));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
  return files.map((file) => {
    const bytes = readFileSync(join(folder, file));
    // A pair that is being written at this moment is left out.
    const whole = bytes.byteLength - (bytes.byteLength % 16);
    const pairs = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole));
    const name = decodeURIComponent(file.slice(file.indexOf('-') + 1));
    return { name, total: pairs.length / 2, ...thinSeries(pairs, points) };
  });
}
