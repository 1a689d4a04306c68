import { AppError } from '../../base/errors.ts';
import type { GateDefinition } from '../../circuit/circuit.ts';
import { applyEdit, type CircuitEdit } from '../../circuit/edit.ts';
import type { TextEdit } from '../diagnostic.ts';
import type { ParsedDocument } from '../document.ts';
import { printDefinition2 } from '../print/circuit.ts';
import { declarationsOf, printDefinition3 } from '../print/circuit3.ts';
import { gateNames3 } from '../print/names3.ts';
import { gateNames2 } from '../print/names.ts';
import { Layout } from './layout.ts';
import { refuseIncluded, type SourceMap, sourceMapOf } from './source-map.ts';

export type DefinitionEdit = Extract<
  CircuitEdit,
  { readonly kind: 'add-definition' | 'remove-definition' }
>;

/** The text edits that declare a gate, or take its declaration out. */
export function definitionTextEdits(document: ParsedDocument, edit: DefinitionEdit): TextEdit[] {
  const map = sourceMapOf(document);
  const layout = new Layout(document.text);
  applyEdit(map.circuit, edit);
  if (edit.kind === 'remove-definition') {
    const statement = map.gateDeclaration(edit.name);
    if (statement === null) {
      const message = `“${edit.name}” is declared in an included file. Change it there.`;
      throw new AppError('unsupported', message, { name: edit.name });
    }
    refuseIncluded(map.syntax(statement));
    return layout.removals([map.range(statement)]);
  }
  const lines = [
    ...headOf(document, map, edit.definition),
    printed(document, map, edit.definition),
  ];
  const text = lines.map((line) => line.replaceAll('\n', layout.newline));
  const following = map.circuit.definitions[edit.index ?? Infinity];
  if (following !== undefined) {
    const statement = map.gateDeclaration(following.name) ?? 0;
    refuseIncluded(map.syntax(statement));
    return [layout.insertBefore(map.range(statement), text)];
  }
  const last = map.circuit.definitions.reduce(
    (latest, { name }) => Math.max(latest, map.gateDeclaration(name) ?? -1),
    map.standardFile ?? -1,
  );
  if (last >= 0) return [layout.insertAfter(map.range(last), text)];
  if (map.statementCount < 2) return [layout.insertAtEnd(text)];
  const hasVersion = map.syntax(0).kind === 'version';
  const first = map.range(0);
  return [hasVersion ? layout.insertAfter(first, text) : layout.insertBefore(first, text)];
}

function printed(document: ParsedDocument, map: SourceMap, definition: GateDefinition): string {
  if (document.language === 2) return printDefinition2(definition, map.circuit);
  return printDefinition3(definition, gateNames3(map.circuit));
}

/** The standard file and gates that it lacks, as far as the body needs them and they are not there. */
function headOf(
  document: ParsedDocument,
  map: SourceMap,
  { body }: GateDefinition,
): readonly string[] {
  const used = (body ?? []).flatMap((step) => (step.kind === 'gate' ? [step] : []));
  const names = gateNames3(map.circuit);
  const names2 = gateNames2(map.circuit);
  const needsFile = used
    .map((step) => (document.language === 2 ? names2(step.gate) : names.call(step, true)))
    .some(({ needsStandardFile }) => needsStandardFile);
  const file = document.language === 2 ? 'qelib1.inc' : 'stdgates.inc';
  const include = needsFile && map.standardFile === null ? [`include "${file}";`] : [];
  if (document.language === 2) return include;
  const missing = new Set([...names.missing].filter((one) => !map.isDeclared(one)));
  const declared = [...declarationsOf(missing)].filter(([name]) => !map.isDeclared(name));
  return [...include, ...declared.map(([, line]) => line)];
}
