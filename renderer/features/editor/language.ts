import * as monaco from 'monaco-editor/editor';
import type { ParsedDocument, TextEdit } from '#shared/qasm/document.ts';
import { type Completion, completionsAt } from '#shared/qasm/service/completions.ts';
import { definitionAt } from '#shared/qasm/service/definition.ts';
import { formatDocument } from '#shared/qasm/service/format.ts';
import { type Hover, hoverAt } from '#shared/qasm/service/hover.ts';
import { quickFixes } from '#shared/qasm/service/quick-fixes.ts';
import { referencesAt, renameEdits, renameTargetAt } from '#shared/qasm/service/rename.ts';
import { signatureAt } from '#shared/qasm/service/signature.ts';
import { type DocumentSymbol, documentSymbols } from '#shared/qasm/service/symbols.ts';
import { asAppError } from '#shared/base/errors.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { grammar } from './grammar.ts';

export const languageId = 'openqasm';

type Model = monaco.editor.ITextModel;

let registered = false;

/** Teaches Monaco OpenQASM: colours, completion, cards, definitions, names, outline, layout, mendings. */
export function registerLanguage(): void {
  if (registered) return;
  registered = true;
  const { languages } = monaco;
  languages.register({ id: languageId, extensions: ['.qasm'] });
  languages.setLanguageConfiguration(languageId, {
    comments: { lineComment: '//', blockComment: ['/*', '*/'] },
    brackets: [
      ['{', '}'],
      ['[', ']'],
      ['(', ')'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}' },
      { open: '[', close: ']' },
      { open: '(', close: ')' },
      { open: '"', close: '"' },
    ],
  });
  languages.setMonarchTokensProvider(languageId, grammar);
  languages.registerHoverProvider(languageId, { provideHover });
  languages.registerCompletionItemProvider(languageId, { provideCompletionItems });
  languages.registerDefinitionProvider(languageId, { provideDefinition });
  languages.registerDocumentFormattingEditProvider(languageId, {
    provideDocumentFormattingEdits: (model) =>
      parsedOf(model, (parsed) => formatDocument(parsed).map((edit) => editIn(model, edit))),
  });
  languages.registerCodeActionProvider(languageId, { provideCodeActions });
  languages.registerReferenceProvider(languageId, { provideReferences });
  languages.registerDocumentHighlightProvider(languageId, { provideDocumentHighlights });
  languages.registerRenameProvider(languageId, { provideRenameEdits, resolveRenameLocation });
  languages.registerDocumentSymbolProvider(languageId, { provideDocumentSymbols });
  languages.registerSignatureHelpProvider(languageId, {
    signatureHelpTriggerCharacters: ['(', ',', ' '],
    signatureHelpRetriggerCharacters: [')'],
    provideSignatureHelp,
  });
}

/** The answer of `ask` about the document that the model shows; null while they differ. */
function parsedOf<T>(model: Model, ask: (parsed: ParsedDocument) => T): T | null {
  const parsed = activeDocument()?.parsed;
  return parsed === undefined || parsed.text !== model.getValue() ? null : ask(parsed);
}

function provideHover(model: Model, position: monaco.Position): monaco.languages.Hover | null {
  const found = parsedOf(model, (parsed) => hoverAt(parsed, model.getOffsetAt(position)));
  if (found === null) return null;
  return {
    range: rangeIn(model, found.start, found.end),
    contents: [
      { value: `**${found.title}**` },
      ...found.lines.map((value) => ({ value })),
      ...matrixOf(found),
    ],
  };
}

function matrixOf({ matrix }: Hover): { value: string }[] {
  if (matrix === null) return [];
  const width = Math.max(...matrix.flat().map((entry) => entry.length));
  const rows = matrix.map((row) => row.map((entry) => entry.padStart(width)).join('  '));
  return [{ value: `\`\`\`text\n${rows.join('\n')}\n\`\`\`` }];
}

const itemKinds: Readonly<Record<Completion['kind'], monaco.languages.CompletionItemKind>> = {
  keyword: monaco.languages.CompletionItemKind.Keyword,
  gate: monaco.languages.CompletionItemKind.Method,
  register: monaco.languages.CompletionItemKind.Variable,
  wire: monaco.languages.CompletionItemKind.Variable,
  parameter: monaco.languages.CompletionItemKind.TypeParameter,
  function: monaco.languages.CompletionItemKind.Function,
  constant: monaco.languages.CompletionItemKind.Constant,
  file: monaco.languages.CompletionItemKind.File,
};

function provideCompletionItems(
  model: Model,
  position: monaco.Position,
): monaco.languages.CompletionList | null {
  const found = parsedOf(model, (parsed) => completionsAt(parsed, model.getOffsetAt(position)));
  if (found === null) return null;
  return {
    suggestions: found.map(({ label, kind, detail, text, start, end }) => ({
      label,
      detail,
      kind: itemKinds[kind],
      insertText: text,
      range: rangeIn(model, start, end),
    })),
  };
}

function provideDefinition(
  model: Model,
  position: monaco.Position,
): monaco.languages.Location | null {
  const found = parsedOf(model, (parsed) => definitionAt(parsed, model.getOffsetAt(position)));
  return found === null ? null : { uri: model.uri, range: rangeIn(model, found.start, found.end) };
}

function provideReferences(model: Model, position: monaco.Position): monaco.languages.Location[] {
  const found = parsedOf(model, (parsed) => referencesAt(parsed, model.getOffsetAt(position)));
  return (found ?? []).map(({ start, end }) => ({
    uri: model.uri,
    range: rangeIn(model, start, end),
  }));
}

/** More uses than these are not marked while the cursor moves about. */
const markedCharacters = 200_000;

function provideDocumentHighlights(
  model: Model,
  position: monaco.Position,
): monaco.languages.DocumentHighlight[] {
  if (model.getValueLength() > markedCharacters) return [];
  return provideReferences(model, position).map(({ range }) => ({ range }));
}

function resolveRenameLocation(
  model: Model,
  position: monaco.Position,
): monaco.languages.RenameLocation & monaco.languages.Rejection {
  const found = parsedOf(model, (parsed) => renameTargetAt(parsed, model.getOffsetAt(position)));
  if (found === null) {
    const range = new monaco.Range(1, 1, 1, 1);
    return {
      range,
      text: '',
      rejectReason: 'Only names that the program declares can be changed.',
    };
  }
  const range = rangeIn(model, found.start, found.end);
  return { range, text: model.getValueInRange(range) };
}

function provideRenameEdits(
  model: Model,
  position: monaco.Position,
  newName: string,
): monaco.languages.WorkspaceEdit & monaco.languages.Rejection {
  try {
    const offset = model.getOffsetAt(position);
    const edits = parsedOf(model, (parsed) => renameEdits(parsed, offset, newName)) ?? [];
    return {
      edits: edits.map((edit) => ({
        resource: model.uri,
        versionId: model.getVersionId(),
        textEdit: editIn(model, edit),
      })),
    };
  } catch (thrown) {
    return { edits: [], rejectReason: asAppError(thrown).message };
  }
}

const symbolKinds: Readonly<Record<DocumentSymbol['kind'], monaco.languages.SymbolKind>> = {
  register: monaco.languages.SymbolKind.Variable,
  gate: monaco.languages.SymbolKind.Method,
  subroutine: monaco.languages.SymbolKind.Function,
  constant: monaco.languages.SymbolKind.Constant,
  variable: monaco.languages.SymbolKind.Variable,
};

function provideDocumentSymbols(model: Model): monaco.languages.DocumentSymbol[] {
  const found = parsedOf(model, documentSymbols) ?? [];
  return found.map(({ name, kind, detail, start, end, nameStart, nameEnd }) => ({
    name,
    detail,
    kind: symbolKinds[kind],
    tags: [],
    range: rangeIn(model, start, end),
    selectionRange: rangeIn(model, nameStart, nameEnd),
  }));
}

function provideSignatureHelp(
  model: Model,
  position: monaco.Position,
): monaco.languages.SignatureHelpResult | null {
  const found = parsedOf(model, (parsed) => signatureAt(parsed, model.getOffsetAt(position)));
  if (found === null) return null;
  const { label, summary, parameters, active } = found;
  const signature = {
    label,
    documentation: summary,
    parameters: parameters.map(({ start, end }): { label: [number, number] } => ({
      label: [start, end],
    })),
  };
  const value = { signatures: [signature], activeSignature: 0, activeParameter: active };
  return { value, dispose: () => undefined };
}

/** The mendings that come with the diagnostics at the place. */
function provideCodeActions(
  model: Model,
  range: monaco.Range,
): monaco.languages.CodeActionList | null {
  const start = model.getOffsetAt(range.getStartPosition());
  const end = model.getOffsetAt(range.getEndPosition());
  const fixes = parsedOf(model, (parsed) => quickFixes(parsed, start, end));
  if (fixes === null) return null;
  const actions = fixes.map((fix) => ({
    title: fix.title,
    kind: 'quickfix',
    isPreferred: true,
    edit: {
      edits: fix.edits.map((edit) => ({
        resource: model.uri,
        versionId: model.getVersionId(),
        textEdit: editIn(model, edit),
      })),
    },
  }));
  return { actions, dispose: () => undefined };
}

function editIn(model: Model, edit: TextEdit): monaco.languages.TextEdit {
  return { range: rangeIn(model, edit.start, edit.end), text: edit.text };
}

function rangeIn(model: Model, start: number, end: number): monaco.Range {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  return new monaco.Range(from.lineNumber, from.column, to.lineNumber, to.column);
}
