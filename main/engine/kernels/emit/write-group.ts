import { unreachable } from '#shared/base/assert.ts';
import { FunctionBuilder, opcode, valueType, vectorOpcode } from '../wasm/function-builder.ts';
import type { AddressFormat } from './address-format.ts';
import type { AheadValue } from './ahead.ts';
import type { Factor, Instruction } from './vector-code.ts';
import type { VectorFormat } from './vector-format.ts';

/** Where a group reads from or writes to. */
export type Side = 'state' | 'buffer';

export interface GroupLayout {
  readonly format: VectorFormat;
  readonly addresses: AddressFormat;
  /** Local qubits of the pass, ascending; bit j of a vector's place in the block is local[j]. */
  readonly local: readonly number[];
  readonly registers: readonly number[];
  readonly source: Side;
  readonly target: Side;
  /** log2 of the amplitudes that lie together in the state. */
  readonly rowBits: number;
  /** Offset of the table of rows' first amplitudes within the tables. */
  readonly rowTable: number;
  /** From a real part to its imaginary part, in the state and in the buffer. */
  readonly stateGap: number;
  readonly bufferGap: number;
}

/** Parameters of a group's function: the state at the block, the block's first amplitude, the buffer, the tables. */
const parameter = { state: 0, first: 1, buffer: 2, tables: 3 } as const;

/** Writes the function of a group: one loop over the vectors of a block whose register bits are 0. */
export function writeGroup(
  layout: GroupLayout,
  instructions: readonly Instruction[],
  ahead: readonly AheadValue[],
): FunctionBuilder {
  return new GroupWriter(layout, instructions, ahead).write();
}

class GroupWriter {
  readonly #layout: GroupLayout;
  readonly #instructions: readonly Instruction[];
  readonly #ahead: readonly AheadValue[];
  readonly #out: FunctionBuilder;
  /** Offset of the vector within the block, in bytes. */
  readonly #place: number;
  readonly #bufferAt: number;
  readonly #stateAt: number;
  readonly #aheadLocals: readonly number[];
  readonly #locals = new Map<number, number>();
  readonly #free: number[] = [];

  constructor(
    layout: GroupLayout,
    instructions: readonly Instruction[],
    ahead: readonly AheadValue[],
  ) {
    const { type } = layout.addresses;
    this.#layout = layout;
    this.#instructions = instructions;
    this.#ahead = ahead;
    this.#out = new FunctionBuilder([type, valueType.i32, type, type]);
    this.#place = this.#out.local(valueType.i32);
    this.#bufferAt = this.#out.local(type);
    this.#stateAt = this.#out.local(type);
    this.#aheadLocals = ahead.map(() => this.#out.local(valueType.v128));
  }

  write(): FunctionBuilder {
    const out = this.#out;
    const isPerVector = this.#ahead.map((value) => this.#dependsOnPlace(value));
    this.#ahead.forEach((value, id) => {
      if (isPerVector[id] === false) this.#writeAhead(value, id);
    });
    out.loop();
    this.#writeAddresses();
    this.#ahead.forEach((value, id) => {
      if (isPerVector[id] === true) this.#writeAhead(value, id);
    });
    this.#writeInstructions();
    this.#writeStep();
    out.end();
    return out;
  }

  #position(qubit: number): number {
    return this.#layout.local.indexOf(qubit);
  }

  #dependsOnPlace({ qubits }: AheadValue): boolean {
    return qubits.some((qubit) => this.#position(qubit) >= 0);
  }

  #writeAddresses(): void {
    const { format, addresses, rowBits, rowTable, local, source, target } = this.#layout;
    const out = this.#out;
    if (source === 'buffer' || target === 'buffer') {
      addresses.widen(out.get(parameter.buffer).get(this.#place));
      out.op(addresses.add).set(this.#bufferAt);
    }
    if (source === 'buffer' && target === 'buffer') return;
    const shift = rowBits + format.elementShift;
    out.get(parameter.state).get(this.#place);
    if (rowBits < local.length) {
      addresses.widen(out.i32(2 ** shift - 1).op(opcode.i32And)).op(addresses.add);
      out.get(this.#place).i32(shift).op(opcode.i32ShiftRight).i32(2).op(opcode.i32ShiftLeft);
      addresses.widen(out).get(parameter.tables).op(addresses.add);
      addresses.widen(out.i32Load(rowTable));
      addresses.shiftLeft(out, format.elementShift);
    } else {
      addresses.widen(out);
    }
    out.op(addresses.add).set(this.#stateAt);
  }

  /** The next place whose register bits are 0, by a carry through them. */
  #writeStep(): void {
    const { format, local, registers } = this.#layout;
    const mask = registers.reduce(
      (sum, qubit) => sum | (2 ** this.#position(qubit) * format.elementBytes),
      0,
    );
    this.#out
      .get(this.#place)
      .i32(mask)
      .op(opcode.i32Or)
      .i32(16)
      .op(opcode.i32Add)
      .i32(~mask)
      .op(opcode.i32And)
      .tee(this.#place)
      .i32(2 ** local.length * format.elementBytes)
      .op(opcode.i32LessUnsigned)
      .branchIf(0);
  }

  #writeAhead(value: AheadValue, id: number): void {
    const out = this.#out;
    const local = this.#aheadLocals[id] as number;
    switch (value.kind) {
      case 'sign-mask':
        this.#writeSignMask(value.qubits);
        if (value.lanes !== null) {
          this.#writeLaneMask(value.lanes);
          out.vector(vectorOpcode.and);
        }
        break;
      case 'signed':
        this.#pushFactor(value.factor);
        for (const qubit of value.qubits) {
          this.#writeSignMask([qubit]);
          out.vector(vectorOpcode.xor);
        }
        break;
      case 'select':
        this.#writeSelect(value);
        break;
      default:
        unreachable(value);
    }
    out.set(local);
  }

  /** off + (step where the mask holds): the sign bit, spread over the lane by an arithmetic shift. */
  #writeSelect(value: Extract<AheadValue, { kind: 'select' }>): void {
    const out = this.#out;
    const isSingle = this.#layout.format.precision === 'f32';
    this.#pushFactor(value.off);
    this.#writeSignMask(value.qubits);
    if (value.lanes !== null) {
      this.#writeLaneMask(value.lanes);
      out.vector(vectorOpcode.and);
    }
    // i32x4.shr_s and i64x2.shr_s.
    out.i32(isSingle ? 31 : 63).vector(isSingle ? 0xac : 0xcc);
    this.#pushFactor(value.step);
    out.vector(vectorOpcode.and).vector(this.#layout.format.add);
  }

  /** The sign bit of every lane where all qubits are 1, from the bits of the block's or the vector's place. */
  #writeSignMask(qubits: readonly number[]): void {
    const out = this.#out;
    qubits.forEach((qubit, i) => {
      const position = this.#position(qubit);
      out.get(position >= 0 ? this.#place : parameter.first);
      const bit = position >= 0 ? position + this.#layout.format.elementShift : qubit;
      out.i32(31 - bit).op(opcode.i32ShiftLeft);
      if (i > 0) out.op(opcode.i32And);
    });
    out.i32(-(2 ** 31)).op(opcode.i32And);
    if (this.#layout.format.precision === 'f32') {
      out.vector(vectorOpcode.splatI32);
      return;
    }
    // i64.extend_i32_u, i64.const 32, i64.shl.
    out.op(0xad).op(0x42).op(32).op(0x86).vector(vectorOpcode.splatI64);
  }

  #writeLaneMask(lanes: readonly boolean[]): void {
    const { elementBytes } = this.#layout.format;
    // v128.const
    this.#out.vector(0x0c);
    for (const isSet of lanes) {
      for (let byte = 0; byte < elementBytes; byte++) {
        this.#out.op(isSet && byte === elementBytes - 1 ? 0x80 : 0);
      }
    }
  }

  #pushFactor(factor: Factor): void {
    const { splatLoad, elementShift } = this.#layout.format;
    switch (factor.kind) {
      case 'splat':
        this.#out.get(parameter.tables).vectorMemory(splatLoad, elementShift, factor.at);
        return;
      case 'lanes':
        this.#out.get(parameter.tables).vectorMemory(vectorOpcode.load, 4, factor.at);
        return;
      case 'ahead':
        this.#out.get(this.#aheadLocals[factor.id] as number);
        return;
      default:
        unreachable(factor);
    }
  }

  #writeInstructions(): void {
    const lastUse = new Map<number, number>();
    this.#instructions.forEach((one, i) => {
      for (const value of operandsOf(one)) lastUse.set(value, i);
    });
    this.#instructions.forEach((one, i) => {
      this.#pushResult(one);
      // Locals are few, so that the compiler has little to carry around the loop.
      for (const value of new Set(operandsOf(one))) {
        if (lastUse.get(value) === i) this.#free.push(this.#locals.get(value) as number);
      }
      if (one.kind === 'store') return;
      const local = this.#free.pop() ?? this.#out.local(valueType.v128);
      this.#locals.set(one.to, local);
      this.#out.set(local);
    });
  }

  #value(value: number): number {
    return this.#locals.get(value) as number;
  }

  #pushResult(one: Instruction): void {
    const out = this.#out;
    const { format, source, target } = this.#layout;
    switch (one.kind) {
      case 'load':
        out
          .get(source === 'buffer' ? this.#bufferAt : this.#stateAt)
          .vectorMemory(vectorOpcode.load, 4, this.#offsetOf(source, one.row, one.part));
        return;
      case 'store':
        out
          .get(target === 'buffer' ? this.#bufferAt : this.#stateAt)
          .get(this.#value(one.x))
          .vectorMemory(vectorOpcode.store, 4, this.#offsetOf(target, one.row, one.part));
        return;
      case 'multiply-add':
        this.#pushMultiplyAdd(one);
        return;
      case 'add':
      case 'subtract':
        out
          .get(this.#value(one.x))
          .get(this.#value(one.y))
          .vector(one.kind === 'add' ? format.add : format.subtract);
        return;
      case 'multiply':
        this.#pushFactor(one.factor);
        out.get(this.#value(one.x)).vector(format.multiply);
        return;
      case 'flip':
        out.get(this.#value(one.x));
        this.#pushFactor(one.mask);
        out.vector(vectorOpcode.xor);
        return;
      case 'negate':
        out.get(this.#value(one.x)).vector(format.negate);
        return;
      case 'shuffle':
        out.get(this.#value(one.x)).get(this.#value(one.x)).shuffle(this.#lanes(one.exchange));
        return;
      default:
        unreachable(one);
    }
  }

  #pushMultiplyAdd(one: Extract<Instruction, { kind: 'multiply-add' }>): void {
    const out = this.#out;
    const { format } = this.#layout;
    if (format.isRelaxed) {
      this.#pushFactor(one.factor);
      out
        .get(this.#value(one.y))
        .get(this.#value(one.x))
        .vector(one.isMinus ? format.negativeMultiplyAdd : format.multiplyAdd);
      return;
    }
    out.get(this.#value(one.x));
    this.#pushFactor(one.factor);
    out
      .get(this.#value(one.y))
      .vector(format.multiply)
      .vector(one.isMinus ? format.subtract : format.add);
  }

  /** Offset of a row's vector from where the loop stands. */
  #offsetOf(side: Side, row: number, part: 're' | 'im'): number {
    const { format, registers, stateGap, bufferGap } = this.#layout;
    const gap = side === 'buffer' ? bufferGap : stateGap;
    const amplitudes = registers.reduce((sum, qubit, bit) => {
      const place = side === 'buffer' ? this.#position(qubit) : qubit;
      return ((row >> bit) & 1) === 1 ? sum + 2 ** place : sum;
    }, 0);
    return amplitudes * format.elementBytes + (part === 'im' ? gap : 0);
  }

  #lanes(exchange: number): number[] {
    const { elementBytes, laneBits } = this.#layout.format;
    return Array.from({ length: 16 }, (_, byte) => {
      const lane = Math.floor(byte / elementBytes);
      return ((lane ^ exchange) % 2 ** laneBits) * elementBytes + (byte % elementBytes);
    });
  }
}

function operandsOf(one: Instruction): readonly number[] {
  switch (one.kind) {
    case 'load':
      return [];
    case 'multiply-add':
    case 'add':
    case 'subtract':
      return [one.x, one.y];
    case 'multiply':
    case 'flip':
    case 'negate':
    case 'shuffle':
    case 'store':
      return [one.x];
    default:
      return unreachable(one);
  }
}
