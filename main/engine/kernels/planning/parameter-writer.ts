import { farWord, type KernelMemory, type StateAddress } from '../memory.ts';

/** Positions from here on are in the room behind the parameters, which is not written. */
const roomStart = 2 ** 30;

/** Writes the parameters of a plan, then places them in a kernel memory. Positions are byte offsets. */
export class ParameterWriter {
  #bytes = new ArrayBuffer(1 << 16);
  #view = new DataView(this.#bytes);
  #length = 0;
  /** Words that become addresses of what is at a position. */
  readonly #pointers: { readonly at: number; readonly target: number }[] = [];
  /** Words that become addresses of a state's parts. */
  readonly #parts: { readonly at: number; readonly part: 're' | 'im' }[] = [];
  readonly #isDouble: boolean;
  #roomLength = 0;

  constructor(precision: 'f32' | 'f64') {
    this.#isDouble = precision === 'f64';
  }

  /** Bytes of zeros at a multiple of 64. */
  reserve(bytes: number): number {
    const at = Math.ceil(this.#length / 64) * 64;
    this.#length = at + bytes;
    if (this.#length > this.#bytes.byteLength) {
      const longer = new ArrayBuffer(2 ** Math.ceil(Math.log2(this.#length)));
      new Uint8Array(longer).set(new Uint8Array(this.#bytes));
      this.#bytes = longer;
      this.#view = new DataView(longer);
    }
    return at;
  }

  /** Bytes that kernels fill themselves, at a multiple of 64. */
  room(bytes: number): number {
    const at = roomStart + this.#roomLength;
    this.#roomLength += Math.ceil(bytes / 64) * 64;
    return at;
  }

  word(at: number, value: number): void {
    this.#view.setInt32(at, value | 0, true);
  }

  double(at: number, value: number): void {
    this.#view.setFloat64(at, value, true);
  }

  /** A word that will hold the address of what is at `target`. */
  pointer(at: number, target: number): void {
    this.#pointers.push({ at, target });
  }

  /** A word that will hold the address of the real or imaginary part of the state that is worked on. */
  statePart(at: number, part: 're' | 'im'): void {
    this.#parts.push({ at, part });
  }

  /** Bytes of a number. */
  get bytesPer(): 4 | 8 {
    return this.#isDouble ? 8 : 4;
  }

  words(values: readonly number[]): number {
    const at = this.reserve(4 * values.length);
    values.forEach((value, k) => this.word(at + 4 * k, value));
    return at;
  }

  /** A vector whose lanes hold these numbers: two doubles, or four singles. */
  vector(at: number, laneOf: (lane: number) => number): void {
    if (this.#isDouble) {
      for (let lane = 0; lane < 2; lane++) this.#view.setFloat64(at + 8 * lane, laneOf(lane), true);
    } else {
      for (let lane = 0; lane < 4; lane++) this.#view.setFloat32(at + 4 * lane, laneOf(lane), true);
    }
  }

  /** Copies everything into an area of the memory, which the caller releases; as often as it is wanted. */
  place(memory: KernelMemory, state?: StateAddress): number {
    const roomAt = Math.ceil(this.#length / 64) * 64;
    const base = memory.allocate(roomAt + this.#roomLength);
    for (const { at, target } of this.#pointers) {
      this.word(at, base + (target >= roomStart ? roomAt + target - roomStart : target));
    }
    if (state !== undefined)
      for (const { at, part } of this.#parts) this.word(at, farWord(state[part]));
    const bytes = new Uint8Array(this.#bytes, 0, this.#length);
    new Uint8Array(memory.memory.buffer, base, this.#length).set(bytes);
    return base;
  }
}
