import {
  bitCountOf,
  bitsOf,
  type Circuit,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from '#shared/circuit/circuit.ts';
import { gate as callOf } from '#shared/circuit/build.ts';
import { underControls } from '#shared/circuit/controlled-forms.ts';
import { applyEdit, type CircuitEdit } from '#shared/circuit/edit.ts';
import { columnsOf, partsOf } from '#shared/circuit/blocks.ts';
import { spanOf } from '#shared/circuit/moments.ts';
import { mapWires } from '#shared/circuit/edit-registers.ts';
import { type Expression, parametersIn } from '#shared/circuit/expression.ts';
import { definitionEdits } from '#shared/qasm/gate-source.ts';
import type { Cell, Plan } from './plan.ts';
import { planControlAt } from './plan-controls.ts';
import {
  controlledGate,
  defaultParametersOf,
  type PaletteItem,
  qubitCountOfItem,
  titleOfItem,
} from './palette-items.ts';

const nobody: ReadonlySet<number> = new Set();

interface Insertion {
  /** Operations that are about to leave: they do not count. */
  readonly leaving?: ReadonlySet<number>;
  /** The wire whose order counts most where those of several wires contradict each other. */
  readonly anchor?: number;
}

/**
 * Where in the list an operation on these wires must stand to be drawn in the column: before the
 * first that stands there or further right over its wires, lines to classical bits included, else
 * after all that stand no further right. What stands left of the column on its own wires stays
 * before it, so that what is placed from left to right comes in that order.
 */
export function insertionIndex(
  circuit: Circuit,
  rows: readonly number[],
  column: number,
  moments: readonly number[] = columnsOf(circuit),
  { leaving = nobody, anchor }: Insertion = {},
): number {
  const qubitCount = qubitCountOf(circuit);
  const low = Math.min(...rows);
  const high = Math.max(...rows);
  let wanted: number | null = null;
  let afterLeft = 0;
  /** Behind what stands left of it on its wires, and on the anchor's wire. */
  let behind = 0;
  let behindAnchor = 0;
  let before = Infinity;
  // Never into the midst of what came out of one loop or box.
  for (const part of partsOf(circuit.operations, 0)) {
    const { first } = part;
    if (leaving.has(first)) continue;
    const operations = part.kind === 'operation' ? [part.operation] : part.operations;
    const end = first + operations.length;
    const moment = moments[first] as number;
    const touched = operations.flatMap(qubitsOf);
    const span = spanOf(touched, operations.flatMap(bitsOf), qubitCount);
    const isBeside = moment < column;
    if (!isBeside && span !== null && span.top <= high && span.bottom >= low) wanted ??= first;
    if (moment <= column) afterLeft = end;
    if (rows.some((row) => touched.includes(row))) {
      if (isBeside) behind = end;
      else before = Math.min(before, first);
    }
    if (isBeside && anchor !== undefined && touched.includes(anchor)) behindAnchor = end;
  }
  return Math.max(Math.min(Math.max(wanted ?? afterLeft, behind), before), behindAnchor);
}

/** The wires that something takes when its first stands in `row`; moved up at the lower end. */
export function rowsFor(count: number, row: number, qubitCount: number): readonly number[] | null {
  if (count > qubitCount) return null;
  const first = Math.min(row, qubitCount - count);
  return Array.from({ length: count }, (_, offset) => first + offset);
}

/** What `planPlacing` would put there, for a place inside a block; a refusal where it needs more than that. */
export function operationToPlace(
  circuit: Circuit,
  item: PaletteItem,
  cell: Cell,
  controls: readonly number[],
): Operation | { readonly refusal: string } {
  const plan = planPlacing(circuit, item, cell, controls);
  if ('refusal' in plan) return plan;
  const [only, ...others] = plan.edits;
  if (only?.kind === 'insert' && others.length === 0 && only.operations[0] !== undefined) {
    return only.operations[0];
  }
  return { refusal: 'This needs a register or a gate that is not declared yet. Declare it first.' };
}

/** Puts something new on the wires; `controls` are wires marked as further controls. */
export function planPlacing(
  circuit: Circuit,
  item: PaletteItem,
  cell: Cell,
  controls: readonly number[] = [],
  columns: readonly number[] = columnsOf(circuit),
): Plan | { readonly refusal: string } {
  const qubitCount = qubitCountOf(circuit);
  if (qubitCount === 0) return { refusal: 'There is no qubit yet. Add one first.' };
  if (item.kind === 'delay' || item.kind === 'display') {
    return { refusal: `${titleOfItem(item)}: put it on a wire outside of blocks.` };
  }
  if (item.kind === 'control') return planControlAt(circuit, cell, item.value, columns);
  const free = controls.filter((row) => row !== cell.row);
  const all = Array.from({ length: qubitCount }, (_, row) => row);
  if (item.kind === 'barrier') {
    return planInsert(circuit, { kind: 'barrier', qubits: all }, cell, columns);
  }
  const rows =
    free.length > 0
      ? targetRows(item, cell.row, free, qubitCount)
      : rowsFor(qubitCountOfItem(item), cell.row, qubitCount);
  if (rows === null) {
    return {
      refusal: `It needs ${qubitCountOfItem(item) + free.length} qubits, more than there are. Add some first.`,
    };
  }
  if (item.kind === 'measure') return planMeasure(circuit, rows[0] ?? 0, cell.column, columns);
  const plan = planInsert(circuit, operationOf(item, rows, free), cell, columns);
  if (item.kind !== 'own') return plan;
  return { ...plan, edits: [...definitionEdits(circuit, item.definitions), ...plan.edits] };
}

function planInsert(
  circuit: Circuit,
  operation: Operation,
  cell: Cell,
  columns: readonly number[],
): Plan {
  const rows = qubitsOf(operation);
  const anchor = rows.includes(cell.row) ? { anchor: cell.row } : {};
  const index = insertionIndex(circuit, rows, cell.column, columns, anchor);
  return {
    edits: [{ kind: 'insert', index, operations: [operation] }],
    selection: [index],
    wishes: new Map([[index, cell.column]]),
  };
}

function targetRows(
  item: PaletteItem,
  row: number,
  controls: readonly number[],
  qubitCount: number,
): readonly number[] | null {
  const open = Array.from({ length: qubitCount }, (_, wire) => wire).filter(
    (wire) => wire >= row && !controls.includes(wire),
  );
  const count = qubitCountOfItem(item);
  return open.length < count ? null : open.slice(0, count);
}

function operationOf(
  item: Extract<PaletteItem, { kind: 'reset' | 'gate' | 'own' }>,
  rows: readonly number[],
  controls: readonly number[],
): Operation {
  switch (item.kind) {
    case 'reset':
      return { kind: 'reset', qubit: rows[0] ?? 0 };
    case 'own': {
      const call = callOf(item.gate.name, rows, defaultParametersOf(item.gate));
      return underControls(
        call,
        controls.map((qubit) => ({ qubit, value: 1 })),
      );
    }
    case 'gate': {
      const gate = controlledGate(item.gate, controls.length);
      if (gate === null) {
        const call = callOf(item.gate.id, rows, defaultParametersOf(item.gate));
        return underControls(
          call,
          controls.map((qubit) => ({ qubit, value: 1 })),
        );
      }
      const parameters = defaultParametersOf(gate);
      return { kind: 'gate', gate: gate.id, parameters, qubits: [...controls, ...rows] };
    }
  }
}

/** A measurement goes into the bit with the qubit's number; bits are added where there are too few. */
function planMeasure(
  circuit: Circuit,
  qubit: number,
  column: number,
  columns: readonly number[],
): Plan {
  const edits = bitEdits(circuit, qubit + 1);
  const index = insertionIndex(circuit, [qubit], column, columns);
  const measure: Operation = { kind: 'measure', qubit, bit: qubit };
  return {
    edits: [...edits, { kind: 'insert', index, operations: [measure] }],
    selection: [index],
    wishes: new Map([[index, column]]),
  };
}

/**
 * Measurements at the end for the qubits whose last word is none yet, each into the bit with its number
 * where nothing wrote there, else into a bit behind all others. Null = every qubit is measured already.
 */
export function planMeasureAll(circuit: Circuit): Plan | null {
  const last = new Map<number, Operation>();
  const taken = new Set<number>();
  for (const operation of circuit.operations) {
    for (const qubit of qubitsOf(operation)) last.set(qubit, operation);
    for (const bit of bitsOf(operation)) taken.add(bit);
  }
  const open = Array.from({ length: qubitCountOf(circuit) }, (_, qubit) => qubit).filter(
    (qubit) => last.get(qubit)?.kind !== 'measure',
  );
  if (open.length === 0) return null;
  let next = Math.max(bitCountOf(circuit), qubitCountOf(circuit));
  const operations = open.map((qubit): Operation => {
    const bit = taken.has(qubit) ? next : qubit;
    if (bit === next) next += 1;
    return { kind: 'measure', qubit, bit };
  });
  const index = circuit.operations.length;
  const bits = Math.max(...operations.flatMap(bitsOf)) + 1;
  return {
    edits: [...bitEdits(circuit, bits), { kind: 'insert', index, operations }],
    selection: operations.map((_, offset) => index + offset),
  };
}

/** What gives a circuit at least so many classical bits. */
export function bitEdits(circuit: Circuit, count: number): readonly CircuitEdit[] {
  const missing = count - bitCountOf(circuit);
  const last = circuit.bitRegisters.at(-1);
  if (missing <= 0) return [];
  if (last === undefined) {
    const size = Math.max(count, qubitCountOf(circuit));
    return [{ kind: 'add-register', of: 'bit', register: { name: freeName(circuit, 'c'), size } }];
  }
  return [{ kind: 'resize-register', of: 'bit', name: last.name, size: last.size + missing }];
}

function freeName(circuit: Circuit, wanted: string): string {
  const taken = new Set(
    [...circuit.qubitRegisters, ...circuit.bitRegisters, ...circuit.definitions].map(
      (named) => named.name,
    ),
  );
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`;
  return name;
}

/** The operation with its qubits sent through `to`; null where one would fall off the wires. */
function mapQubits(
  operation: Operation,
  to: (qubit: number) => number,
  qubitCount: number,
): Operation | null {
  const { origin: _, ...fresh } = operation;
  const mapped = mapWires(fresh as Operation, to);
  const qubits = qubitsOf(mapped);
  const inside = qubits.every((qubit) => qubit >= 0 && qubit < qubitCount);
  return inside && new Set(qubits).size === qubits.length ? mapped : null;
}

/** Moves operations by rows and columns, keeping their order; null where they would fall off. */
export function planMove(
  circuit: Circuit,
  indices: readonly number[],
  by: { readonly rows: number; readonly columns: number },
  drawn?: readonly number[],
): Plan | null {
  const moments = drawn ?? columnsOf(circuit);
  const moved = shifted(circuit, indices, by.rows);
  const first = indices[0];
  if (moved === null || first === undefined) return null;
  const leftmost = Math.min(...indices.map((index) => moments[index] as number));
  const column = Math.max(0, leftmost + by.columns);
  const rows = moved.flatMap(qubitsOf);
  const at =
    drawn === undefined
      ? insertionIndex(applyEdit(circuit, { kind: 'remove', indices }).circuit, rows, column)
      : indexAmongStaying(circuit, indices, rows, column, drawn);
  const selection = moved.map((_, offset) => at + offset);
  const wishes = new Map(
    indices.map((index, place) => [
      at + place,
      Math.max(0, (moments[index] as number) + by.columns),
    ]),
  );
  const only = moved[0];
  if (moved.length === 1 && only !== undefined) {
    const to = at >= first ? at + 1 : at;
    return { edits: [{ kind: 'move', from: first, to, operation: only }], selection, wishes };
  }
  return {
    edits: [
      { kind: 'remove', indices },
      { kind: 'insert', index: at, operations: moved },
    ],
    selection,
    carried: new Map(indices.map((index, place) => [index, at + place])),
    wishes,
  };
}

/** Left-aligned the others close up first; in other views they stay where they are. */
function indexAmongStaying(
  circuit: Circuit,
  indices: readonly number[],
  rows: readonly number[],
  column: number,
  columns: readonly number[],
): number {
  const leaving = new Set(indices);
  const at = insertionIndex(circuit, rows, column, columns, { leaving });
  return at - indices.filter((index) => index < at).length;
}

function shifted(
  circuit: Circuit,
  indices: readonly number[],
  rows: number,
): readonly Operation[] | null {
  const qubitCount = qubitCountOf(circuit);
  const moved: Operation[] = [];
  for (const index of indices) {
    const operation = circuit.operations[index];
    const mapped =
      operation === undefined ? null : mapQubits(operation, (qubit) => qubit + rows, qubitCount);
    if (mapped === null) return null;
    moved.push(mapped);
  }
  return moved;
}

/** Takes one leg of an operation (a control, a target) to another wire; swaps legs if it is taken. */
export function planLeg(circuit: Circuit, index: number, from: number, to: number): Plan | null {
  const operation = circuit.operations[index];
  if (operation === undefined || from === to) return null;
  const swap = (qubit: number): number => (qubit === from ? to : qubit === to ? from : qubit);
  const mapped = mapQubits(operation, swap, qubitCountOf(circuit));
  if (mapped === null) return null;
  return { edits: [{ kind: 'replace', index, operation: mapped }], selection: [index] };
}

/** Gives a gate call other parameters; names that are new become inputs of the circuit. */
export function planParameters(
  circuit: Circuit,
  index: number,
  parameters: readonly Expression[],
): Plan | null {
  const operation = circuit.operations[index];
  if (operation?.kind !== 'gate') return null;
  const { origin: _, ...fresh } = operation;
  const edit: CircuitEdit = { kind: 'replace', index, operation: { ...fresh, parameters } };
  return { edits: [...declarationsFor(circuit, parameters), edit], selection: [index] };
}

/** The names that the expressions use and the circuit does not know yet. */
export function declarationsFor(
  circuit: Circuit,
  expressions: readonly Expression[],
): readonly CircuitEdit[] {
  const known = new Set(circuit.parameters.map(({ name }) => name));
  const fresh = new Set(expressions.flatMap(parametersIn).filter((name) => !known.has(name)));
  return [...fresh].map((name) => ({ kind: 'add-parameter', name }));
}

/** One more qubit at the lower end. */
export function planAddQubit(circuit: Circuit): Plan {
  const last = circuit.qubitRegisters.at(-1);
  const edit: CircuitEdit =
    last === undefined
      ? {
          kind: 'add-register',
          of: 'qubit',
          register: { name: freeName(circuit, 'q'), size: 1 },
        }
      : { kind: 'resize-register', of: 'qubit', name: last.name, size: last.size + 1 };
  return { edits: [edit], selection: [] };
}

/** The lowest qubit away; a refusal where something stands on it or it is the register's only one. */
export function planRemoveQubit(circuit: Circuit): Plan | { readonly refusal: string } {
  const last = circuit.qubitRegisters.at(-1);
  const lowest = qubitCountOf(circuit) - 1;
  if (last === undefined) return { refusal: 'There is no qubit to remove.' };
  if (last.size === 1) return { refusal: 'A register keeps at least one qubit.' };
  if (circuit.operations.some((operation) => qubitsOf(operation).includes(lowest))) {
    return { refusal: `${last.name}[${last.size - 1}] is in use. Remove what stands on it first.` };
  }
  const edit: CircuitEdit = {
    kind: 'resize-register',
    of: 'qubit',
    name: last.name,
    size: last.size - 1,
  };
  return { edits: [edit], selection: [] };
}
