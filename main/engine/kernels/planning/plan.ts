import { AppError } from '#shared/base/errors.ts';
import type { KernelMemory, StateAddress } from '../memory.ts';
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

interface PlannedFunction {
  readonly name: 'buildTables' | 'sweep';
  readonly argument: number;
  readonly blocks: number;
}

/** Functions to be run one after the other; `release` gives the parameters' memory back. */
export interface PlacedPlan {
  readonly passes: readonly PlannedFunction[];
  release(): void;
}

/** The passes over any state of a memory; arguments are positions in the parameters. */
export interface Plan {
  readonly writer: ParameterWriter;
  readonly passes: readonly PlannedFunction[];
}

/** Plans operations over a state and writes the parameters of the passes into its memory. */
export function placePlan(
  operations: readonly Operation[],
  precision: 'f32' | 'f64',
  { state, ...target }: EncodeTarget & { readonly state: StateAddress },
): PlacedPlan {
  return placedOn(planFor(operations, precision, target), target.memory, state);
}

/** Plans operations over states of a memory. */
export function planFor(
  operations: readonly Operation[],
  precision: 'f32' | 'f64',
  target: EncodeTarget,
): Plan {
  const writer = new ParameterWriter(precision);
  const tables: TableRecord[] = [];
  const shape = withRoom(target.shape, operations);
  const sweeps = planPasses(operations, shape).map((pass) =>
    encodePass(writer, pass, { ...target, shape }, tables),
  );
  const build = encodeTables(writer, tables, target.memory);
  const passes = sweeps.map(
    ({ at, blocks }): PlannedFunction => ({ name: 'sweep', argument: at, blocks }),
  );
  if (tables.length > 0) {
    passes.unshift({ name: 'buildTables', argument: build, blocks: tables.length });
  }
  return { writer, passes };
}

/** Writes the parameters of a plan into the memory, for this state. */
export function placedOn(
  { writer, passes }: Plan,
  memory: KernelMemory,
  state: StateAddress,
): PlacedPlan {
  const base = writer.place(memory, state);
  return {
    passes: passes.map((pass) => ({ ...pass, argument: base + pass.argument })),
    release: () => memory.release(base),
  };
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
