import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Curve } from '#shared/jobs/curve.ts';
import { codeOf } from '../storage/files.ts';
import {
  type Block,
  blockAt,
  blockSize,
  branching,
  joinBlock,
  pointBlock,
} from './curve-blocks.ts';
import { levelFile } from './curve-files.ts';

/** What is looked at of the curves of a run. */
export interface CurveWindow {
  /** One metric; all where left out. */
  readonly metric?: string | undefined;
  /** First and last x. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Most blocks that are given. */
  readonly pixels: number;
}

/** Blocks that are read for one that is given: finer levels follow the edges of pixels better. */
const oversampling = 4;

/**
 * The curves of a run in the order in which they first appeared, each as at most `pixels` blocks. What is read is
 * bounded by `pixels` and not by the length of a curve, where a level has it.
 */
export function readCurves(folder: string, window: CurveWindow): Omit<Curve, 'run'>[] {
  return namesIn(folder).flatMap((file) => {
    const name = decodeURIComponent(file.slice(file.indexOf('-') + 1));
    if (window.metric !== undefined && window.metric !== name) return [];
    const reader = new CurveReader(folder, file);
    try {
      return [{ name, ...reader.read(window) }];
    } finally {
      reader.dispose();
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort((a, b) => (a < b ? -1 : 1));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
}

/** Numbers of a file from place to place; one that is being written at this moment is left out. */
class NumberFile {
  readonly #file: number | null;
  readonly #width: number;
  /** Whole records. */
  readonly length: number;

  constructor(path: string, width: number) {
    this.#width = width;
    this.#file = opened(path);
    this.length =
      this.#file === null ? 0 : Math.floor(fstatSync(this.#file).size / (8 * this.#width));
  }

  read(from: number, to: number): Float64Array {
    const bytes = new Uint8Array(Math.max(0, to - from) * 8 * this.#width);
    for (let done = 0; this.#file !== null && done < bytes.length; ) {
      const got = readSync(
        this.#file,
        bytes,
        done,
        bytes.length - done,
        from * 8 * this.#width + done,
      );
      if (got === 0) break;
      done += got;
    }
    return new Float64Array(bytes.buffer);
  }

  dispose(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}

function opened(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

class CurveReader {
  readonly #folder: string;
  readonly #name: string;
  readonly #points: NumberFile;
  readonly #levels: NumberFile[] = [];

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    this.#points = new NumberFile(join(folder, name), 2);
  }

  read({ from, to, pixels }: CurveWindow): Omit<Curve, 'run' | 'name'> {
    const total = this.#points.length;
    const first = from === undefined ? 0 : this.#search((x) => x >= from);
    const end = to === undefined ? total : this.#search((x) => x > to);
    const blocks = merged(this.#gather(this.#levelFor(end - first, pixels), first, end), pixels);
    const last = end > first ? this.#points.read(end - 1, end) : null;
    return {
      total,
      x: Float64Array.from(blocks, (block) => block.from),
      min: Float64Array.from(blocks, ({ min }) => min),
      max: Float64Array.from(blocks, ({ max }) => max),
      mean: Float64Array.from(blocks, ({ mean }) => mean),
      last: last === null ? null : [last[0] as number, last[1] as number],
    };
  }

  dispose(): void {
    this.#points.dispose();
    for (const level of this.#levels) level.dispose();
  }

  /** The first point from which on `isIn` holds; x never falls along a curve. */
  #search(isIn: (x: number) => boolean): number {
    let [low, high] = [0, this.#points.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isIn(this.#points.read(middle, middle + 1)[0] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #levelFor(count: number, pixels: number): number {
    let level = 0;
    while (count / branching ** level > oversampling * pixels) level++;
    return count <= pixels ? 0 : level;
  }

  /** Blocks of points `from` to `to`: whole ones of the level, and its ends from those below. */
  #gather(level: number, from: number, to: number): readonly Block[] {
    if (from >= to) return [];
    if (level === 0) {
      const pairs = this.#points.read(from, to);
      return Array.from({ length: to - from }, (_, k) =>
        pointBlock(pairs[2 * k] as number, pairs[2 * k + 1] as number),
      );
    }
    const size = branching ** level;
    const file = this.#level(level);
    const first = Math.ceil(from / size);
    const end = Math.min(Math.floor(to / size), file.length);
    if (end <= first) return this.#gather(level - 1, from, to);
    const numbers = file.read(first, end);
    return [
      ...this.#gather(level - 1, from, first * size),
      ...Array.from({ length: end - first }, (_, k) => blockAt(numbers, k)),
      ...this.#gather(level - 1, end * size, to),
    ];
  }

  #level(level: number): NumberFile {
    while (this.#levels.length < level) {
      const path = join(this.#folder, levelFile(this.#name, this.#levels.length + 1));
      this.#levels.push(new NumberFile(path, blockSize));
    }
    return this.#levels[level - 1] as NumberFile;
  }
}

/** At most so many blocks, each of about as many neighbours. */
function merged(blocks: readonly Block[], pixels: number): readonly Block[] {
  if (blocks.length <= pixels) return blocks;
  return Array.from({ length: pixels }, (_, pixel) => {
    const first = Math.floor((pixel * blocks.length) / pixels);
    const end = Math.floor(((pixel + 1) * blocks.length) / pixels);
    return blocks.slice(first, end).reduce(joinBlock);
  });
}
