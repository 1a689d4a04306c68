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
  i32Const: 0x41,
  i32LessUnsigned: 0x49,
  i32Add: 0x6a,
  i32Multiply: 0x6c,
  i32And: 0x71,
  i32Or: 0x72,
  i32ShiftLeft: 0x74,
  i32ShiftRight: 0x76,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  branch: 0x0c,
  i32Store: 0x36,
  f32Load: 0x2a,
  f64Load: 0x2b,
  f32Store: 0x38,
  f64Store: 0x39,
  f64Const: 0x44,
  i32Equal: 0x46,
  i32NotEqual: 0x47,
  i32LessOrEqualUnsigned: 0x4d,
  i32GreaterOrEqualUnsigned: 0x4f,
  i32Subtract: 0x6b,
  i32PopulationCount: 0x69,
  i32Xor: 0x73,
  f64LessOrEqual: 0x65,
  f32Multiply: 0x94,
  f64Add: 0xa0,
  f64Subtract: 0xa1,
  f64Multiply: 0xa2,
  f32ConvertI32: 0xb2,
  f64ConvertI32: 0xb7,
  f64PromoteF32: 0xbb,
  f32DemoteF64: 0xb6,
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

/** One function of i32 parameters, with one result or none. */
export class FunctionBuilder {
  readonly parameters: number;
  readonly result: number | null;
  readonly code = new Bytes();
  readonly #types: number[] = [];

  constructor(parameters: number, result: number | null = null) {
    this.parameters = parameters;
    this.result = result;
  }

  local(type: number): number {
    this.#types.push(type);
    return this.parameters + this.#types.length - 1;
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

  /** A scalar load or store at the address on the stack, plus `offset`. */
  memory(code: number, alignment: number, offset: number): this {
    this.code.byte(code).unsigned(alignment).unsigned(offset);
    return this;
  }

  /** A 64-bit floating-point constant. */
  f64(value: number): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.op(opcode.f64Const).code.append(bytes);
    return this;
  }

  /** Starts an `if` without a result; closed by `end`. */
  when(): this {
    this.code.byte(opcode.if).byte(0x40);
    return this;
  }

  block(): this {
    this.code.byte(opcode.block).byte(0x40);
    return this;
  }

  branch(depth: number): this {
    this.code.byte(opcode.branch).unsigned(depth);
    return this;
  }

  /** memory.copy and memory.fill: target, source or value, and length are on the stack. */
  copyMemory(): this {
    this.code.append([0xfc, 0x0a, 0, 0]);
    return this;
  }

  fillMemory(): this {
    this.code.append([0xfc, 0x0b, 0]);
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
