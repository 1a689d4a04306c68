/** Bytes that constants and open angles of one module may take. */
const tableLimit = 2 ** 16;

/** Numbers of the table that follow from an open angle. */
export interface Slot {
  /** Position in elements. */
  readonly at: number;
  /** Which angle. */
  readonly slot: number;
  readonly values: (angle: number) => readonly number[];
}

/**
 * The constants of a module. They are loaded from memory, as a constant in the code costs twice as
 * much, and so that angles can be exchanged without compiling again.
 */
export class ConstantTable {
  readonly elementBytes: 4 | 8;
  readonly slots: Slot[] = [];
  readonly #view = new DataView(new ArrayBuffer(tableLimit));
  readonly #known = new Map<string, number>();
  readonly #single = new Map<number, number>();
  #end = 0;

  constructor(elementBytes: 4 | 8) {
    this.elementBytes = elementBytes;
  }

  /** Offset in bytes of one number. */
  putOne(value: number): number {
    let at = this.#single.get(value);
    if (at === undefined) {
      at = this.#reserve(1);
      this.#write(at, value);
      this.#single.set(value, at);
    }
    return at;
  }

  /** Offset in bytes of these numbers, one after another. */
  put(values: readonly number[]): number {
    const key = values.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const at = this.#reserve(values.length);
    values.forEach((value, i) => this.#write(at + i * this.elementBytes, value));
    this.#known.set(key, at);
    return at;
  }

  /** Offset in bytes of `length` numbers that follow from an open angle; `key` names what they are. */
  open(
    slot: number,
    key: string,
    length: number,
    values: (angle: number) => readonly number[],
  ): number {
    const name = `open ${slot} ${key}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const at = this.#reserve(length);
    this.slots.push({ at: at / this.elementBytes, slot, values });
    this.#known.set(name, at);
    return at;
  }

  /** Whether the table is full; the circuit then has to be emitted in parts. */
  get isFull(): boolean {
    return this.#end >= tableLimit;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, Math.min(this.#end, tableLimit));
  }

  #write(offset: number, value: number): void {
    if (this.elementBytes === 4) this.#view.setFloat32(offset, value, true);
    else this.#view.setFloat64(offset, value, true);
  }

  #reserve(length: number): number {
    const size = length * this.elementBytes;
    const at = Math.ceil(this.#end / size) * size;
    this.#end = at + size;
    // What does not fit is not written: `isFull` says that the module must not be used.
    return at + size <= tableLimit ? at : 0;
  }
}
