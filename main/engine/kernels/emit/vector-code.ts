/** A value in a vector register, counted from 0, up to a sign that costs nothing to keep here. */
export interface Part {
  readonly value: number;
  readonly sign: 1 | -1;
}

/** A vector of complex amplitudes, short of the weights that are known at emit time. */
export interface Vector {
  readonly re: Part;
  readonly im: Part;
}

/** Where a factor comes from: one number for all lanes, one for each, or a value made ahead of the loop. */
export type Factor =
  | { readonly kind: 'splat'; readonly at: number }
  | { readonly kind: 'lanes'; readonly at: number }
  | { readonly kind: 'ahead'; readonly id: number };

/** What a vector register is set to; `to` is set once. */
export type Instruction =
  | { readonly kind: 'load'; readonly to: number; readonly row: number; readonly part: 're' | 'im' }
  /** x ± factor·y. */
  | {
      readonly kind: 'multiply-add';
      readonly to: number;
      readonly x: number;
      readonly y: number;
      readonly factor: Factor;
      readonly isMinus: boolean;
    }
  | {
      readonly kind: 'add' | 'subtract';
      readonly to: number;
      readonly x: number;
      readonly y: number;
    }
  | { readonly kind: 'multiply'; readonly to: number; readonly x: number; readonly factor: Factor }
  /** Flips the sign in the lanes whose sign bit the factor has set. */
  | { readonly kind: 'flip'; readonly to: number; readonly x: number; readonly mask: Factor }
  | { readonly kind: 'negate'; readonly to: number; readonly x: number }
  /** Lane l of the result is lane l XOR `exchange`. */
  | { readonly kind: 'shuffle'; readonly to: number; readonly x: number; readonly exchange: number }
  | {
      readonly kind: 'store';
      readonly row: number;
      readonly part: 're' | 'im';
      readonly x: number;
    };

/** Records instructions; the order is that of the calls. */
export class VectorCode {
  readonly instructions: Instruction[] = [];
  #values: number;

  /** `firstValue`: values below are those of other code that this one goes on from. */
  constructor(firstValue = 0) {
    this.#values = firstValue;
  }

  get valueCount(): number {
    return this.#values;
  }

  /** Leaves out the values below `count`, which are used elsewhere. */
  skipValues(count: number): void {
    this.#values = count;
  }

  load(row: number): Vector {
    return { re: this.#loadPart(row, 're'), im: this.#loadPart(row, 'im') };
  }

  /** x + sign·factor·y. */
  multiplyAdd(x: Part, y: Part, factor: Factor, sign: number): Part {
    const to = this.#values++;
    const isMinus = x.sign * y.sign * sign < 0;
    this.instructions.push({
      kind: 'multiply-add',
      to,
      x: x.value,
      y: y.value,
      factor,
      isMinus,
    });
    return { value: to, sign: x.sign };
  }

  /** x + sign·y. */
  add(x: Part, y: Part, sign: number): Part {
    const to = this.#values++;
    const kind = x.sign * y.sign * sign < 0 ? 'subtract' : 'add';
    this.instructions.push({ kind, to, x: x.value, y: y.value });
    return { value: to, sign: x.sign };
  }

  multiply(x: Part, factor: Factor): Part {
    const to = this.#values++;
    this.instructions.push({ kind: 'multiply', to, x: x.value, factor });
    return { value: to, sign: x.sign };
  }

  flip(x: Part, mask: Factor): Part {
    const to = this.#values++;
    this.instructions.push({ kind: 'flip', to, x: x.value, mask });
    return { value: to, sign: x.sign };
  }

  shuffle({ re, im }: Vector, exchange: number): Vector {
    return { re: this.#shufflePart(re, exchange), im: this.#shufflePart(im, exchange) };
  }

  store(row: number, { re, im }: Vector): void {
    this.#storePart(row, 're', re);
    this.#storePart(row, 'im', im);
  }

  #loadPart(row: number, part: 're' | 'im'): Part {
    const to = this.#values++;
    this.instructions.push({ kind: 'load', to, row, part });
    return { value: to, sign: 1 };
  }

  #shufflePart(x: Part, exchange: number): Part {
    const to = this.#values++;
    this.instructions.push({ kind: 'shuffle', to, x: x.value, exchange });
    return { value: to, sign: x.sign };
  }

  #storePart(row: number, part: 're' | 'im', x: Part): void {
    let { value } = x;
    if (x.sign < 0) {
      const to = this.#values++;
      this.instructions.push({ kind: 'negate', to, x: value });
      value = to;
    }
    this.instructions.push({ kind: 'store', row, part, x: value });
  }
}
