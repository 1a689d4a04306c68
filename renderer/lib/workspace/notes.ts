import { drawnColumns } from './columns.ts';
import { anchorOf, type Mark, type PlacedMark } from './marks.ts';
import type { OpenDocument } from './open-document.ts';

/** What a note is written on: an operation, or the column that it stands in. */
export type NoteKind = 'note' | 'column-note';

/** A note at its place in the drawing. */
export interface Note {
  readonly kind: NoteKind;
  readonly text: string;
  /** In `circuit.operations`. */
  readonly index: number;
  readonly column: number;
}

/** All notes of a document, in the order they were made. */
export function notesOf(document: OpenDocument): readonly Note[] {
  const { columns } = drawnColumns(document);
  return document.placed.flatMap(({ index, mark: { body } }): readonly Note[] =>
    body.kind === 'note' || body.kind === 'column-note'
      ? [{ kind: body.kind, text: body.text, index, column: columns[index] ?? 0 }]
      : [],
  );
}

/** The note on an operation, or on the column that it stands in; null = there is none. */
export function noteAt(document: OpenDocument, index: number, kind: NoteKind): Note | null {
  const column = drawnColumns(document).columns[index];
  const isHere = (note: Note): boolean =>
    note.kind === kind && (kind === 'note' ? note.index === index : note.column === column);
  return notesOf(document).find(isHere) ?? null;
}

/** The marks with this note instead of the one that is there; an empty text takes it away. */
export function withNote(
  document: OpenDocument,
  index: number,
  kind: NoteKind,
  text: string,
): readonly Mark[] {
  const before = noteAt(document, index, kind);
  const isBefore = ({ index: at, mark }: PlacedMark): boolean =>
    before !== null && at === before.index && mark.body.kind === kind;
  const old = new Set(document.placed.filter(isBefore).map(({ mark }) => mark));
  const others = document.beside.marks.filter((mark) => !old.has(mark));
  const anchor = anchorOf(document.drawn, before?.index ?? index);
  return text === '' || anchor === null ? others : [...others, { anchor, body: { kind, text } }];
}
