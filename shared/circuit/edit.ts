import { unreachable } from '../base/assert.ts';
import { AppError } from '../base/errors.ts';
import type { Circuit, GateDefinition, Operation, Register } from './circuit.ts';
import { addDefinition, removeDefinition } from './edit-definitions.ts';
import { addParameter, removeParameter, renameParameter } from './edit-parameters.ts';
import { addRegister, renameRegister, resizeRegister } from './edit-registers.ts';
import { operationChecker } from './validate.ts';

/** One invertible change of a circuit. Indices count in `circuit.operations` before the change. */
export type CircuitEdit =
  /** Puts operations before the one at `index` (length = at the end). */
  | { readonly kind: 'insert'; readonly index: number; readonly operations: readonly Operation[] }
  | { readonly kind: 'remove'; readonly indices: readonly number[] }
  /** Puts operations back where they were: each `index` counts in the circuit after the change. */
  | {
      readonly kind: 'restore';
      readonly operations: readonly { readonly index: number; readonly operation: Operation }[];
    }
  | { readonly kind: 'replace'; readonly index: number; readonly operation: Operation }
  /** Many replacements as one: each operation takes the place of the one at its index. */
  | {
      readonly kind: 'rewrite';
      readonly operations: readonly { readonly index: number; readonly operation: Operation }[];
    }
  /** Takes the operation at `from` out and puts `operation` (moved to other wires) before `to`. */
  | {
      readonly kind: 'move';
      readonly from: number;
      readonly to: number;
      readonly operation: Operation;
    }
  /** At position `index` among the registers of its kind; at the end without it. */
  | {
      readonly kind: 'add-register';
      readonly of: 'qubit' | 'bit';
      readonly register: Register;
      readonly index?: number;
    }
  /** Only unused wires at the end may be taken away; size 0 takes the register away. */
  | {
      readonly kind: 'resize-register';
      readonly of: 'qubit' | 'bit';
      readonly name: string;
      readonly size: number;
    }
  | {
      readonly kind: 'rename-register';
      readonly of: 'qubit' | 'bit';
      readonly name: string;
      readonly to: string;
    }
  /** At position `index` among the gates of the circuit's own; at the end without it. */
  | {
      readonly kind: 'add-definition';
      readonly definition: GateDefinition;
      readonly index?: number;
    }
  /** Only a gate that nothing calls may go. */
  | { readonly kind: 'remove-definition'; readonly name: string }
  /** A named real input at position `index` among the parameters; at the end without it. */
  | { readonly kind: 'add-parameter'; readonly name: string; readonly index?: number }
  /** Only a parameter that nothing uses may go. */
  | { readonly kind: 'remove-parameter'; readonly name: string }
  | { readonly kind: 'rename-parameter'; readonly name: string; readonly to: string };

export interface EditResult {
  readonly circuit: Circuit;
  /** Applied to `circuit`, gives back the circuit before the change. */
  readonly inverse: CircuitEdit;
}

/** The changed circuit and the way back. Pure; a change that breaks the circuit is `bad-input`. */
export function applyEdit(circuit: Circuit, edit: CircuitEdit): EditResult {
  switch (edit.kind) {
    case 'add-register':
      return addRegister(circuit, edit);
    case 'resize-register':
      return resizeRegister(circuit, edit);
    case 'rename-register':
      return renameRegister(circuit, edit);
    case 'add-definition':
      return addDefinition(circuit, edit);
    case 'remove-definition':
      return removeDefinition(circuit, edit);
    case 'add-parameter':
      return addParameter(circuit, edit);
    case 'remove-parameter':
      return removeParameter(circuit, edit);
    case 'rename-parameter':
      return renameParameter(circuit, edit);
    default:
      return {
        circuit: splice(circuit, spliceOf(circuit, edit)),
        inverse: inverseOf(circuit, edit),
      };
  }
}

/** The edits that change operations alone. */
export type OperationEdit = Extract<
  CircuitEdit,
  { readonly kind: 'insert' | 'remove' | 'restore' | 'replace' | 'rewrite' | 'move' }
>;

/** Every operation edit in one form; all positions count before the change. */
export interface Splice {
  readonly removed: ReadonlySet<number>;
  readonly replaced: ReadonlyMap<number, Operation>;
  /** Operations to be put before the one at the key. */
  readonly inserted: ReadonlyMap<number, readonly Operation[]>;
}

const nothingRemoved: ReadonlySet<number> = new Set();
const nothingReplaced: ReadonlyMap<number, Operation> = new Map();
const nothingInserted: ReadonlyMap<number, readonly Operation[]> = new Map();

export function spliceOf(circuit: Circuit, edit: OperationEdit): Splice {
  const { length } = circuit.operations;
  const splice = uncheckedSplice(edit, length);
  for (const index of [...splice.removed, ...splice.replaced.keys()]) {
    checkIndex(index, length - 1, edit.kind);
  }
  for (const index of splice.inserted.keys()) checkIndex(index, length, edit.kind);
  checkOperations(circuit, [...splice.replaced.values(), ...[...splice.inserted.values()].flat()]);
  return splice;
}

function uncheckedSplice(edit: OperationEdit, length: number): Splice {
  const unchanged = {
    removed: nothingRemoved,
    replaced: nothingReplaced,
    inserted: nothingInserted,
  };
  switch (edit.kind) {
    case 'insert':
      return { ...unchanged, inserted: new Map([[edit.index, edit.operations]]) };
    case 'remove':
      return { ...unchanged, removed: new Set(edit.indices) };
    case 'restore':
      return { ...unchanged, inserted: restored(edit.operations, length) };
    case 'replace':
      return { ...unchanged, replaced: new Map([[edit.index, edit.operation]]) };
    case 'rewrite':
      return {
        ...unchanged,
        replaced: new Map(edit.operations.map(({ index, operation }) => [index, operation])),
      };
    case 'move':
      return {
        ...unchanged,
        removed: new Set([edit.from]),
        inserted: new Map([[edit.to, [edit.operation]]]),
      };
    default:
      return unreachable(edit);
  }
}

/** From positions after the change to positions before it. */
function restored(
  operations: readonly { readonly index: number; readonly operation: Operation }[],
  length: number,
): ReadonlyMap<number, readonly Operation[]> {
  const inserted = new Map<number, Operation[]>();
  operations
    .toSorted((a, b) => a.index - b.index)
    .forEach(({ index, operation }, before) => {
      const at = index - before;
      checkIndex(at, length, 'restore');
      const list = inserted.get(at) ?? [];
      list.push(operation);
      inserted.set(at, list);
    });
  return inserted;
}

function checkIndex(index: number, last: number, kind: string): void {
  if (Number.isInteger(index) && index >= 0 && index <= last) return;
  throw new AppError('bad-input', `Cannot ${kind} at ${index}: positions go from 0 to ${last}.`, {
    index,
    last,
  });
}

function checkOperations(circuit: Circuit, operations: readonly Operation[]): void {
  if (operations.length === 0) return;
  const check = operationChecker(circuit);
  for (const operation of operations) {
    const [problem] = check(operation);
    if (problem !== undefined) throw new AppError('bad-input', problem.message, { ...problem });
  }
}

function splice(circuit: Circuit, { removed, replaced, inserted }: Splice): Circuit {
  const operations: Operation[] = [];
  const { length } = circuit.operations;
  for (let i = 0; i <= length; i++) {
    for (const operation of inserted.get(i) ?? []) operations.push(operation);
    if (i === length || removed.has(i)) continue;
    operations.push(replaced.get(i) ?? (circuit.operations[i] as Operation));
  }
  return { ...circuit, operations };
}

function inverseOf(circuit: Circuit, edit: OperationEdit): CircuitEdit {
  switch (edit.kind) {
    case 'insert':
      return { kind: 'remove', indices: edit.operations.map((_, i) => edit.index + i) };
    case 'restore':
      return { kind: 'remove', indices: edit.operations.map(({ index }) => index) };
    case 'remove':
      return {
        kind: 'restore',
        operations: [...new Set(edit.indices)]
          .toSorted((a, b) => a - b)
          .map((index) => ({ index, operation: circuit.operations[index] as Operation })),
      };
    case 'replace':
      return { ...edit, operation: circuit.operations[edit.index] as Operation };
    case 'rewrite':
      return {
        kind: 'rewrite',
        operations: edit.operations.map(({ index }) => ({
          index,
          operation: circuit.operations[index] as Operation,
        })),
      };
    case 'move': {
      const at = edit.to > edit.from ? edit.to - 1 : edit.to;
      return {
        kind: 'move',
        from: at,
        to: at < edit.from ? edit.from + 1 : edit.from,
        operation: circuit.operations[edit.from] as Operation,
      };
    }
    default:
      return unreachable(edit);
  }
}
