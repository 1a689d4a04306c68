import * as monaco from 'monaco-editor/editor';
import type { Gate } from '#shared/gates/gate.ts';
import { gateNamed, gates } from '#shared/gates/registry.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { grammar } from './grammar.ts';

export const languageId = 'openqasm';

let registered = false;

/** Teaches Monaco OpenQASM: colours, brackets, completion, gate cards, quick fixes. */
export function registerLanguage(): void {
  if (registered) return;
  registered = true;
  monaco.languages.register({ id: languageId, extensions: ['.qasm'] });
  monaco.languages.setLanguageConfiguration(languageId, {
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
  monaco.languages.setMonarchTokensProvider(languageId, grammar);
  monaco.languages.registerHoverProvider(languageId, { provideHover });
  monaco.languages.registerCompletionItemProvider(languageId, { provideCompletionItems });
  monaco.languages.registerCodeActionProvider(languageId, { provideCodeActions });
}

function provideHover(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
): monaco.languages.Hover | null {
  const word = model.getWordAtPosition(position);
  const gate = word === null ? null : gateNamed(word.word, 2);
  if (gate === null) return null;
  return {
    contents: [{ value: `**${gate.title}** · \`${signatureOf(gate)}\`` }, { value: gate.summary }],
  };
}

function signatureOf(gate: Gate): string {
  const parameters = gate.parameterNames.length === 0 ? '' : `(${gate.parameterNames.join(', ')})`;
  const qubits = Array.from({ length: gate.qubitCount }, (_, index) => `q${index}`).join(', ');
  return `${gate.id}${parameters} ${qubits}`;
}

const words = [
  'OPENQASM',
  'include',
  'qreg',
  'creg',
  'gate',
  'opaque',
  'measure',
  'reset',
  'barrier',
  'if',
];

function provideCompletionItems(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
): monaco.languages.CompletionList {
  const word = model.getWordUntilPosition(position);
  const range = new monaco.Range(
    position.lineNumber,
    word.startColumn,
    position.lineNumber,
    word.endColumn,
  );
  const kind = monaco.languages.CompletionItemKind;
  const known = gates.filter((gate) => gate.qasm2.home !== 'none');
  const circuit = activeDocument()?.drawn;
  const own = [
    ...(circuit?.definitions ?? []).map((definition) => definition.name),
    ...[...(circuit?.qubitRegisters ?? []), ...(circuit?.bitRegisters ?? [])].map((r) => r.name),
  ];
  return {
    suggestions: [
      ...known.map((gate) => ({
        label: gate.id,
        detail: gate.title,
        documentation: gate.summary,
        kind: kind.Function,
        insertText: gate.id,
        range,
      })),
      ...own.map((name) => ({ label: name, kind: kind.Variable, insertText: name, range })),
      ...words.map((name) => ({ label: name, kind: kind.Keyword, insertText: name, range })),
    ],
  };
}

/** The mendings that come with the diagnostics at the place. */
function provideCodeActions(
  model: monaco.editor.ITextModel,
  range: monaco.Range,
): monaco.languages.CodeActionList {
  const document = activeDocument();
  const start = model.getOffsetAt(range.getStartPosition());
  const end = model.getOffsetAt(range.getEndPosition());
  const actions = (document?.parsed.diagnostics ?? []).flatMap((diagnostic) => {
    if (diagnostic.fix === undefined || diagnostic.end < start || diagnostic.start > end) return [];
    const edits = diagnostic.fix.edits.map((edit) => {
      const from = model.getPositionAt(edit.start);
      const to = model.getPositionAt(edit.end);
      return {
        resource: model.uri,
        versionId: model.getVersionId(),
        textEdit: {
          range: new monaco.Range(from.lineNumber, from.column, to.lineNumber, to.column),
          text: edit.text,
        },
      };
    });
    return [{ title: diagnostic.fix.title, kind: 'quickfix', edit: { edits }, isPreferred: true }];
  });
  return { actions, dispose: () => undefined };
}
