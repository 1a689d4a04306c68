import { wantedBits } from '../circuit/condition.ts';
import {
  type Circuit,
  type Operation,
  type Origin,
  type TextBlock,
  totalSize,
} from '../circuit/circuit.ts';
import { AppError } from '../base/errors.ts';
import type { ParsedDocument } from './document.ts';
import { printCircuit3 } from './print/circuit3.ts';
import { calleeBaseIn, type Program3 } from './semantics3/program.ts';
import { Memory, Unknown } from './semantics3/memory.ts';
import { Places } from './semantics3/places.ts';
import { isStop, mostWritten, Walker } from './semantics3/walk.ts';
import type { StatementNode, SyntaxTree } from './syntax/nodes.ts';

/** One statement as it ran: its place, the blocks around it, and what it did to the qubits. */
export interface TraceStep {
  /** UTF-16 offsets of the statement, which may stand in a block or a subroutine. */
  readonly start: number;
  readonly end: number;
  /** Of the statement at the top level that it belongs to. */
  readonly statement: { readonly start: number; readonly end: number };
  readonly blocks: readonly TextBlock[];
  readonly operations: readonly Operation[];
  /** The circuit's bits before it, the first one rightmost; "·" where one is not known or written yet. */
  readonly bits: string;
}

/** A run of the program along given outcomes. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  /** False where the next step depends on an outcome that was not given, or cannot be followed. */
  readonly isWhole: boolean;
  /** The circuit's bits at the end. */
  readonly bits: string;
  /** How many of its qubits were measured. */
  readonly measured: number;
}

/**
 * Follows the document along `outcomes`, its measurements in the order in which they run, as far as
 * those tell the way. Null where the text has errors.
 */
export function traceOf(document: ParsedDocument, outcomes: readonly (0 | 1)[]): Trace | null {
  const { circuit, modern, tree } = document;
  if (circuit === null) return null;
  const { operations, isWhole, bits, bitsBefore } =
    modern === null
      ? followCircuit(circuit, outcomes)
      : followProgram(modern.program, tree, outcomes);
  const measured = operations.filter(({ kind }) => kind === 'measure').length;
  return { steps: stepsOf(operations, bitsBefore), isWhole, bits, measured };
}

/** The program that does the first steps of a trace and nothing else, in a straight line. */
export function traceText(circuit: Circuit, steps: readonly TraceStep[]): string {
  const operations = steps.flatMap((step) => step.operations);
  return printCircuit3({ ...circuit, operations });
}

interface Followed {
  readonly operations: readonly Operation[];
  readonly isWhole: boolean;
  readonly bits: string;
  /** Before the operation at an index. */
  readonly bitsBefore: ReadonlyMap<number, string>;
}

function followProgram(
  { state, steps }: Program3,
  tree: SyntaxTree,
  outcomes: readonly (0 | 1)[],
): Followed {
  const memory = Memory.empty(state.count);
  for (const { slot } of state.inputs) memory.slots[slot] = new Unknown();
  const places = new Places(calleeBaseIn(tree));
  const registers = new Map<number, { first: number; size: number }>();
  let first = 0;
  for (const { slot, size } of state.bitRegisters) {
    registers.set(slot, { first, size });
    first += size;
  }
  const { qubitCount } = state;
  const walker = new Walker({ memory, places, qubitCount, registers, outcomes, isSketch: false });
  const followed = (isWhole: boolean): Followed => ({
    operations: walker.operations,
    isWhole,
    bits: walker.bits(),
    bitsBefore: new Map(walker.moments.map(({ first: index, bits }) => [index, bits])),
  });
  try {
    for (const [statement, list] of steps.entries()) {
      if (list.length === 0) continue;
      const { syntax } = tree.statements[statement] as StatementNode;
      const base = tree.starts[statement] as number;
      const origin = { start: base + syntax.start, end: base + syntax.end };
      places.begin(origin, syntax.kind === 'modern' ? base : null);
      if (walker.run(list) === 'end') break;
    }
  } catch (fault) {
    if (!isStop(fault)) throw fault;
    return followed(false);
  }
  return followed(true);
}

/** Follows a circuit that says all: one of OpenQASM 2. */
function followCircuit(circuit: Circuit, outcomes: readonly (0 | 1)[]): Followed {
  const bits = new Map<number, 0 | 1 | null>();
  const done: Operation[] = [];
  const bitsBefore = new Map<number, string>();
  const count = totalSize(circuit.bitRegisters);
  const written = (): string =>
    Array.from({ length: count }, (_, bit) => bits.get(bit) ?? '·')
      .toReversed()
      .join('');
  let measured = 0;
  let now = written();
  let size = now.length;
  const follow = (list: readonly Operation[]): boolean =>
    list.every((operation) => {
      if (operation.kind === 'opaque') return operation.isInert === true;
      if (operation.kind !== 'if') {
        bitsBefore.set(done.length, now);
        done.push(operation);
        if (operation.kind !== 'measure') return true;
        const outcome = outcomes[measured++] ?? null;
        if (operation.bit !== null) bits.set(operation.bit, outcome);
        now = written();
        size += now.length;
        return size <= mostWritten;
      }
      const values = operation.condition.bits.map(
        (bit) => bits.get(bit) ?? (bits.has(bit) ? null : 0),
      );
      if (values.includes(null)) return false;
      const wanted = wantedBits(operation.condition);
      const isEqual = wanted !== null && wanted.every((bit, i) => bit === values[i]);
      const isTaken = isEqual !== (operation.condition.negated === true);
      return follow(insideBranch(operation.origin, isTaken ? operation.body : operation.otherwise));
    });
  const isWhole = follow(circuit.operations);
  return { operations: done, isWhole, bits: written(), bitsBefore };
}

function insideBranch(origin: Origin | undefined, body: readonly Operation[]): Operation[] {
  if (origin === undefined) return [...body];
  const { start, end } = origin;
  const block: TextBlock = { kind: 'if', start, end, pass: '' };
  const place: Origin = { start, end, inside: { start, end, blocks: [block] } };
  return body.map((operation) => ({ ...operation, origin: place }));
}

/** Operations of one statement share their origin as an object. */
function stepsOf(
  operations: readonly Operation[],
  bitsBefore: ReadonlyMap<number, string>,
): TraceStep[] {
  const steps: (TraceStep & { readonly operations: Operation[] })[] = [];
  let last: Origin | null = null;
  for (const [index, operation] of operations.entries()) {
    const { origin } = operation;
    if (origin === undefined) {
      throw new AppError('internal', 'An operation of a text has no place in it.');
    }
    const step = steps.at(-1);
    if (last === origin && step !== undefined) step.operations.push(operation);
    else {
      const { start, end } = origin.inside ?? origin;
      const blocks = origin.inside?.blocks ?? [];
      const statement = { start: origin.start, end: origin.end };
      const bits = bitsBefore.get(index) ?? '';
      steps.push({ start, end, statement, blocks, operations: [operation], bits });
    }
    last = origin;
  }
  return steps;
}
