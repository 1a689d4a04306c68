import { type KernelMemory, scratchBytes } from '../memory.ts';
import { arrange, type Stage } from './arrange.ts';
import { encodeDense } from './encode-dense.ts';
import { encodePair } from './encode-pair.ts';
import { encodePhases } from './encode-phases.ts';
import { encodeTurns } from './encode-turns.ts';
import type { ParameterWriter } from './parameter-writer.ts';
import { type BlockShape, type PlannedPass } from './passes.ts';

/** Bytes of an operation's record in the kernels. */
const recordBytes = 128;
/** Bytes of a pass's argument. */
const argumentBytes = 64;

/** What encoding an operation needs to know of its pass. */
export interface PassLayout {
  readonly laneBits: number;
  readonly bits: number;
  /** Where a qubit lies in the block, or −1. */
  readonly inside: readonly number[];
  /** Which bit of the block's number a qubit is, or −1. */
  readonly outside: readonly number[];
  /** Tables that are to be built before the pass. */
  readonly tables: TableRecord[];
}

/** A table of phases; numbers are positions in the parameters. */
export interface TableRecord {
  readonly at: number;
  readonly bits: number;
  readonly wideCount: number;
  readonly wide: number;
  readonly factors: number;
}

export interface EncodeTarget {
  readonly memory: KernelMemory;
  readonly shape: BlockShape;
  readonly laneBits: number;
}

/** Writes one pass; the position of its argument and the number of its blocks. */
export function encodePass(
  writer: ParameterWriter,
  pass: PlannedPass,
  target: EncodeTarget,
  tables: TableRecord[],
): { readonly at: number; readonly blocks: number } {
  const { shape, laneBits, memory } = target;
  const { qubits, runBits } = shape;
  const bits = pass.inside.length;
  const all = Array.from({ length: qubits }, (_, qubit) => qubit);
  const outside = all.filter((qubit) => !pass.inside.includes(qubit));
  const layout: PassLayout = {
    laneBits,
    bits,
    inside: all.map((qubit) => pass.inside.indexOf(qubit)),
    outside: all.map((qubit) => outside.indexOf(qubit)),
    tables,
  };
  const stages = arrange(pass.operations, laneBits);
  const records = writer.reserve(recordBytes * stages.length);
  stages.forEach((stage, k) => encodeStage(writer, records + recordBytes * k, stage, layout));
  const factor = pass.operations.reduce(
    (product, operation) => (operation.kind === 'turn' ? product * operation.factor : product),
    1,
  );
  const isContiguous = bits === qubits || pass.inside[bits - 1] === bits - 1;
  const runs = runStarts(pass.inside.slice(runBits));
  const at = writer.reserve(argumentBytes);
  writer.statePart(at, 're');
  writer.statePart(at + 4, 'im');
  writer.word(at + 8, bits);
  writer.word(at + 12, runBits);
  writer.word(at + 16, runs.length);
  writer.pointer(at + 20, writer.words(runs));
  writer.word(at + 24, outside.length);
  writer.pointer(at + 28, writer.words(outside));
  writer.word(at + 32, stages.length);
  writer.pointer(at + 36, records);
  writer.double(at + 40, factor);
  // Where blocks are contiguous and nothing is to be multiplied in, copying them gains nothing.
  writer.word(at + 48, isContiguous && factor === 1 ? 1 : 0);
  writer.word(at + 52, memory.scratchOf(0));
  writer.word(at + 56, scratchBytes);
  return { at, blocks: 2 ** outside.length };
}

/** The first amplitudes of the runs of a block, by the values of its qubits above a run. */
function runStarts(places: readonly number[]): number[] {
  let starts = [0];
  for (const place of places) {
    starts = [...starts, ...starts.map((start) => start + 2 ** place)];
  }
  return starts;
}

function encodeStage(writer: ParameterWriter, at: number, stage: Stage, layout: PassLayout): void {
  switch (stage.kind) {
    case 'turns':
      return encodeTurns(writer, at, stage.turns, layout);
    case 'phases':
      return encodePhases(writer, at, stage.phases, layout);
    case 'pair':
      return encodePair(writer, at, stage.mix, layout);
    case 'dense':
      return encodeDense(writer, at, stage.operation, layout);
  }
}

const tableRecordBytes = 32;

/** Writes the argument of `buildTables` (assembly/tables.ts). */
export function encodeTables(
  writer: ParameterWriter,
  tables: readonly TableRecord[],
  memory: KernelMemory,
): number {
  const at = writer.reserve(tableRecordBytes * (tables.length + 1));
  writer.word(at, memory.scratchOf(0));
  writer.word(at + 4, scratchBytes);
  tables.forEach((table, k) => {
    const record = at + tableRecordBytes * (k + 1);
    writer.pointer(record, table.at);
    writer.word(record + 4, table.bits);
    writer.word(record + 8, table.wideCount);
    writer.pointer(record + 12, table.wide);
    writer.pointer(record + 16, table.factors);
  });
  return at;
}
