/** Opcodes and sizes of one precision and build. */
export interface VectorFormat {
  readonly precision: 'f32' | 'f64';
  /** Whether relaxed multiply-add may be used: faster, its rounding differs between machines. */
  readonly isRelaxed: boolean;
  readonly elementBytes: 4 | 8;
  /** log2 of elementBytes. */
  readonly elementShift: 2 | 3;
  /** log2 of the elements in a vector. */
  readonly laneBits: 1 | 2;
  readonly add: number;
  readonly subtract: number;
  readonly multiply: number;
  readonly negate: number;
  /** factor·y + x and x − factor·y of the relaxed proposal. */
  readonly multiplyAdd: number;
  readonly negativeMultiplyAdd: number;
  readonly splatLoad: number;
}

/** WebAssembly core specification 5.4.8 and the relaxed SIMD proposal. */
export function vectorFormat(precision: 'f32' | 'f64', isRelaxed: boolean): VectorFormat {
  return precision === 'f32'
    ? {
        precision,
        isRelaxed,
        elementBytes: 4,
        elementShift: 2,
        laneBits: 2,
        add: 0xe4,
        subtract: 0xe5,
        multiply: 0xe6,
        negate: 0xe1,
        multiplyAdd: 0x105,
        negativeMultiplyAdd: 0x106,
        splatLoad: 0x09,
      }
    : {
        precision,
        isRelaxed,
        elementBytes: 8,
        elementShift: 3,
        laneBits: 1,
        add: 0xf0,
        subtract: 0xf1,
        multiply: 0xf2,
        negate: 0xed,
        multiplyAdd: 0x107,
        negativeMultiplyAdd: 0x108,
        splatLoad: 0x0a,
      };
}
