import { type Rng, rngOf, shuffled } from '#shared/base/rng.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';

/**
 * Takes shots one bit a bit: rows of ⌈bits/8⌉ bytes, bit i of memory as bit i % 8 of byte ⌊i/8⌋, in the order
 * in which they were drawn (the b8 format of Stim).
 */
export interface ShotSink {
  write(rows: Uint8Array): void;
}

/** Counts over more bits than these are not put beside rows: nearly every shot has a key of its own. */
export const countedBits = 16;
/** As many arguments as a call takes on every engine. */
const argumentsAtOnce = 8192;
/** Shots that are written at once. */
const chunkShots = 65_536;

/** Writes what was only counted: as many rows as there were shots, in an order that is drawn. */
function writeCounts(
  counts: Readonly<Record<string, number>>,
  bits: number,
  rng: Rng,
  sink: ShotSink,
): void {
  const size = Math.ceil(bits / 8);
  const keys = Object.keys(counts);
  const rows = keys.map((key) => rowOf(key, size));
  const order = shuffled(
    keys.flatMap((key, k) => Array.from({ length: counts[key] as number }, () => k)),
    rng,
  );
  for (let from = 0; from < order.length; from += chunkShots) {
    const some = order.slice(from, from + chunkShots);
    const chunk = new Uint8Array(size * some.length);
    some.forEach((k, shot) => chunk.set(rows[k] as Uint8Array, size * shot));
    sink.write(chunk);
  }
}

function rowOf(key: string, size: number): Uint8Array {
  const row = new Uint8Array(size);
  for (let i = 0; i < key.length; i++) {
    if (key[key.length - 1 - i] === '1') row[i >> 3] = (row[i >> 3] as number) | (1 << (i & 7));
  }
  return row;
}

/** The key of a row: bit 0 rightmost. */
export function keyOfRow(rows: Uint8Array, start: number, bits: number): string {
  let key = '';
  for (let i = bits - 1; i >= 0; i--)
    key += (((rows[start + (i >> 3)] as number) >> (i & 7)) & 1) === 1 ? '1' : '0';
  return key;
}

/** How often each row comes, looked up by its bytes. */
export class RowCounter {
  readonly #bits: number;
  readonly #bytes: number;
  readonly #counts = new Map<string | number, number>();

  constructor(bits: number) {
    this.#bits = bits;
    this.#bytes = Math.ceil(bits / 8);
  }

  add(rows: Uint8Array, start: number): void {
    const key = this.#bytes <= 4 ? this.#small(rows, start) : this.#large(rows, start);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** By keys with bit 0 rightmost. */
  entries(): [string, number][] {
    const row = new Uint8Array(Math.max(4, this.#bytes));
    return Array.from(this.#counts, ([key, count]) => {
      if (typeof key === 'number') new DataView(row.buffer).setUint32(0, key, true);
      else for (let i = 0; i < key.length; i++) row[i] = key.charCodeAt(i);
      return [keyOfRow(row, 0, this.#bits), count];
    });
  }

  #small(rows: Uint8Array, start: number): number {
    let key = 0;
    for (let i = this.#bytes - 1; i >= 0; i--) key = key * 256 + (rows[start + i] as number);
    return key;
  }

  #large(rows: Uint8Array, start: number): string {
    let key = '';
    for (let at = start; at < start + this.#bytes; at += argumentsAtOnce) {
      const end = Math.min(at + argumentsAtOnce, start + this.#bytes);
      key += String.fromCharCode(...rows.subarray(at, end));
    }
    return key;
  }
}

/** Hands rows on and remembers that a method drew them itself. */
export class WrittenRows implements ShotSink {
  /** Bits whose value no measurement decides: the circuit alone leaves them 0. */
  known: ReadonlyMap<number, 0 | 1> = new Map();
  any = false;
  readonly #sink: ShotSink;
  readonly #bytes: number;

  constructor(sink: ShotSink, bits: number) {
    this.#sink = sink;
    this.#bytes = Math.ceil(bits / 8);
  }

  write(rows: Uint8Array): void {
    this.any = true;
    for (const [bit, value] of this.known) {
      if (value === 0) continue;
      for (let at = bit >> 3; at < rows.length; at += this.#bytes)
        rows[at] = (rows[at] as number) | (1 << (bit & 7));
    }
    this.#sink.write(rows);
  }
}

/** Writes the shots of a method that only counted them. */
export function withRows(
  result: SimulationResult,
  { seed }: { readonly seed: number },
  written: WrittenRows | null,
): SimulationResult {
  if (written === null || result.counts === undefined) return result;
  const bits = result.registers.reduce((sum, [, size]) => sum + size, 0);
  if (!written.any) {
    written.known = new Map();
    writeCounts(result.counts, bits, rngOf(seed, 5), written);
  }
  const { counts: _, ...rest } = result;
  return bits <= countedBits ? result : rest;
}
