import { assert } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';
import { type WasmMemory, webAssembly } from './web-assembly.ts';

const pageBytes = 65_536;
/** Pages of a memory with addresses of 32 and of 64 bits: 4 and 16 GiB. */
export const maximumPages = { narrow: 65_536, wide: 262_144 } as const;
/** Threads that can work over one memory. */
export const maximumThreads = 8;
/** Scratch of one thread, for a gathered cache block and small tables. */
export const scratchBytes = 2 ** 20;
/** The first page stays unused, so that address 0 is never one of ours. */
const scratchStart = 2 ** 20;
const heapStart = scratchStart + maximumThreads * scratchBytes;
/** Of a wide memory what is below is for parameters, whose addresses have 32 bits. */
const farStart = 2 ** 29;
const alignment = 64;
/** Bytes between the real and the imaginary array of a state: equal offsets would compete for the same cache lines. */
export const aliasingGap = 8_256;

/** Most bytes of the amplitudes of a state, so that it fits beside scratch areas and parameters. */
const largestState = { narrow: 2 ** 31, wide: 2 ** 33 } as const;

/** Where a state lies: `size` numbers of `bytesPer` bytes at `re`, as many at `im`. */
export interface StateAddress {
  readonly re: number;
  readonly im: number;
  /** Whether all of it was zero when it was allocated. */
  readonly isZero: boolean;
}

/** An address anywhere as a word of 32 bits, as `farAt` of assembly/vectors.ts reads it. */
export function farWord(address: number): number {
  return address / alignment;
}

/** Most bytes of the amplitudes of a state in a kernel memory of this runtime. */
export function largestStateBytes(): number {
  return canBeWide() ? largestState.wide : largestState.narrow;
}

/** Whether a state of so many bytes needs addresses of 64 bits. */
export function needsWide(bytes: number): boolean {
  return bytes > largestState.narrow;
}

let hasWide: boolean | null = null;

/** Whether memories may have addresses of 64 bits here (Node 24; not 20). */
export function canBeWide(): boolean {
  hasWide ??= tryWide();
  return hasWide;
}

function tryWide(): boolean {
  try {
    return wideMemory(0, 1).grow(1n) === 0n;
  } catch {
    return false;
  }
}

function wideMemory(initial: number, maximum: number): WasmMemory {
  const pages = { initial: BigInt(initial), maximum: BigInt(maximum) };
  return new webAssembly.Memory({ ...pages, shared: true, address: 'i64' });
}

/**
 * One shared memory of up to 4 GiB, or 16 GiB where it is wide: a scratch area per thread, then areas
 * that are allocated and released (states, tables, parameter blocks). Addresses are byte offsets.
 */
export class KernelMemory {
  readonly memory: WasmMemory;
  /** Whether addresses have 64 bits; areas for parameters are below 4 GiB all the same. */
  readonly isWide: boolean;
  readonly #near: Zone;
  readonly #far: Zone;

  constructor(isWide = false) {
    this.isWide = isWide;
    const initial = heapStart / pageBytes;
    this.memory = isWide
      ? wideMemory(initial, maximumPages.wide)
      : new webAssembly.Memory({ initial, maximum: maximumPages.narrow, shared: true });
    this.#near = new Zone(heapStart, isWide ? farStart : this.#limit);
    this.#far = isWide ? new Zone(farStart, this.#limit) : this.#near;
  }

  /** Bytes that this memory holds at present. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Whether nothing is allocated. */
  get isIdle(): boolean {
    return this.#near.isIdle && this.#far.isIdle;
  }

  /** First byte of a thread's scratch area. */
  scratchOf(thread: number): number {
    return scratchStart + thread * scratchBytes;
  }

  /** An area that starts at a multiple of 64, below 4 GiB; its content is what was there before. */
  allocate(bytes: number): number {
    return this.#allocateIn(this.#near, bytes);
  }

  /** An area anywhere, for what is as large as a state. */
  allocateFar(bytes: number): number {
    return this.#allocateIn(this.#far, bytes);
  }

  release(address: number): void {
    (address >= this.#far.start ? this.#far : this.#near).release(address);
  }

  /** Two arrays of `size` numbers; released by `release(re)`. */
  allocateState(size: number, bytesPer: 4 | 8): StateAddress {
    const offset = size * bytesPer + aliasingGap;
    const highest = this.#far.highest;
    const re = this.allocateFar(offset + size * bytesPer);
    return { re, im: re + offset, isZero: re >= highest };
  }

  get #limit(): number {
    return pageBytes * maximumPages[this.isWide ? 'wide' : 'narrow'];
  }

  #allocateIn(zone: Zone, bytes: number): number {
    const at = zone.allocate(Math.ceil(bytes / alignment) * alignment);
    if (at === null) throw this.#tooLarge(bytes);
    const missing = Math.ceil((zone.end - this.bytes) / pageBytes);
    try {
      if (missing > 0) this.memory.grow(this.isWide ? BigInt(missing) : missing);
    } catch (error) {
      zone.release(at);
      throw this.#tooLarge(bytes, error);
    }
    return at;
  }

  #tooLarge(bytes: number, cause?: unknown): AppError {
    return new AppError(
      'too-large',
      `A computation needs ${formatBytes(bytes)} more; its memory holds ${formatBytes(this.bytes)} and at most ${formatBytes(this.#limit)}.`,
      { neededBytes: bytes, heldBytes: this.bytes },
      cause,
    );
  }
}

/** A range of addresses that areas are taken from, the lowest that is large enough first. */
class Zone {
  readonly start: number;
  readonly #limit: number;
  /** Free areas by address, ascending, never adjacent. */
  #free: { at: number; bytes: number }[] = [];
  readonly #used = new Map<number, number>();
  #end: number;
  #highest: number;

  constructor(start: number, limit: number) {
    this.start = start;
    this.#limit = limit;
    this.#end = start;
    this.#highest = start;
  }

  /** Nothing from here on is allocated. */
  get end(): number {
    return this.#end;
  }

  /** Nothing from here on was ever allocated. */
  get highest(): number {
    return this.#highest;
  }

  get isIdle(): boolean {
    return this.#used.size === 0;
  }

  /** Null where there is no room. */
  allocate(bytes: number): number | null {
    const index = this.#free.findIndex((area) => area.bytes >= bytes);
    const area = this.#free[index];
    const at = area?.at ?? this.#end;
    if (area === undefined) {
      if (at + bytes > this.#limit) return null;
      this.#end = at + bytes;
      this.#highest = Math.max(this.#highest, this.#end);
    } else if (area.bytes === bytes) this.#free.splice(index, 1);
    else this.#free[index] = { at: area.at + bytes, bytes: area.bytes - bytes };
    this.#used.set(at, bytes);
    return at;
  }

  release(address: number): void {
    const bytes = this.#used.get(address);
    assert(bytes !== undefined, 'only what was allocated is released, once', { address });
    this.#used.delete(address);
    const areas = [...this.#free, { at: address, bytes }].sort((a, b) => a.at - b.at);
    const merged: { at: number; bytes: number }[] = [];
    for (const area of areas) {
      const last = merged.at(-1);
      if (last !== undefined && last.at + last.bytes === area.at) last.bytes += area.bytes;
      else merged.push({ ...area });
    }
    const top = merged.at(-1);
    if (top !== undefined && top.at + top.bytes === this.#end) {
      this.#end = top.at;
      merged.pop();
    }
    this.#free = merged;
  }
}
