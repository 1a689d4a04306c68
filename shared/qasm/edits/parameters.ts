import { AppError } from '../../base/errors.ts';
import { applyEdit, type CircuitEdit } from '../../circuit/edit.ts';
import type { TextEdit } from '../diagnostic.ts';
import type { ParsedDocument } from '../document.ts';
import { Layout } from './layout.ts';
import { checkFresh, renameAll } from './registers3.ts';
import { refuseIncluded, type SourceMap, sourceMapOf } from './source-map.ts';

export type ParameterEdit = Extract<
  CircuitEdit,
  { readonly kind: 'add-parameter' | 'remove-parameter' | 'rename-parameter' }
>;

/** The text edits that declare, take out or rename an `input` of an OpenQASM 3 program. */
export function parameterTextEdits(document: ParsedDocument, edit: ParameterEdit): TextEdit[] {
  if (document.language === 2) {
    const message =
      'OpenQASM 2 has no named parameters. Convert the document to OpenQASM 3, or type a number.';
    throw new AppError('unsupported', message, { name: edit.name });
  }
  const map = sourceMapOf(document);
  applyEdit(map.circuit, edit);
  if (edit.kind === 'rename-parameter') {
    if (edit.to === edit.name) return [];
    checkFresh(document, edit.to);
    return renameAll(document, edit.name, edit.to);
  }
  const layout = new Layout(document.text);
  if (edit.kind === 'remove-parameter') {
    const statement = inputOf(map, edit.name);
    if (statement !== null) return layout.removals([map.range(statement)]);
    const message = `“${edit.name}” is declared in an included file. Change it there.`;
    throw new AppError('unsupported', message, { name: edit.name });
  }
  checkFresh(document, edit.name);
  return [declare(map, layout, edit)];
}

/** Beside the other inputs, else right under the head of the program. */
function declare(
  map: SourceMap,
  layout: Layout,
  edit: ParameterEdit & { kind: 'add-parameter' },
): TextEdit {
  const line = `input float ${edit.name};`;
  const following = map.circuit.parameters[edit.index ?? Infinity];
  const next = following === undefined ? null : inputOf(map, following.name);
  if (next !== null) {
    refuseIncluded(map.syntax(next));
    return layout.insertBefore(map.range(next), [line]);
  }
  const inputs = map.circuit.parameters.map(({ name }) => inputOf(map, name) ?? -1);
  const last = Math.max(-1, ...inputs, map.standardFile ?? -1);
  if (last >= 0) return layout.insertAfter(map.range(last), [line]);
  if (map.statementCount < 2) return layout.insertAtEnd([line]);
  const hasVersion = map.syntax(0).kind === 'version';
  const first = map.range(0);
  return hasVersion ? layout.insertAfter(first, [line]) : layout.insertBefore(first, [line]);
}

/** The statement that declares an input; null where no statement of this text does. */
function inputOf(map: SourceMap, name: string): number | null {
  for (let i = 0; i < map.statementCount; i++) {
    const syntax = map.syntax(i);
    if (syntax.kind !== 'modern' || syntax.statement.kind !== 'declaration') continue;
    if (syntax.statement.modifier === 'input' && syntax.statement.name.text === name) return i;
  }
  return null;
}
