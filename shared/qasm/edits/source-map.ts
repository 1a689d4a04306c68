import { AppError } from '../../base/errors.ts';
import type { Circuit } from '../../circuit/circuit.ts';
import { findRegister } from '../../circuit/edit-registers.ts';
import type { ParsedDocument } from '../document.ts';
import type { StatementNode, StatementSyntax } from '../syntax/nodes.ts';
import type { Range } from './layout.ts';

/** A statement that makes operations `first` … `first + count − 1` of the circuit. */
export interface Slot extends Range {
  /** Index of the statement in the tree. */
  readonly statement: number;
  readonly first: number;
  readonly count: number;
  readonly syntax: StatementSyntax;
  /** Where the statement's text begins: offsets of its tokens count from here. */
  readonly base: number;
}

/** Which statement makes which operation and declares which name. */
export interface SourceMap {
  readonly circuit: Circuit;
  readonly slots: readonly Slot[];
  readonly statementCount: number;
  /** Place of a statement's own text. */
  range(statement: number): Range;
  syntax(statement: number): StatementSyntax;
  base(statement: number): number;
  /** Statement that declares a wire, a gate of the user's own or (null) the standard file. */
  qubitDeclaration(qubit: number): number;
  bitDeclaration(bit: number): number;
  /** Index of the statement that declares a register. */
  declarationOf(of: 'qubit' | 'bit', name: string): number;
  gateDeclaration(name: string): number | null;
  readonly standardFile: number | null;
  /** Whether something of the program itself or of its standard file has the name. */
  isDeclared(name: string): boolean;
  /** Whether a register was declared without a size: `qubit q;`, `bit c;`. */
  readonly isScalar: (register: string) => boolean;
  /** The slot of operation `index`. */
  slotOf(index: number): Slot;
}

/** Made anew for each edit, O(statements). A document with errors has no circuit to edit: `bad-input`. */
export function sourceMapOf(document: ParsedDocument): SourceMap {
  const { circuit, program, tree } = document;
  if (circuit === null || (program === null && document.modern === null)) {
    throw new AppError(
      'bad-input',
      'The text has errors, so its circuit cannot be edited. Mend the text first.',
      { diagnostics: document.diagnostics.filter((one) => one.severity === 'error').slice(0, 5) },
    );
  }
  const slots: Slot[] = [];
  const qubits: number[] = [];
  const bits: number[] = [];
  const gates = new Map<string, number>();
  let standardFile: number | null = null;
  let first = 0;
  if (document.modern !== null)
    standardFile = collectModern(document, { slots, qubits, bits, gates });
  program?.meanings.forEach((meaning, statement) => {
    const { additions, operations } = meaning;
    for (const { size } of additions.qubitRegisters) pushTimes(qubits, statement, size);
    for (const { size } of additions.bitRegisters) pushTimes(bits, statement, size);
    for (const { name } of additions.definitions) gates.set(name, statement);
    if (additions.environment.hasStandardFile) standardFile ??= statement;
    if (operations.length === 0) return;
    const { syntax } = tree.statements[statement] as StatementNode;
    const base = tree.starts[statement] as number;
    const place = { start: base + syntax.start, end: base + syntax.end };
    slots.push({ ...place, statement, first, count: operations.length, syntax, base });
    first += operations.length;
  });
  const node = (statement: number): StatementNode => tree.statements[statement] as StatementNode;
  const base = (statement: number): number => tree.starts[statement] as number;
  return {
    circuit,
    slots,
    statementCount: tree.statements.length,
    standardFile,
    range: (statement) => ({
      start: base(statement) + node(statement).syntax.start,
      end: base(statement) + node(statement).syntax.end,
    }),
    syntax: (statement) => node(statement).syntax,
    base,
    qubitDeclaration: (qubit) => qubits[qubit] as number,
    bitDeclaration: (bit) => bits[bit] as number,
    declarationOf: (of, name) => {
      const { first } = findRegister(circuit, of, name);
      return (of === 'qubit' ? qubits : bits)[first] as number;
    },
    gateDeclaration: (name) => gates.get(name) ?? null,
    isDeclared: (name) => (document.modern?.program.scope.find(name) ?? null) !== null,
    isScalar: (register) => isScalar(document, register),
    slotOf: (index) => slots[slotIndex(slots, index)] as Slot,
  };
}

function isScalar({ modern }: ParsedDocument, register: string): boolean {
  const symbol = modern?.program.scope.find(register) ?? null;
  if (symbol?.kind === 'qubits') return !symbol.isRegister;
  return (
    modern?.program.state.bitRegisters.some((one) => one.name === register && !one.isRegister) ===
    true
  );
}

/** Gives the statement that includes the standard file. */
function collectModern(
  { modern, tree }: ParsedDocument,
  into: {
    readonly slots: Slot[];
    readonly qubits: number[];
    readonly bits: number[];
    readonly gates: Map<string, number>;
  },
): number | null {
  let standardFile: number | null = null;
  let first = 0;
  modern?.program.marks.forEach((mark, statement) => {
    pushTimes(into.qubits, statement, mark.qubits - into.qubits.length);
    pushTimes(into.bits, statement, mark.bits - into.bits.length);
    for (const { name } of modern.program.state.definitions.slice(
      into.gates.size,
      mark.definitions,
    )) {
      into.gates.set(name, statement);
    }
    if (mark.hasStandardFile) standardFile ??= statement;
    const count = (modern.writing?.ends[statement] ?? first) - first;
    if (count === 0) return;
    const { syntax } = tree.statements[statement] as StatementNode;
    const base = tree.starts[statement] as number;
    const place = { start: base + syntax.start, end: base + syntax.end };
    into.slots.push({ ...place, statement, first, count, syntax, base });
    first += count;
  });
  return standardFile;
}

function pushTimes(list: number[], value: number, times: number): void {
  for (let i = 0; i < times; i++) list.push(value);
}

/** Index of the last slot that begins at or before operation `index`. */
export function slotIndex(slots: readonly Slot[], index: number): number {
  let low = 0;
  let high = slots.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((slots[middle] as Slot).first <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Text that comes from another file cannot be changed through this one. */
export function refuseIncluded(syntax: StatementSyntax): void {
  if (syntax.kind !== 'include') return;
  throw new AppError(
    'unsupported',
    `This comes from the included file ${syntax.path.text}. Change it there.`,
  );
}
