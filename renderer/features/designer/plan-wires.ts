import {
  type Circuit,
  nameOfIndex,
  type Operation,
  qubitCountOf,
  qubitsOf,
  type Register,
} from '#shared/circuit/circuit.ts';
import { applyEdit, type CircuitEdit } from '#shared/circuit/edit.ts';
import { mapWires } from '#shared/circuit/edit-registers.ts';
import { sameOperation } from '#shared/circuit/equal.ts';
import type { Plan } from './plan.ts';

interface Place {
  readonly register: Register;
  /** Flat index of the register's first wire. */
  readonly first: number;
}

/** The register that holds a wire. */
export function registerAt(circuit: Circuit, row: number): Place | null {
  let first = 0;
  for (const register of circuit.qubitRegisters) {
    if (row < first + register.size) return { register, first };
    first += register.size;
  }
  return null;
}

/** A new wire right above or below `row`, in its register; what stands further down moves along. */
export function planInsertWire(
  circuit: Circuit,
  row: number,
  side: 'above' | 'below',
): Plan | { readonly refusal: string } {
  const place = registerAt(circuit, row);
  if (place === null) return { refusal: 'There is no wire here.' };
  const { register, first } = place;
  const at = side === 'above' ? row : row + 1;
  const grow: CircuitEdit = {
    kind: 'resize-register',
    of: 'qubit',
    name: register.name,
    size: register.size + 1,
  };
  const end = first + register.size;
  const grown = applyEdit(circuit, grow).circuit;
  const moved = rewire(grown, (wire) => (wire >= at && wire < end ? wire + 1 : wire));
  const wires = (wire: number): number => (wire >= at ? wire + 1 : wire);
  return { edits: [grow, ...moved], selection: [], wires };
}

/** How many operations stand on a wire; barriers that only pass it do not count. */
export function countOnWire(circuit: Circuit, row: number): number {
  return circuit.operations.filter((one) => one.kind !== 'barrier' && qubitsOf(one).includes(row))
    .length;
}

/** Takes a wire away with all that stands on it; barriers stay on their other wires. */
export function planRemoveWire(circuit: Circuit, row: number): Plan | { readonly refusal: string } {
  const place = registerAt(circuit, row);
  if (place === null) return { refusal: 'There is no wire here.' };
  if (qubitCountOf(circuit) === 1) return { refusal: 'A circuit keeps at least one qubit.' };
  const { register, first } = place;
  const indices = circuit.operations.flatMap((one, index) => (isOnlyOn(one, row) ? [index] : []));
  const remove: CircuitEdit[] = indices.length === 0 ? [] : [{ kind: 'remove', indices }];
  let current = remove.reduce((before, edit) => applyEdit(before, edit).circuit, circuit);
  const end = first + register.size;
  const moved = rewire(current, (wire) => (wire > row && wire < end ? wire - 1 : wire), row);
  current = moved.reduce((before, edit) => applyEdit(before, edit).circuit, current);
  const shrink: CircuitEdit = {
    kind: 'resize-register',
    of: 'qubit',
    name: register.name,
    size: register.size - 1,
  };
  const wires = (wire: number): number | null =>
    wire === row ? null : wire > row ? wire - 1 : wire;
  return { edits: [...remove, ...moved, shrink], selection: [], wires };
}

function isOnlyOn(operation: Operation, row: number): boolean {
  const qubits = qubitsOf(operation);
  if (operation.kind === 'barrier') return qubits.every((qubit) => qubit === row);
  return qubits.includes(row);
}

/** Takes what stands on a wire to another place among the wires; those between move up or down. */
export function planMoveWire(
  circuit: Circuit,
  from: number,
  to: number,
): Plan | { readonly refusal: string } | null {
  const last = qubitCountOf(circuit) - 1;
  if (from === to || to < 0 || to > last || from > last) return null;
  const direction = to > from ? -1 : 1;
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const place = (wire: number): number => {
    if (wire === from) return to;
    return wire >= low && wire <= high ? wire + direction : wire;
  };
  const edits = rewire(circuit, place);
  if (edits.length === 0) {
    const names = [from, to].map((row) => nameOfIndex(circuit.qubitRegisters, row));
    return { refusal: `Nothing stands between ${names.join(' and ')}: there is nothing to move.` };
  }
  return { edits, selection: [], wires: place };
}

/** One edit that sends every operation's wires through `place`; barriers lose the wire `without`. */
function rewire(
  circuit: Circuit,
  place: (wire: number) => number,
  without?: number,
): readonly CircuitEdit[] {
  const operations = circuit.operations.flatMap((operation, index) => {
    const { origin: _, ...bare } = operation;
    const fresh = trimmed(bare as Operation, without);
    const moved = mapWires(fresh, place);
    const tidy: Operation =
      moved.kind === 'barrier'
        ? { ...moved, qubits: moved.qubits.toSorted((a, b) => a - b) }
        : moved;
    return sameOperation(tidy, operation) ? [] : [{ index, operation: tidy }];
  });
  return operations.length === 0 ? [] : [{ kind: 'rewrite', operations }];
}

function trimmed(operation: Operation, without: number | undefined): Operation {
  if (operation.kind !== 'barrier' || without === undefined) return operation;
  return { ...operation, qubits: operation.qubits.filter((qubit) => qubit !== without) };
}
