import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import type { Circuit } from '../../circuit/circuit.ts';
import { applyEdit } from '../../circuit/edit.ts';
import { registersOf } from '../../circuit/edit-registers.ts';
import type { TextEdit } from '../diagnostic.ts';
import type { ParsedDocument } from '../document.ts';
import { operationPrinter3 } from '../print/operations3.ts';
import { tokensOf } from '../syntax/nodes.ts';
import { reservedWords3 } from '../syntax3/words.ts';
import { Layout } from './layout.ts';
import type { RegisterEdit } from './registers.ts';
import { refuseIncluded, type SourceMap, sourceMapOf } from './source-map.ts';

/** The text edits that add, resize, remove or rename a register of an OpenQASM 3 program. */
export function registerTextEdits3(document: ParsedDocument, edit: RegisterEdit): TextEdit[] {
  const map = sourceMapOf(document);
  const layout = new Layout(document.text);
  const { circuit: after } = applyEdit(map.circuit, edit);
  switch (edit.kind) {
    case 'add-register':
      checkFresh(document, edit.register.name);
      return addRegister(map, layout, edit);
    case 'resize-register':
      return resizeRegister(document, map, layout, edit, after);
    case 'rename-register':
      if (edit.to === edit.name) return [];
      checkFresh(document, edit.to);
      return renameAll(document, edit.name, edit.to);
    default:
      return unreachable(edit);
  }
}

/** Refuses a name that is reserved or taken. */
export function checkFresh(document: ParsedDocument, name: string): void {
  const isTaken = (document.modern?.program.scope.find(name) ?? null) !== null;
  const isName = /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name) && !reservedWords3.has(name);
  if (isName && !isTaken) return;
  const reason = isTaken
    ? `“${name}” is the name of something else in this program. Choose another one.`
    : `“${name}” cannot be a name in OpenQASM 3. Use letters, digits and _, and no word of the language.`;
  throw new AppError('bad-input', reason, { name });
}

function addRegister(
  map: SourceMap,
  layout: Layout,
  edit: RegisterEdit & { kind: 'add-register' },
): TextEdit[] {
  const { name, size } = edit.register;
  const line = `${edit.of}[${size}] ${name};`;
  const following = registersOf(map.circuit, edit.of)[edit.index ?? Infinity];
  if (following !== undefined) {
    const statement = map.declarationOf(edit.of, following.name);
    refuseIncluded(map.syntax(statement));
    return [layout.insertBefore(map.range(statement), [line])];
  }
  let last = -1;
  for (const kind of ['qubit', 'bit'] as const) {
    for (const register of registersOf(map.circuit, kind)) {
      last = Math.max(last, map.declarationOf(kind, register.name));
    }
  }
  if (last < 0) last = map.statementCount - 2;
  return last < 0 ? [layout.insertAtEnd([line])] : [layout.insertAfter(map.range(last), [line])];
}

function resizeRegister(
  document: ParsedDocument,
  map: SourceMap,
  layout: Layout,
  edit: RegisterEdit & { kind: 'resize-register' },
  after: Circuit,
): TextEdit[] {
  const statement = map.declarationOf(edit.of, edit.name);
  const syntax = map.syntax(statement);
  refuseIncluded(syntax);
  if (edit.size === 0) return layout.removals([map.range(statement)]);
  if (syntax.kind !== 'modern' || syntax.statement.kind !== 'declaration') {
    const message = `“${edit.name}” has no declaration that gives its size. Edit it in the text.`;
    throw new AppError('unsupported', message, { name: edit.name });
  }
  const { width } = syntax.statement.type;
  const base = map.base(statement);
  const edits: TextEdit[] = [
    width === null
      ? { ...map.range(statement), text: `${edit.of}[${edit.size}] ${edit.name};` }
      : { start: base + width.start, end: base + width.end, text: String(edit.size) },
  ];
  const printer = operationPrinter3(
    after,
    layout.separator,
    (name) => name !== edit.name && map.isScalar(name),
  );
  for (const slot of map.slots) {
    if (!namesWhole(document, slot.statement, edit.name)) continue;
    refuseIncluded(slot.syntax);
    const operations = after.operations.slice(slot.first, slot.first + slot.count);
    const text = operations.map((one) => printer.print(one)).join(layout.separatorAt(slot));
    edits.push({ start: slot.start, end: slot.end, text });
  }
  return edits;
}

/** Whether a statement means all of a register, also as a barrier on everything. */
function namesWhole(document: ParsedDocument, statement: number, name: string): boolean {
  const tokens = tokensOf(document.tree, statement);
  const isBareBarrier = tokens[0]?.text === 'barrier' && tokens[1]?.kind === ';';
  return (
    isBareBarrier ||
    tokens.some(
      (token, i) =>
        token.kind === 'identifier' && token.text === name && tokens[i + 1]?.kind !== '[',
    )
  );
}

/** Every mention of the name; whether they all mean the same thing is checked on the result. */
export function renameAll(document: ParsedDocument, from: string, to: string): TextEdit[] {
  const edits: TextEdit[] = [];
  document.tree.starts.forEach((base, statement) => {
    for (const token of tokensOf(document.tree, statement)) {
      if (token.kind !== 'identifier' || token.text !== from) continue;
      edits.push({ start: base + token.start, end: base + token.end, text: to });
    }
  });
  return edits;
}
