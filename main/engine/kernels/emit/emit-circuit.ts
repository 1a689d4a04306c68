import { FunctionBuilder, opcode, valueType } from '../wasm/function-builder.ts';
import { encodeModule, type ModuleFunction } from '../wasm/module.ts';
import { GroupRun } from './group-run.ts';
import type { LoweredCircuit } from './lower-steps.ts';
import type { KernelOperation } from './operation.ts';
import { PendingWeights } from './pending-weights.ts';
import { piecesOf } from './pieces.ts';
import { type Group, type PassPlan, planPasses } from './plan.ts';
import { ConstantTable, type Slot } from './table.ts';
import { type Vector, VectorCode } from './vector-code.ts';
import { vectorFormat, type VectorFormat } from './vector-format.ts';
import { WeightedVectors } from './weighted-vectors.ts';
import { type GroupLayout, type Side, writeGroup } from './write-group.ts';

/** log2 of the amplitudes of a cache block; 12 to 14 are equally fast where it was measured. */
const blockBits = 13;
/** log2 of the amplitudes read in one run: 256 bytes of complex64, 512 of complex128. */
const rowBits = 6;
/** Three register qubits hold eight complex vectors, as many as 16 registers can take. */
const registerCount = 3;
/** Between the real and the imaginary half of a gathered block: equal offsets would share cache lines. */
const bufferPadding = 2112;

export interface EmitOptions {
  readonly precision: 'f32' | 'f64';
  readonly isRelaxed: boolean;
  /** Bytes from the real to the imaginary array of a state. */
  readonly stateGap: number;
}

/** A pass of an emitted module: run `name` over `blocks` blocks. */
export interface EmittedPass {
  readonly name: string;
  readonly blocks: number;
}

/** A WebAssembly module for one circuit, at any place in memory. */
export interface EmittedCircuit {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly passes: readonly EmittedPass[];
  /** Constants and row offsets; every pass takes the address of an argument block that names its place. */
  readonly tables: Uint8Array;
  readonly slots: readonly Slot[];
  /** Slots of rotations by half the angle, once for each rotation. */
  readonly halfAngleSlots: readonly number[];
  /** Vector instructions of all groups, for comparing circuits. */
  readonly instructionCount: number;
  readonly groupCount: number;
}

/**
 * Words of the argument block that every pass is given the address of: the real array of the state, the
 * tables, the scratch area of thread 0, and the bytes from one thread's to the next.
 */
export const argumentWords = { state: 0, tables: 1, scratch: 2, scratchStep: 3 } as const;

/** Emits a module for a circuit on |0…0⟩; null where its constants do not fit one module. */
export function emitCircuit(circuit: LoweredCircuit, options: EmitOptions): EmittedCircuit | null {
  const format = vectorFormat(options.precision, options.isRelaxed);
  const passes = planPasses(circuit.operations, circuit.qubits, {
    laneBits: format.laneBits,
    blockBits: Math.min(blockBits, circuit.qubits),
    rowBits: Math.min(rowBits, circuit.qubits),
    registerCount,
  });
  return new CircuitEmitter(circuit, passes, format, options.stateGap).emit();
}

class CircuitEmitter {
  readonly #qubits: number;
  readonly #operations: readonly KernelOperation[];
  readonly #passes: readonly PassPlan[];
  readonly #format: VectorFormat;
  readonly #stateGap: number;
  readonly #constants: ConstantTable;
  readonly #pending: PendingWeights;
  readonly #functions: ModuleFunction[] = [];
  readonly #rows: number[] = [];
  #instructionCount = 0;

  constructor(
    circuit: LoweredCircuit,
    passes: readonly PassPlan[],
    format: VectorFormat,
    stateGap: number,
  ) {
    this.#qubits = circuit.qubits;
    this.#operations = circuit.operations;
    this.#passes = passes;
    this.#format = format;
    this.#stateGap = stateGap;
    this.#constants = new ConstantTable(format.elementBytes);
    this.#pending = new PendingWeights(circuit.qubits, circuit.factor, passes);
  }

  emit(): EmittedCircuit | null {
    const passes = this.#passes.map((pass, i) => this.#emitPass(pass, i));
    if (this.#constants.isFull) return null;
    return {
      bytes: encodeModule(this.#functions),
      passes,
      tables: this.#tables(),
      slots: this.#constants.slots,
      halfAngleSlots: this.#operations.flatMap((operation) => {
        const isHalf =
          operation.kind === 'open-zz' ||
          (operation.kind === 'open-turn' && operation.axis !== 'z');
        return isHalf ? [operation.slot] : [];
      }),
      instructionCount: this.#instructionCount,
      groupCount: this.#passes.reduce((sum, { groups }) => sum + groups.length, 0),
    };
  }

  /** Row offsets come first, as their number is known while the constants still grow. */
  #tables(): Uint8Array {
    const constants = this.#constants.bytes();
    const rows = new Uint8Array(Uint32Array.from(this.#rows).buffer);
    const result = new Uint8Array(rowTableStart + rows.length);
    result.set(constants);
    result.set(rows, rowTableStart);
    return result;
  }

  #emitPass(pass: PassPlan, index: number): EmittedPass {
    const { local, groups } = pass;
    const run = contiguous(local);
    const isInPlace = run === local.length;
    const rowTable = rowTableStart + 4 * this.#rows.length;
    if (!isInPlace) this.#rows.push(...rowOffsets(local, run, this.#format.elementBytes));
    const bufferGap = isInPlace
      ? this.#stateGap
      : 2 ** local.length * this.#format.elementBytes + bufferPadding;
    const calls = groups.map((group, k) => {
      const source: Side = isInPlace || k > 0 ? 'buffer' : 'state';
      const target: Side = isInPlace || k < groups.length - 1 ? 'buffer' : 'state';
      const isLast = index === this.#passes.length - 1 && k === groups.length - 1;
      const layout = { source, target, rowTable, bufferGap };
      return this.#emitGroup(group, { ...layout, local, rowBits: run }, isLast);
    });
    const name = `p${index}`;
    this.#functions.push({ name, builder: writePass(calls, this.#outside(local), isInPlace) });
    return { name, blocks: 2 ** (this.#qubits - local.length) };
  }

  /** Bits of the block number and where they go, in bytes: runs of qubits that are not local. */
  #outside(local: readonly number[]): readonly BitRun[] {
    const runs: BitRun[] = [];
    let from = 0;
    for (let qubit = 0; qubit < this.#qubits; qubit++) {
      if (local.includes(qubit)) continue;
      const to = qubit + this.#format.elementShift;
      const last = runs.at(-1);
      if (last !== undefined && last.to + last.length === to) last.length++;
      else runs.push({ from, to, length: 1 });
      from++;
    }
    return runs;
  }

  /** Emits the function of a group and returns its index. */
  #emitGroup(
    group: Group,
    place: Omit<GroupLayout, 'format' | 'registers' | 'stateGap'>,
    isLast: boolean,
  ): number {
    const { laneBits } = this.#format;
    const rows = 2 ** group.registers.length;
    const weights = Array.from({ length: rows }, (_, row) =>
      this.#pending.initial(group.registers, laneBits, row),
    );
    const run = new GroupRun({ group, laneBits, table: this.#constants }, weights);
    const pieces = group.operations.flatMap((operation) => piecesOf(run, operation));
    const finished: { readonly row: number; readonly at: number; readonly vector: Vector }[] = [];
    run.schedule(pieces, (row) => {
      finished.push({ row, at: run.code.instructions.length, vector: run.read(row).vector });
    });
    const final = Array.from({ length: rows }, (_, row) => run.weights(row));
    const residual = this.#pending.settle(final, run.factor, group, laneBits, isLast);
    const instructions = withStores(run, finished, residual, this.#constants);
    this.#instructionCount += instructions.length;
    const layout = {
      ...place,
      format: this.#format,
      registers: group.registers,
      stateGap: this.#stateGap,
    };
    const builder = writeGroup(layout, instructions, run.ahead.values);
    return this.#functions.push({ name: null, builder }) - 1;
  }
}

/** Constants take the tables up to here. */
const rowTableStart = 2 ** 16;

/** Puts the stores of each row where its last piece was done, multiplied by what is due. */
function withStores(
  run: GroupRun,
  finished: readonly { readonly row: number; readonly at: number; readonly vector: Vector }[],
  residual: ReturnType<PendingWeights['settle']>,
  table: ConstantTable,
): VectorCode['instructions'] {
  const source = run.code.instructions;
  const result: VectorCode['instructions'] = [];
  let from = 0;
  for (const { row, at, vector } of finished) {
    result.push(...source.slice(from, at));
    from = at;
    const tail = new VectorCode(run.code.valueCount);
    const arithmetic = new WeightedVectors(tail, table, run.laneCount);
    const weights = residual[row];
    if (weights === undefined) continue;
    tail.store(row, arithmetic.multiplyComplex(vector, weights));
    run.code.skipValues(tail.valueCount);
    result.push(...tail.instructions);
  }
  return [...result, ...source.slice(from)];
}

/** Number of the lowest qubits that are all local. */
function contiguous(local: readonly number[]): number {
  let run = 0;
  while (local[run] === run) run++;
  return run;
}

/** Offset in the state of each row of a block. */
function rowOffsets(local: readonly number[], run: number, elementBytes: number): number[] {
  const high = local.slice(run);
  return Array.from(
    { length: 2 ** high.length },
    (_, row) =>
      elementBytes *
      high.reduce((sum, qubit, j) => (((row >> j) & 1) === 1 ? sum + 2 ** qubit : sum), 0),
  );
}

interface BitRun {
  from: number;
  to: number;
  length: number;
}

/** (first, last, thread, argument): calls the groups for every block. */
function writePass(
  calls: readonly number[],
  outside: readonly BitRun[],
  isInPlace: boolean,
): FunctionBuilder {
  const out = new FunctionBuilder(4);
  const [block, last, thread, argument] = [0, 1, 2, 3] as const;
  const state = out.local(valueType.i32);
  const tables = out.local(valueType.i32);
  const scratch = out.local(valueType.i32);
  const offset = out.local(valueType.i32);
  const word = (index: number): FunctionBuilder => out.get(argument).i32Load(4 * index);
  word(argumentWords.state).set(state);
  word(argumentWords.tables).set(tables);
  word(argumentWords.scratch);
  word(argumentWords.scratchStep).get(thread).op(opcode.i32Multiply).op(opcode.i32Add).set(scratch);
  out.loop();
  out.i32(0);
  for (const { from, to, length } of outside) {
    out
      .get(block)
      .i32(from)
      .op(opcode.i32ShiftRight)
      .i32(2 ** length - 1)
      .op(opcode.i32And);
    out.i32(to).op(opcode.i32ShiftLeft).op(opcode.i32Or);
  }
  out.set(offset);
  for (const call of calls) {
    out.get(state).get(offset).op(opcode.i32Add).get(offset);
    if (isInPlace) out.get(state).get(offset).op(opcode.i32Add);
    else out.get(scratch);
    out.get(tables).call(call);
  }
  out.get(block).i32(1).op(opcode.i32Add).tee(block).get(last).op(opcode.i32LessUnsigned);
  return out.branchIf(0).end();
}
