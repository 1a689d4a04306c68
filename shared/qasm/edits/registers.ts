import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import type { Circuit, Operation } from '../../circuit/circuit.ts';
import { applyEdit, type CircuitEdit } from '../../circuit/edit.ts';
import { registersOf } from '../../circuit/edit-registers.ts';
import type { TextEdit } from '../diagnostic.ts';
import type { ParsedDocument } from '../document.ts';
import { operationPrinter2 } from '../print/operations.ts';
import { reservedWords } from '../syntax/pieces.ts';
import type { OperandSyntax, RegisterSyntax, StatementSyntax } from '../syntax/nodes.ts';
import { checkFreshName } from './declarations.ts';
import { Layout } from './layout.ts';
import { refuseIncluded, type Slot, type SourceMap, sourceMapOf } from './source-map.ts';

export type RegisterEdit = Extract<
  CircuitEdit,
  { readonly kind: 'add-register' | 'resize-register' | 'rename-register' }
>;

/** The smallest text edits that add, resize, remove or rename a register. */
export function registerTextEdits(document: ParsedDocument, edit: RegisterEdit): TextEdit[] {
  const map = sourceMapOf(document);
  const layout = new Layout(document.text);
  const { circuit: after } = applyEdit(map.circuit, edit);
  switch (edit.kind) {
    case 'add-register':
      checkFreshIn(document, edit.register.name);
      return [...addRegister(map, layout, edit), ...pinBarriers(map, layout, after)];
    case 'resize-register':
      return resizeRegister(map, layout, edit, after);
    case 'rename-register':
      if (edit.to !== edit.name) checkFreshIn(document, edit.to);
      return renameRegister(map, edit);
    default:
      return unreachable(edit);
  }
}

function checkFreshIn(document: ParsedDocument, name: string): void {
  const environment = document.program?.meanings.at(-1)?.additions.environment;
  checkFreshName(name, (environment?.find(name) ?? null) !== null, reservedWords.has(name));
}

function addRegister(
  map: SourceMap,
  layout: Layout,
  edit: RegisterEdit & { kind: 'add-register' },
): TextEdit[] {
  const { name, size } = edit.register;
  const line = `${edit.of === 'qubit' ? 'qreg' : 'creg'} ${name}[${size}];`;
  const following = registersOf(map.circuit, edit.of)[edit.index ?? Infinity];
  if (following !== undefined) {
    const statement = map.declarationOf(edit.of, following.name);
    refuseIncluded(map.syntax(statement));
    return [layout.insertBefore(map.range(statement), [line])];
  }
  let last = -1;
  for (let i = 0; i < map.statementCount; i++) if (map.syntax(i).kind === 'register') last = i;
  const hasOwn = registersOf(map.circuit, edit.of).length > 0;
  const registers = registersOf(map.circuit, edit.of);
  const lastName = registers.at(-1)?.name;
  // A register that an included file declares counts, too: the new one must come behind it.
  if (hasOwn && lastName !== undefined) {
    last = Math.max(last, map.declarationOf(edit.of, lastName));
  }
  if (last < 0) last = map.statementCount - 2;
  if (last < 0) return [layout.insertAtEnd([line])];
  return [layout.insertAfter(map.range(last), [line])];
}

function resizeRegister(
  map: SourceMap,
  layout: Layout,
  edit: RegisterEdit & { kind: 'resize-register' },
  after: Circuit,
): TextEdit[] {
  const statement = map.declarationOf(edit.of, edit.name);
  const syntax = map.syntax(statement);
  refuseIncluded(syntax);
  if (edit.size === 0) {
    return [...layout.removals([map.range(statement)]), ...pinBarriers(map, layout, after)];
  }
  const { size } = syntax as RegisterSyntax;
  const base = map.base(statement);
  const edits: TextEdit[] = [
    { start: base + size.start, end: base + size.end, text: String(edit.size) },
  ];
  for (const slot of map.slots) {
    const namesWhole = operandsOf(slot.syntax).some(
      (operand) => operand.index === null && operand.name.text === edit.name,
    );
    if (namesWhole || isBareBarrier(slot.syntax)) edits.push(writeOut(slot, layout, after));
  }
  return edits;
}

/** Statements that mean “all wires” would mean other wires than before: they are written out. */
function pinBarriers(map: SourceMap, layout: Layout, after: Circuit): TextEdit[] {
  return map.slots
    .filter((slot) => isBareBarrier(slot.syntax))
    .map((slot) => writeOut(slot, layout, after));
}

function isBareBarrier(syntax: StatementSyntax): boolean {
  return syntax.kind === 'barrier' && syntax.operands.length === 0;
}

/** The statement's operations one by one, as they stand in the circuit after the change. */
function writeOut(slot: Slot, layout: Layout, after: Circuit): TextEdit {
  refuseIncluded(slot.syntax);
  const printer = operationPrinter2(after, layout.separator);
  const operations = after.operations.slice(slot.first, slot.first + slot.count);
  try {
    const text = operations
      .map((one: Operation) => printer.print(one))
      .join(layout.separatorAt(slot));
    return { start: slot.start, end: slot.end, text };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unsupported') throw error;
    throw new AppError(
      'unsupported',
      'A condition acts on this whole register in one statement, which cannot be written for some of its wires. Change that statement first.',
      { start: slot.start, end: slot.end },
      error,
    );
  }
}

function renameRegister(
  map: SourceMap,
  edit: RegisterEdit & { kind: 'rename-register' },
): TextEdit[] {
  const declaration = map.declarationOf(edit.of, edit.name);
  refuseIncluded(map.syntax(declaration));
  const edits: TextEdit[] = [];
  for (let i = 0; i < map.statementCount; i++) {
    const base = map.base(i);
    const syntax = map.syntax(i);
    const names = operandsOf(syntax).map((operand) => operand.name);
    if (i === declaration && syntax.kind === 'register') names.push(syntax.name);
    if (syntax.kind === 'if') names.push(syntax.register);
    for (const name of names) {
      if (name.text !== edit.name) continue;
      edits.push({ start: base + name.start, end: base + name.end, text: edit.to });
    }
  }
  return edits;
}

/** The registers and wires that a top-level statement names. */
function operandsOf(syntax: StatementSyntax): readonly OperandSyntax[] {
  switch (syntax.kind) {
    case 'call':
    case 'barrier':
      return syntax.operands;
    case 'measure':
      return [syntax.source, syntax.target];
    case 'reset':
      return [syntax.operand];
    case 'if':
      return operandsOf(syntax.body);
    default:
      return [];
  }
}
