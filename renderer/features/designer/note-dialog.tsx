import { useId, useState } from 'react';
import { noteAt, type NoteKind } from '#renderer/lib/workspace/notes.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { closeDialog } from './designer-store.ts';
import { nameOfOperation } from './labels.ts';
import { writeNote } from './note-actions.ts';

interface NoteDialogProps {
  readonly document: OpenDocument;
  readonly index: number;
  readonly on: NoteKind;
}

/** The text of a note on a gate or a column. */
export function NoteDialog({ document, index, on }: NoteDialogProps) {
  const before = noteAt(document, index, on);
  const [text, setText] = useState(before?.text ?? '');
  const id = useId();
  const operation = document.drawn.operations[index];
  if (operation === undefined) return null;
  const save = (words: string): void => {
    closeDialog();
    writeNote(index, on, words);
  };
  const what = on === 'note' ? nameOfOperation(document.drawn, operation) : 'this column';
  return (
    <Dialog
      title={`Note on ${what}`}
      onClose={closeDialog}
      footer={
        <>
          {before === null ? null : (
            <Button tone="danger" onClick={() => save('')}>
              Take it away
            </Button>
          )}
          <Button tone="primary" onClick={() => save(text)}>
            Save the note
          </Button>
        </>
      }
    >
      <div className="field">
        <label className="field-label" htmlFor={id}>
          Note
        </label>
        <textarea
          id={id}
          className="field-input note-text"
          rows={4}
          value={text}
          aria-describedby={`${id}-help`}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            save(text);
          }}
        />
        <span className="field-help" id={`${id}-help`}>
          Enter saves, Shift+Enter begins a line. It is kept beside the text, not in it.
        </span>
      </div>
    </Dialog>
  );
}
