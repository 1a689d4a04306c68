import { Bytes } from './bytes.ts';

/** Value types of locals. */
export const valueType = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

/** Opcodes that the emitter uses (WebAssembly core specification, section 5.4; relaxed SIMD proposal). */
export const opcode = {
  end: 0x0b,
  branchIf: 0x0d,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Load: 0x28,
  i64Load: 0x29,
  i32Const: 0x41,
  i64Const: 0x42,
  i32LessUnsigned: 0x49,
  i32Add: 0x6a,
  i32Multiply: 0x6c,
  i32And: 0x71,
  i32Or: 0x72,
  i32ShiftLeft: 0x74,
  i32ShiftRight: 0x76,
  i64Add: 0x7c,
  i64Multiply: 0x7e,
  i64ShiftLeft: 0x86,
  i64ExtendI32Unsigned: 0xad,
  loop: 0x03,
  if: 0x04,
  i32Equal: 0x46,
  simd: 0xfd,
} as const;

/** Vector opcodes that do not depend on the precision. */
export const vectorOpcode = {
  load: 0x00,
  store: 0x0b,
  shuffle: 0x0d,
  splatI32: 0x11,
  splatI64: 0x12,
  and: 0x4e,
  xor: 0x51,
} as const;

/** The parameters of every function that a crew calls. */
export const kernelParameters = [valueType.i32, valueType.i32, valueType.i32, valueType.i32];

/** One function, without a result. */
export class FunctionBuilder {
  readonly parameters: readonly number[];
  readonly code = new Bytes();
  readonly #types: number[] = [];

  /** By the types of its parameters. */
  constructor(parameters: readonly number[]) {
    this.parameters = parameters;
  }

  local(type: number): number {
    this.#types.push(type);
    return this.parameters.length + this.#types.length - 1;
  }

  get(local: number): this {
    this.code.byte(opcode.localGet).unsigned(local);
    return this;
  }

  set(local: number): this {
    this.code.byte(opcode.localSet).unsigned(local);
    return this;
  }

  tee(local: number): this {
    this.code.byte(opcode.localTee).unsigned(local);
    return this;
  }

  i32(value: number): this {
    this.code.byte(opcode.i32Const).signed(value);
    return this;
  }

  /** A 64-bit constant that 32 bits hold, too. */
  i64(value: number): this {
    this.code.byte(opcode.i64Const).signed(value);
    return this;
  }

  op(code: number): this {
    this.code.byte(code);
    return this;
  }

  vector(code: number): this {
    this.code.byte(opcode.simd).unsigned(code);
    return this;
  }

  /** A vector load, splatting load or store; the address is on the stack. */
  vectorMemory(code: number, alignment: number, offset: number): this {
    this.vector(code);
    this.code.unsigned(alignment).unsigned(offset);
    return this;
  }

  shuffle(lanes: readonly number[]): this {
    this.vector(vectorOpcode.shuffle);
    this.code.append(lanes);
    return this;
  }

  i32Load(offset: number): this {
    this.code.byte(opcode.i32Load).byte(2).unsigned(offset);
    return this;
  }

  i64Load(offset: number): this {
    this.code.byte(opcode.i64Load).byte(3).unsigned(offset);
    return this;
  }

  /** Starts an `if` without a result; closed by `end`. */
  when(): this {
    this.code.byte(opcode.if).byte(0x40);
    return this;
  }

  loop(): this {
    this.code.byte(opcode.loop).byte(0x40);
    return this;
  }

  branchIf(depth: number): this {
    this.code.byte(opcode.branchIf).unsigned(depth);
    return this;
  }

  end(): this {
    return this.op(opcode.end);
  }

  call(index: number): this {
    this.code.byte(opcode.call).unsigned(index);
    return this;
  }

  /** Locals, code and the closing `end`, as the code section wants them. */
  body(): Uint8Array {
    const head = new Bytes();
    const runs: [number, number][] = [];
    for (const type of this.#types) {
      const last = runs.at(-1);
      if (last !== undefined && last[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    head.unsigned(runs.length);
    for (const [count, type] of runs) head.unsigned(count).byte(type);
    return head.append(this.code.view()).byte(opcode.end).view();
  }
}
