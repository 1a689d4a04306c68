import { type Operation, qubitCountOf, qubitsOf } from '#shared/circuit/circuit.ts';
import { drawnColumns } from './columns.ts';
import { anchorOf, type DisplayKind, type Mark } from './marks.ts';
import type { OpenDocument } from './open-document.ts';

/** A display in the drawing: what the state is on a wire behind a column. */
export interface InlineDisplay {
  readonly show: DisplayKind;
  /** The operation of that column that it holds on to, in `circuit.operations`. */
  readonly index: number;
  readonly qubit: number;
  readonly column: number;
}

/** The displays of a document, in the order they were made. */
export function displaysOf(document: OpenDocument): readonly InlineDisplay[] {
  if (document.placed.length === 0) return [];
  const { columns } = drawnColumns(document);
  const qubits = qubitCountOf(document.drawn);
  return document.placed.flatMap(({ index, mark: { body } }): readonly InlineDisplay[] => {
    const operation = document.drawn.operations[index];
    const qubit = operation === undefined ? undefined : displayedQubit(body, operation);
    if (qubit === undefined || qubit >= qubits || !('show' in body)) return [];
    return [{ show: body.show, index, qubit, column: columns[index] ?? 0 }];
  });
}

function displayedQubit(body: Mark['body'], operation: Operation): number | undefined {
  if (body.kind === 'display') return qubitsOf(operation)[body.leg];
  return body.kind === 'wire-display' ? body.qubit : undefined;
}

/**
 * The operation that a display on this wire and column holds on to: that of the display that is there,
 * else the one on the wire, else the last of the column or, where it is empty, of those before it.
 * Null where the circuit begins later.
 */
export function displayedOperation(
  document: OpenDocument,
  qubit: number,
  column: number,
): number | null {
  const isHere = (one: InlineDisplay): boolean => one.qubit === qubit && one.column === column;
  const there = displaysOf(document).findLast(isHere);
  if (there !== undefined) return there.index;
  const { columns } = drawnColumns(document);
  let nearest: number | null = null;
  for (const [index, operation] of document.drawn.operations.entries()) {
    const at = columns[index] ?? 0;
    if (at > column) continue;
    if (at === column && qubitsOf(operation).includes(qubit)) return index;
    if (nearest === null || at >= (columns[nearest] ?? 0)) nearest = index;
  }
  return nearest;
}

/** The marks with this display on the wire and in the operation's column instead of any other; null = none. */
export function withDisplay(
  document: OpenDocument,
  index: number,
  qubit: number,
  show: DisplayKind | null,
): readonly Mark[] {
  const operation = document.drawn.operations[index];
  const anchor = anchorOf(document.drawn, index);
  if (operation === undefined || anchor === null) return document.beside.marks;
  const old = new Set(
    document.placed
      .filter(
        ({ index: at, mark }) => at === index && displayedQubit(mark.body, operation) === qubit,
      )
      .map(({ mark }) => mark),
  );
  const others = document.beside.marks.filter((mark) => !old.has(mark));
  if (show === null) return others;
  const leg = qubitsOf(operation).indexOf(qubit);
  const body: Mark['body'] =
    leg < 0 ? { kind: 'wire-display', show, qubit } : { kind: 'display', show, leg };
  return [...others, { anchor, body }];
}
