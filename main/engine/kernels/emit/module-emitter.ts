import { encodeModule, type ModuleFunction } from '../wasm/module.ts';
import { AddressFormat } from './address-format.ts';
import { GroupRun } from './group-run.ts';
import type { LoweredCircuit } from './lower-steps.ts';
import type { KernelOperation } from './operation.ts';
import { PendingWeights } from './pending-weights.ts';
import { piecesOf } from './pieces.ts';
import { type PassPlan, planPasses } from './plan.ts';
import type { Group } from './plan-groups.ts';
import { ConstantTable, type Slot } from './table.ts';
import { type Vector, VectorCode } from './vector-code.ts';
import { vectorFormat, type VectorFormat } from './vector-format.ts';
import { WeightedVectors } from './weighted-vectors.ts';
import { type GroupLayout, type Side, writeGroup } from './write-group.ts';

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
  /** Whether the module's memory has addresses of 64 bits. */
  readonly isWide?: boolean;
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

/** The functions that a pass calls for every block. */
export interface PassCalls {
  /** Indices of the groups' functions. */
  readonly calls: readonly number[];
  readonly localCount: number;
  readonly isInPlace: boolean;
  /** Bits of the block number and where they go in the number of its first amplitude. */
  readonly outside: readonly BitRun[];
}

/** A module under construction: several circuits on as many qubits may share its constants. */
export class ModuleEmitter {
  readonly functions: ModuleFunction[] = [];
  readonly format: VectorFormat;
  readonly addresses: AddressFormat;
  readonly stateGap: number;
  readonly #constants: ConstantTable;
  readonly #rows: number[] = [];
  readonly #halfAngleSlots: number[] = [];
  #instructionCount = 0;
  #groupCount = 0;

  constructor({ precision, isRelaxed, stateGap, isWide = false }: EmitOptions) {
    this.format = vectorFormat(precision, isRelaxed);
    this.addresses = new AddressFormat(isWide);
    this.stateGap = stateGap;
    this.#constants = new ConstantTable(this.format.elementBytes);
  }

  /** Emits the groups of a circuit in passes over blocks of 2^blockBits amplitudes. */
  add(circuit: LoweredCircuit, largestBlockBits: number): PassCalls[] {
    const { operations, qubits, factor } = circuit;
    const passes = planPasses(operations, qubits, {
      laneBits: this.format.laneBits,
      blockBits: Math.min(largestBlockBits, qubits),
      rowBits: Math.min(rowBits, qubits),
      registerCount,
    });
    this.#halfAngleSlots.push(...operations.flatMap(halfAngleSlotsOf));
    const pending = new PendingWeights(qubits, factor, passes);
    return passes.map((pass, i) => this.#addPass(pass, qubits, pending, i === passes.length - 1));
  }

  /** Null where the constants did not fit. */
  finish(passes: readonly EmittedPass[]): EmittedCircuit | null {
    if (this.#constants.isFull) return null;
    return {
      bytes: encodeModule(this.functions, this.addresses.isWide ? 'wide' : 'narrow'),
      passes,
      tables: this.#tables(),
      slots: this.#constants.slots,
      halfAngleSlots: this.#halfAngleSlots,
      instructionCount: this.#instructionCount,
      groupCount: this.#groupCount,
    };
  }

  #tables(): Uint8Array {
    const constants = this.#constants.bytes();
    const rows = new Uint8Array(Uint32Array.from(this.#rows).buffer);
    const result = new Uint8Array(rowTableStart + rows.length);
    result.set(constants);
    result.set(rows, rowTableStart);
    return result;
  }

  #addPass(
    { local, groups }: PassPlan,
    qubits: number,
    pending: PendingWeights,
    isLastPass: boolean,
  ): PassCalls {
    const run = contiguous(local);
    const isInPlace = run === local.length;
    const rowTable = rowTableStart + 4 * this.#rows.length;
    if (!isInPlace) this.#rows.push(...rowStarts(local, run));
    const bufferGap = isInPlace
      ? this.stateGap
      : 2 ** local.length * this.format.elementBytes + bufferPadding;
    const calls = groups.map((group, k) => {
      const source: Side = isInPlace || k > 0 ? 'buffer' : 'state';
      const target: Side = isInPlace || k < groups.length - 1 ? 'buffer' : 'state';
      const isLast = isLastPass && k === groups.length - 1;
      const layout = { source, target, rowTable, bufferGap };
      return this.#addGroup(group, { ...layout, local, rowBits: run }, pending, isLast);
    });
    const outside = bitsOutside(local, qubits);
    return { calls, localCount: local.length, isInPlace, outside };
  }

  /** Emits the function of a group and returns its index. */
  #addGroup(
    group: Group,
    place: Omit<GroupLayout, 'format' | 'addresses' | 'registers' | 'stateGap'>,
    pending: PendingWeights,
    isLast: boolean,
  ): number {
    const { laneBits } = this.format;
    const rows = 2 ** group.registers.length;
    const weights = Array.from({ length: rows }, (_, row) =>
      pending.initial(group.registers, laneBits, row),
    );
    const run = new GroupRun({ group, laneBits, table: this.#constants }, weights);
    const pieces = group.operations.flatMap((operation) => piecesOf(run, operation));
    const finished: FinishedRow[] = [];
    run.schedule(pieces, (row) => {
      finished.push({ row, at: run.code.instructions.length, vector: run.read(row).vector });
    });
    const final = Array.from({ length: rows }, (_, row) => run.weights(row));
    const residual = pending.settle(final, run.factor, group, laneBits, isLast);
    const instructions = withStores(run, finished, residual, this.#constants);
    this.#instructionCount += instructions.length;
    this.#groupCount++;
    const { format, addresses, stateGap } = this;
    const layout = { ...place, format, addresses, registers: group.registers, stateGap };
    const builder = writeGroup(layout, instructions, run.ahead.values);
    return this.functions.push({ name: null, builder }) - 1;
  }
}

function halfAngleSlotsOf(operation: KernelOperation): number[] {
  if (operation.kind === 'open-zz') return [operation.slot];
  return operation.kind === 'open-turn' && operation.axis !== 'z' ? [operation.slot] : [];
}

/** A row and the vector it ends with, after so many instructions. */
interface FinishedRow {
  readonly row: number;
  readonly at: number;
  readonly vector: Vector;
}

/** Bits of the block number and where they go: runs of qubits that are not local. */
function bitsOutside(local: readonly number[], qubits: number): BitRun[] {
  const runs: BitRun[] = [];
  let from = 0;
  for (let qubit = 0; qubit < qubits; qubit++) {
    if (local.includes(qubit)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.to + last.length === qubit) last.length++;
    else runs.push({ from, to: qubit, length: 1 });
    from++;
  }
  return runs;
}

/** Constants take the tables up to here. */
const rowTableStart = 2 ** 16;

/** Puts the stores of each row where its last piece was done, multiplied by what is due. */
function withStores(
  run: GroupRun,
  finished: readonly FinishedRow[],
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

/** The first amplitude of each row of a block. */
function rowStarts(local: readonly number[], run: number): number[] {
  const high = local.slice(run);
  return Array.from({ length: 2 ** high.length }, (_, row) =>
    high.reduce((sum, qubit, j) => (((row >> j) & 1) === 1 ? sum + 2 ** qubit : sum), 0),
  );
}

export interface BitRun {
  from: number;
  to: number;
  length: number;
}
