import { qubitsOf } from '#shared/circuit/circuit.ts';
import { drawnColumns } from './columns.ts';
import { anchorOf, type DisplayKind, type Mark } from './marks.ts';
import type { OpenDocument } from './open-document.ts';

/** A display in the drawing: what the state is on a wire right behind an operation. */
export interface InlineDisplay {
  readonly show: DisplayKind;
  /** In `circuit.operations`. */
  readonly index: number;
  readonly qubit: number;
  readonly column: number;
}

/** The displays of a document, in the order they were made. */
export function displaysOf(document: OpenDocument): readonly InlineDisplay[] {
  if (document.placed.length === 0) return [];
  const { columns } = drawnColumns(document);
  return document.placed.flatMap(({ index, mark: { body } }): readonly InlineDisplay[] => {
    const operation = document.drawn.operations[index];
    if (body.kind !== 'display' || operation === undefined) return [];
    const qubit = qubitsOf(operation)[body.leg];
    return qubit === undefined
      ? []
      : [{ show: body.show, index, qubit, column: columns[index] ?? 0 }];
  });
}

/** The operation behind which a display on this wire and column stands; null where none came yet. */
export function displayedOperation(
  document: OpenDocument,
  qubit: number,
  column: number,
): number | null {
  const { columns } = drawnColumns(document);
  const index = document.drawn.operations.findLastIndex(
    (operation, at) => (columns[at] ?? 0) <= column && qubitsOf(operation).includes(qubit),
  );
  return index < 0 ? null : index;
}

/** The marks with this display on the wire behind the operation instead of any other; null = none. */
export function withDisplay(
  document: OpenDocument,
  index: number,
  qubit: number,
  show: DisplayKind | null,
): readonly Mark[] {
  const operation = document.drawn.operations[index];
  const leg = operation === undefined ? -1 : qubitsOf(operation).indexOf(qubit);
  const anchor = anchorOf(document.drawn, index);
  const old = new Set(
    document.placed
      .filter(({ index: at, mark: { body } }) => {
        return at === index && body.kind === 'display' && body.leg === leg;
      })
      .map(({ mark }) => mark),
  );
  const others = document.beside.marks.filter((mark) => !old.has(mark));
  if (show === null || anchor === null || leg < 0) return others;
  return [...others, { anchor, body: { kind: 'display', show, leg } }];
}
