import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import type { TextEdit } from '#shared/qasm/document.ts';
import { type Revealed, useTextCursor } from '#renderer/lib/reveal.ts';
import { breakAt } from '#renderer/lib/run.ts';
import type { ThemeName } from '#renderer/lib/theme.ts';
import { differenceOf } from '#renderer/lib/workspace/history.ts';
import {
  isStale,
  type OpenDocument,
  operationsInRange,
} from '#renderer/lib/workspace/open-document.ts';
import { placesOf } from '#renderer/lib/workspace/places.ts';
import {
  redoActive,
  select,
  typeInto,
  undoActive,
} from '#renderer/lib/workspace/workspace-store.ts';
import { startMonaco } from '#renderer/ui/monaco.ts';
import { themeOf } from '#renderer/ui/monaco-themes.ts';
import { languageId, registerLanguage } from './language.ts';

/** Monaco with OpenQASM; once is enough. */
export function prepareMonaco(): void {
  startMonaco();
  registerLanguage();
}

const markerOwner = 'ketbench';
/** A shorter text is seen as a whole without a picture of it. */
const minimapLines = 40;
const minimapWidth = 460;
/** Pairs of brackets in a longer text cost milliseconds at every key. */
const colouredLines = 5000;

/** A Monaco editor that shows one document at a time; typing goes to the document, edits come back. */
export class CodeView {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #highlights: monaco.editor.IEditorDecorationsCollection;
  readonly #marks: monaco.editor.IEditorDecorationsCollection;
  #document: OpenDocument | null = null;
  #hasMinimap = false;
  #isLong = false;
  /** Set while an edit from outside is put into the model, so that it is not heard as typing. */
  #receiving = false;
  /** Whether model and document are the same text, character by character. */
  #inStep = true;

  constructor(frame: HTMLElement) {
    prepareMonaco();
    this.#editor = monaco.editor.create(frame, {
      language: languageId,
      automaticLayout: true,
      fontSize: 13,
      lineHeight: 20,
      // Headings of sections are sought in the whole text at every key; OpenQASM has none.
      minimap: {
        enabled: false,
        maxColumn: 60,
        renderCharacters: false,
        showRegionSectionHeaders: false,
        showMarkSectionHeaders: false,
      },
      glyphMargin: true,
      scrollBeyondLastLine: false,
      padding: { top: 10, bottom: 10 },
      renderLineHighlight: 'line',
      // Elsewhere the one mark is that of the statement in hand.
      renderLineHighlightOnlyWhenFocus: true,
      // Tab leads on, so that the keyboard is never caught; Ctrl+M makes it indent.
      tabFocusMode: true,
      wordBasedSuggestions: 'off',
      fixedOverflowWidgets: true,
      lineNumbersMinChars: 3,
      ariaLabel: 'OpenQASM text of the circuit',
      accessibilitySupport: 'auto',
      unicodeHighlight: { ambiguousCharacters: false },
    });
    this.#highlights = this.#editor.createDecorationsCollection();
    this.#marks = this.#editor.createDecorationsCollection();
    this.#followCursor();
    this.#editor.onDidLayoutChange(() => this.#fitLength());
    this.#editor.onDidChangeModelContent((event) => this.#typed(event));
    this.#editor.onDidChangeCursorSelection((event) => this.#selected(event));
    // The document has the one history; the model's own would take back canvas edits as typing.
    this.#bind(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyZ, undoActive);
    this.#bind(monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.KeyZ, redoActive);
    this.#bind(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyY, redoActive);
  }

  dispose(): void {
    // The editor first: what it still has to do would read a model that is gone.
    const model = this.#editor.getModel();
    this.#editor.dispose();
    model?.dispose();
  }

  setTheme(theme: ThemeName): void {
    monaco.editor.setTheme(themeOf(theme));
  }

  /** Brings text, squiggles and highlighted statements up to date. */
  show(document: OpenDocument): void {
    const model = this.#editor.getModel();
    if (model === null) return;
    const isOther = this.#document?.key !== document.key;
    const selectionChanged = isOther || this.#document?.selection !== document.selection;
    this.#document = document;
    if (isOther) this.#receive(() => this.#replaceAll(model, document.parsed.text));
    else this.#receive(() => applyDifference(model, document.parsed.text));
    this.#inStep = model.getValue() === document.parsed.text;
    monaco.editor.setModelMarkers(model, markerOwner, markersOf(document));
    this.#highlight(document, selectionChanged);
    this.#fitLength();
  }

  #followCursor(): void {
    const editor = this.#editor;
    const tell = (): void => {
      const position = editor.getPosition();
      const offset = position === null ? 0 : (editor.getModel()?.getOffsetAt(position) ?? 0);
      useTextCursor.setState({ offset, isFocused: editor.hasTextFocus() });
    };
    editor.onDidChangeCursorPosition(tell);
    editor.onDidFocusEditorText(tell);
    editor.onDidBlurEditorText(tell);
    editor.onMouseDown(({ target }) => {
      const isMargin = target.type === monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN;
      if (!isMargin || target.position === null) return;
      const at = { lineNumber: target.position.lineNumber, column: 1 };
      breakAt(editor.getModel()?.getOffsetAt(at) ?? 0);
    });
  }

  /** A minimap only where it leaves room for the text, colours of brackets only where they are cheap. */
  #fitLength(): void {
    const model = this.#editor.getModel();
    const lines = model?.getLineCount() ?? 0;
    const isLong = lines > colouredLines;
    if (this.#isLong !== isLong) {
      this.#isLong = isLong;
      const bracketColorizationOptions = {
        enabled: !isLong,
        independentColorPoolPerBracketType: false,
      };
      model?.updateOptions({ bracketColorizationOptions });
    }
    const enabled = lines > minimapLines && this.#editor.getLayoutInfo().width >= minimapWidth;
    if (this.#hasMinimap === enabled) return;
    this.#hasMinimap = enabled;
    this.#editor.updateOptions({ minimap: { enabled } });
  }

  /** Marks breakpoints in the margin, and the statement that runs next. */
  showMarks(
    document: OpenDocument,
    next: { readonly start: number; readonly end: number } | null,
  ): void {
    const model = this.#editor.getModel();
    if (model === null || !this.#inStep) return;
    const dots = placesOf(document).breakpoints.map((start) => ({
      range: rangeOf(model, start, start),
      options: {
        glyphMarginClassName: 'editor-breakpoint',
        glyphMarginHoverMessage: { value: 'Breakpoint' },
      },
    }));
    const range = next === null ? null : rangeOf(model, next.start, next.end);
    const now =
      range === null
        ? []
        : [
            {
              range,
              options: { className: 'editor-next', linesDecorationsClassName: 'editor-next-line' },
            },
          ];
    this.#marks.set([...dots, ...now]);
    if (range !== null) this.#revealLines(range);
  }

  #replaceAll(model: monaco.editor.ITextModel, text: string): void {
    model.setValue(text);
    model.setEOL(
      text.includes('\r\n')
        ? monaco.editor.EndOfLineSequence.CRLF
        : monaco.editor.EndOfLineSequence.LF,
    );
  }

  /** Shows a stretch of the text and puts the cursor there. */
  reveal({ start, end, takesFocus }: Revealed): void {
    const model = this.#editor.getModel();
    if (model === null) return;
    const range = rangeOf(model, start, end);
    // A selection that nobody made would grow with later edits and stay behind as a grey stretch.
    if (takesFocus) this.#editor.setSelection(range);
    else this.#editor.setPosition(range.getStartPosition());
    this.#revealLines(range);
    if (takesFocus) this.#editor.focus();
  }

  /** Up and down only: sideways every line would lose its beginning. */
  #revealLines({ startLineNumber, endLineNumber }: monaco.Range): void {
    this.#editor.revealLinesInCenterIfOutsideViewport(startLineNumber, endLineNumber);
  }

  focus(): void {
    this.#editor.focus();
  }

  /** Whether Tab leads out of the text or indents. */
  toggleTab(): void {
    this.#editor.trigger('ketbench', 'editor.action.toggleTabFocusMode', null);
  }

  #bind(keys: number, run: () => void): void {
    this.#editor.addCommand(keys, run);
  }

  #receive(change: () => void): void {
    this.#receiving = true;
    try {
      change();
    } finally {
      this.#receiving = false;
    }
  }

  #typed(event: monaco.editor.IModelContentChangedEvent): void {
    if (this.#receiving || this.#document === null) return;
    if (!this.#inStep) {
      // A file with mixed line ends: Monaco's offsets are not the document's, the texts decide.
      const edit = differenceOf(this.#document.parsed.text, this.#editor.getValue());
      if (edit !== null) typeInto(this.#document.key, [edit]);
      return;
    }
    const edits: TextEdit[] = event.changes.map((change) => ({
      start: change.rangeOffset,
      end: change.rangeOffset + change.rangeLength,
      text: change.text,
    }));
    typeInto(this.#document.key, edits);
  }

  #selected(event: monaco.editor.ICursorSelectionChangedEvent): void {
    const model = this.#editor.getModel();
    const document = this.#document;
    if (this.#receiving || model === null || document === null) return;
    // Only a person's own moves link to the drawing; not those that an edit brings along.
    const isOwn = event.source === 'mouse' || event.source === 'keyboard';
    if (!isOwn || model.getValue() !== document.parsed.text) return;
    const start = model.getOffsetAt(event.selection.getStartPosition());
    const end = model.getOffsetAt(event.selection.getEndPosition());
    select(operationsInRange(document, start, end));
  }

  #highlight(document: OpenDocument, reveals: boolean): void {
    const model = this.#editor.getModel();
    if (model === null) return;
    const ranges = isStale(document)
      ? []
      : document.selection.flatMap((index) => {
          const origin = document.drawn.operations[index]?.origin;
          return origin === undefined ? [] : [rangeOf(model, origin.start, origin.end)];
        });
    this.#highlights.set(
      ranges.map((range) => ({ range, options: { className: 'editor-selected' } })),
    );
    const [first] = ranges;
    if (reveals && first !== undefined && !this.#editor.hasTextFocus()) {
      this.#revealLines(first);
    }
  }
}

function applyDifference(model: monaco.editor.ITextModel, text: string): void {
  const edit = differenceOf(model.getValue(), text);
  if (edit === null) return;
  model.applyEdits([{ range: rangeOf(model, edit.start, edit.end), text: edit.text }]);
}

function rangeOf(model: monaco.editor.ITextModel, start: number, end: number): monaco.Range {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  return new monaco.Range(from.lineNumber, from.column, to.lineNumber, to.column);
}

const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
} as const;

function markersOf(document: OpenDocument): monaco.editor.IMarkerData[] {
  return document.parsed.diagnostics.map((diagnostic) => ({
    severity: severities[diagnostic.severity],
    message: diagnostic.message,
    code: diagnostic.code,
    source: 'OpenQASM',
    startLineNumber: diagnostic.line,
    startColumn: diagnostic.column,
    endLineNumber: diagnostic.endLine,
    endColumn: diagnostic.endColumn,
  }));
}
