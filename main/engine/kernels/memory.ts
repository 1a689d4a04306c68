import { assert } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import { formatBytes } from '../simulators/memory.ts';
import { type WasmMemory, webAssembly } from './web-assembly.ts';

const pageBytes = 65_536;
const maximumPages = 65_536;
/** Threads that can work over one memory. */
export const maximumThreads = 8;
/** Scratch of one thread, for a gathered cache block and small tables. */
export const scratchBytes = 2 ** 20;
/** The first page stays unused, so that address 0 is never one of ours. */
const scratchStart = 2 ** 20;
const heapStart = scratchStart + maximumThreads * scratchBytes;
const alignment = 64;
/** Bytes between the real and the imaginary array of a state: equal offsets would compete for the same cache lines. */
export const aliasingGap = 8_256;

/** Most bytes of the amplitudes of a state, so that it fits beside scratch areas and parameters. */
export const largestStateBytes = 2 ** 31;

/** Where a state lies: `size` numbers of `bytesPer` bytes at `re`, as many at `im`. */
export interface StateAddress {
  readonly re: number;
  readonly im: number;
  /** Whether all of it was zero when it was allocated. */
  readonly isZero: boolean;
}

/**
 * One shared memory of up to 4 GiB: a scratch area per thread, then areas that are allocated and
 * released (states, tables, parameter blocks). Addresses are unsigned 32-bit byte offsets.
 */
export class KernelMemory {
  readonly memory: WasmMemory;
  /** Free areas by address, ascending, never adjacent. */
  #free: { at: number; bytes: number }[] = [];
  readonly #used = new Map<number, number>();
  #end = heapStart;
  /** Nothing above was ever allocated. */
  #highest = heapStart;

  constructor() {
    const initial = heapStart / pageBytes;
    this.memory = new webAssembly.Memory({ initial, maximum: maximumPages, shared: true });
  }

  /** Bytes that this memory holds at present. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Whether nothing is allocated. */
  get isIdle(): boolean {
    return this.#used.size === 0;
  }

  /** First byte of a thread's scratch area. */
  scratchOf(thread: number): number {
    return scratchStart + thread * scratchBytes;
  }

  /** An area that starts at a multiple of 64; its content is what was there before. */
  allocate(bytes: number): number {
    const wanted = Math.ceil(bytes / alignment) * alignment;
    const index = this.#free.findIndex((area) => area.bytes >= wanted);
    const area = this.#free[index];
    if (area === undefined) return this.#extend(wanted);
    if (area.bytes === wanted) this.#free.splice(index, 1);
    else this.#free[index] = { at: area.at + wanted, bytes: area.bytes - wanted };
    this.#used.set(area.at, wanted);
    return area.at;
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

  /** Two arrays of `size` numbers; released by `release(re)`. */
  allocateState(size: number, bytesPer: 4 | 8): StateAddress {
    const offset = size * bytesPer + aliasingGap;
    const highest = this.#highest;
    const re = this.allocate(offset + size * bytesPer);
    return { re, im: re + offset, isZero: re >= highest };
  }

  #extend(bytes: number): number {
    const at = this.#end;
    const end = at + bytes;
    const missing = Math.ceil((end - this.bytes) / pageBytes);
    if (missing > 0) this.#grow(missing, bytes);
    this.#end = end;
    this.#highest = Math.max(this.#highest, end);
    this.#used.set(at, bytes);
    return at;
  }

  #grow(pages: number, bytes: number): void {
    try {
      this.memory.grow(pages);
    } catch (error) {
      throw new AppError(
        'too-large',
        `A computation needs ${formatBytes(bytes)} more; its memory holds ${formatBytes(this.bytes)} and at most ${formatBytes(maximumPages * pageBytes)}.`,
        { neededBytes: bytes, heldBytes: this.bytes },
        error,
      );
    }
  }
}
