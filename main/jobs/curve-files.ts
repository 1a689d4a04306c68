import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Disposable } from '#shared/base/disposable.ts';
import { isDiskFault } from '#shared/base/system-errors.ts';
import {
  blockNumbers,
  branching,
  emptyBlock,
  joinBlock,
  pointBlock,
  type Block,
} from './curve-blocks.ts';

/** Points that wait to be written together. */
const gatheredPoints = 64;

/** Names of the files of a curve: its points, and a file for each level above them. */
export function pointsFile(order: number, name: string): string {
  return `${String(order).padStart(2, '0')}-${encodeURIComponent(name)}`;
}

/** Beside the points: older versions find nothing there that they would read. */
export function levelFile(points: string, level: number): string {
  return join('levels', `${points}.${level}`);
}

/** Numbers that are appended to a file, where the disk has room. */
class Appender implements Disposable {
  readonly #file: number;
  #size = 0;
  #waiting: number[] = [];

  constructor(path: string) {
    this.#file = openSync(path, 'w', 0o600);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  add(...numbers: readonly number[]): void {
    this.#waiting.push(...numbers);
  }

  /** Curves are for looking: where the disk has no room the points wait, and no job fails for them. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const bytes = new Uint8Array(Float64Array.from(this.#waiting).buffer);
    try {
      for (let written = 0; written < bytes.length; ) {
        const rest = bytes.length - written;
        written += writeSync(this.#file, bytes, written, rest, this.#size + written);
      }
    } catch (thrown) {
      if (isDiskFault(thrown)) return;
      throw thrown;
    }
    this.#size += bytes.length;
    this.#waiting = [];
  }

  dispose(): void {
    this.flush();
    closeSync(this.#file);
  }
}

interface Level {
  readonly file: Appender;
  /** Of the block that is not whole yet. */
  open: Block;
  parts: number;
}

interface Curve {
  readonly name: string;
  readonly path: string;
  readonly points: Appender;
  readonly levels: Level[];
}

/**
 * Writes the curves of a run: one file a metric with its points as pairs of little-endian float64 (x, y), and
 * above it one a level with blocks of 16, 256, … points (see `blockNumbers`). All are only appended to. A run that
 * resumes tells its curves from the start, so the files begin anew with it.
 */
export class CurveWriter implements Disposable {
  readonly #folder: string;
  readonly #curves = new Map<string, Curve>();

  constructor(folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, 'levels'), { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  add(x: number, metrics: Readonly<Record<string, number>>): void {
    for (const [name, y] of Object.entries(metrics)) {
      const curve = this.#curveOf(name);
      curve.points.add(x, y);
      this.#rise(curve, 1, pointBlock(x, y));
      if (curve.points.waiting >= 2 * gatheredPoints) flushCurve(curve);
    }
  }

  flush(): void {
    for (const curve of this.#curves.values()) flushCurve(curve);
  }

  dispose(): void {
    for (const { points, levels } of this.#curves.values()) {
      points.dispose();
      for (const { file } of levels) file.dispose();
    }
    this.#curves.clear();
  }

  /** Puts a part into the open block of its level; one that is whole is written and rises. */
  #rise(curve: Curve, height: number, part: Block): void {
    const level = curve.levels[height - 1] ?? this.#addLevel(curve, height);
    level.open = joinBlock(level.open, part);
    level.parts++;
    if (level.parts < branching) return;
    const whole = level.open;
    level.file.add(...blockNumbers(whole));
    level.open = emptyBlock;
    level.parts = 0;
    this.#rise(curve, height + 1, whole);
  }

  #addLevel(curve: Curve, height: number): Level {
    const path = join(this.#folder, levelFile(curve.path, height));
    const level = { file: new Appender(path), open: emptyBlock, parts: 0 };
    curve.levels.push(level);
    return level;
  }

  #curveOf(name: string): Curve {
    const known = this.#curves.get(name);
    if (known !== undefined) return known;
    const path = pointsFile(this.#curves.size, name);
    const curve = { name, path, points: new Appender(join(this.#folder, path)), levels: [] };
    this.#curves.set(name, curve);
    return curve;
  }
}

/** Points first: a level never tells of points that are not there. */
function flushCurve({ points, levels }: Curve): void {
  points.flush();
  for (const { file } of levels) file.flush();
}
