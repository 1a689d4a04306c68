import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import type { Place } from '#shared/base/json-places.ts';
import type { ThemeName } from '#renderer/lib/theme.ts';
import { differenceOf } from '#renderer/lib/workspace/history.ts';
import { startMonaco } from './monaco.ts';
import { themeOf } from './monaco-themes.ts';

/** Something that is wrong at a place of the text. */
export interface TextFault extends Place {
  readonly message: string;
}

const languageId = 'json';
let registered = false;

/** Colours and brackets; what is wrong with the text is the owner's to say. */
function registerJson(): void {
  if (registered) return;
  registered = true;
  const { languages } = monaco;
  languages.register({ id: languageId, extensions: ['.json'] });
  languages.setLanguageConfiguration(languageId, {
    brackets: [
      ['{', '}'],
      ['[', ']'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}' },
      { open: '[', close: ']' },
      { open: '"', close: '"', notIn: ['string'] },
    ],
  });
  languages.setMonarchTokensProvider(languageId, {
    tokenizer: {
      root: [
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'keyword'],
        [/"(?:[^"\\]|\\.)*"?/, 'string'],
        [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
        [/\b(?:true|false|null)\b/, 'constant'],
        [/[{}[\]]/, '@brackets'],
        [/[:,]/, 'delimiter'],
      ],
    },
  });
}

/** A Monaco editor of one JSON text. */
export class JsonView {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  /** Set while a text from outside is put in, so that it is not heard as typing. */
  #receiving = false;

  constructor(frame: HTMLElement, label: string, onType: (text: string) => void) {
    startMonaco();
    registerJson();
    this.#editor = monaco.editor.create(frame, {
      language: languageId,
      automaticLayout: true,
      fontSize: 13,
      lineHeight: 20,
      tabSize: 2,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      padding: { top: 10, bottom: 10 },
      renderLineHighlightOnlyWhenFocus: true,
      // Tab leads on, so that the keyboard is never caught.
      tabFocusMode: true,
      wordBasedSuggestions: 'off',
      // The number of a last line that is empty would be too pale to read.
      renderFinalNewline: 'on',
      fixedOverflowWidgets: true,
      lineNumbersMinChars: 3,
      ariaLabel: label,
      unicodeHighlight: { ambiguousCharacters: false },
    });
    this.#editor.onDidChangeModelContent(() => {
      if (!this.#receiving) onType(this.#editor.getValue());
    });
  }

  dispose(): void {
    const model = this.#editor.getModel();
    this.#editor.dispose();
    model?.dispose();
  }

  setTheme(theme: ThemeName): void {
    monaco.editor.setTheme(themeOf(theme));
  }

  /** Puts a text in with the smallest edit, so that the cursor stays where it is. */
  show(text: string): void {
    const model = this.#editor.getModel();
    const edit = differenceOf(this.#editor.getValue(), text);
    if (model === null || edit === null) return;
    this.#receiving = true;
    try {
      model.pushEditOperations(
        null,
        [{ range: rangeOf(model, edit), text: edit.text }],
        () => null,
      );
    } finally {
      this.#receiving = false;
    }
  }

  showFaults(faults: readonly TextFault[]): void {
    const model = this.#editor.getModel();
    if (model === null) return;
    const markers = faults.map((fault) => {
      const range = rangeOf(model, fault);
      const { startLineNumber, startColumn, endLineNumber, endColumn } = range;
      return {
        severity: monaco.MarkerSeverity.Error,
        message: fault.message,
        startLineNumber,
        startColumn,
        endLineNumber,
        endColumn,
      };
    });
    monaco.editor.setModelMarkers(model, 'ketbench', markers);
  }

  /** Puts the cursor at a place and the keyboard with it. */
  reveal(place: Place): void {
    const model = this.#editor.getModel();
    if (model === null) return;
    const range = rangeOf(model, place);
    this.#editor.setPosition(range.getStartPosition());
    this.#editor.revealLineInCenterIfOutsideViewport(range.startLineNumber);
    this.#editor.focus();
  }
}

function rangeOf(model: monaco.editor.ITextModel, { start, end }: Place): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}
