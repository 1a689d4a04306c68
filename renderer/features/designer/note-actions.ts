import { announce } from '#renderer/lib/notices.ts';
import { type NoteKind, withNote } from '#renderer/lib/workspace/notes.ts';
import { isStale } from '#renderer/lib/workspace/open-document.ts';
import { activeDocument, changeMarks } from '#renderer/lib/workspace/workspace-store.ts';
import { designerTarget, indicesInHand } from './hand.ts';
import { useDesigner } from './designer-store.ts';

/** Asks for the note on the gate in hand, or on the column of the cursor. */
export function askForNote(kind: NoteKind): void {
  const document = activeDocument();
  if (document === null || isStale(document)) {
    announce('The text has errors. Mend them before writing notes.');
    return;
  }
  const index = indicesInHand()[0] ?? (kind === 'column-note' ? firstInColumn() : undefined);
  if (index !== undefined) useDesigner.setState({ dialog: { kind: 'note', index, on: kind } });
  else announce('There is nothing here to write a note on.');
}

function firstInColumn(): number | undefined {
  const { column } = useDesigner.getState().cursor;
  return designerTarget()?.layout.byColumn[column]?.[0]?.index;
}

/** Writes a note, or takes it away where the text is empty. */
export function writeNote(index: number, kind: NoteKind, text: string): void {
  const document = activeDocument();
  if (document === null) return;
  const words = text.trim();
  changeMarks(
    () => withNote(document, index, kind, words),
    words === '' ? 'Note taken away.' : 'Note written.',
  );
}
