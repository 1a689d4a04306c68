import { type FunctionBuilder, opcode, valueType } from '../wasm/function-builder.ts';

/** How a module computes addresses: in 32 bits, or in 64 where its memory is wide. */
export class AddressFormat {
  readonly isWide: boolean;
  readonly type: number;
  readonly add: number;
  readonly multiply: number;

  constructor(isWide: boolean) {
    this.isWide = isWide;
    this.type = isWide ? valueType.i64 : valueType.i32;
    this.add = isWide ? opcode.i64Add : opcode.i32Add;
    this.multiply = isWide ? opcode.i64Multiply : opcode.i32Multiply;
  }

  /** Makes the 32-bit number on the stack one that addresses are computed with. */
  widen(out: FunctionBuilder): FunctionBuilder {
    return this.isWide ? out.op(opcode.i64ExtendI32Unsigned) : out;
  }

  /** Shifts a number that was made so. */
  shiftLeft(out: FunctionBuilder, by: number): FunctionBuilder {
    return this.isWide ? out.i64(by).op(opcode.i64ShiftLeft) : out.i32(by).op(opcode.i32ShiftLeft);
  }

  /** Loads an address from a word of 64 bits. */
  load(out: FunctionBuilder, offset: number): FunctionBuilder {
    return this.isWide ? out.i64Load(offset) : out.i32Load(offset);
  }
}
