import { AppError } from '#shared/base/errors.ts';
import type { Operation } from './operation.ts';
import { encodePass, encodeTables, type EncodeTarget, type TableRecord } from './encode.ts';
import { ParameterWriter } from './parameter-writer.ts';
import { type BlockShape, planPasses, widestOf } from './passes.ts';

/** Qubits of a block: its real and imaginary parts and one table fit into the second cache. */
const blockBits = { f32: 13, f64: 12 } as const;
const runBits = 6;
/** Runs are whole vectors. */
const leastRunBits = 2;

/** Blocks for a state of this many qubits. */
export function shapeFor(qubits: number, precision: 'f32' | 'f64'): BlockShape {
  const bits = Math.min(qubits, blockBits[precision]);
  return { qubits, bits, runBits: Math.min(runBits, bits) };
}

/** Functions to be run one after the other; `release` gives the parameters' memory back. */
export interface PlacedPlan {
  readonly passes: readonly {
    readonly name: 'buildTables' | 'sweep';
    readonly argument: number;
    readonly blocks: number;
  }[];
  release(): void;
}

/** Plans operations over a state and writes the parameters of the passes into its memory. */
export function placePlan(
  operations: readonly Operation[],
  precision: 'f32' | 'f64',
  target: EncodeTarget,
): PlacedPlan {
  const writer = new ParameterWriter(precision);
  const tables: TableRecord[] = [];
  const shape = withRoom(target.shape, operations);
  const sweeps = planPasses(operations, shape).map((pass) =>
    encodePass(writer, pass, { ...target, shape }, tables),
  );
  const build = encodeTables(writer, tables, target.memory);
  const base = writer.place(target.memory);
  const passes: PlacedPlan['passes'][number][] = sweeps.map(({ at, blocks }) => ({
    name: 'sweep',
    argument: base + at,
    blocks,
  }));
  if (tables.length > 0) {
    passes.unshift({ name: 'buildTables', argument: base + build, blocks: tables.length });
  }
  return { passes, release: () => target.memory.release(base) };
}

/** Shorter runs where an operation needs more of a block's qubits for itself. */
function withRoom(shape: BlockShape, operations: readonly Operation[]): BlockShape {
  const free = shape.bits - widestOf(operations);
  if (shape.bits === shape.qubits || free >= shape.runBits) return shape;
  if (free >= leastRunBits) return { ...shape, runBits: free };
  throw new AppError(
    'too-large',
    `A gate mixes ${shape.bits - free} qubits at once; at most ${shape.bits - leastRunBits} can be.`,
  );
}
