import { z } from 'zod';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { applyEdit, type CircuitEdit, type OperationEdit, spliceOf } from '#shared/circuit/edit.ts';
import type { TextEdit } from '#shared/qasm/document.ts';

/** What an inline display shows of the state at its place. */
export const displayKinds = ['probability', 'bloch', 'amplitudes', 'density', 'samples'] as const;

export type DisplayKind = (typeof displayKinds)[number];

const bodySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('note'), text: z.string() }),
  /** A note on the whole column in which the operation stands. */
  z.object({ kind: z.literal('column-note'), text: z.string() }),
  /** `leg` counts in the operation's qubits: the wire that is looked at, right behind it. */
  z.object({ kind: z.literal('display'), show: z.enum(displayKinds), leg: z.int().gte(0) }),
  /** On a wire that the operation does not touch, in the column where it stands. */
  z.object({
    kind: z.literal('wire-display'),
    show: z.enum(displayKinds),
    qubit: z.int().gte(0),
  }),
  /** In the freeform view the operation stands no further left than this column. */
  z.object({ kind: z.literal('place'), column: z.int().gte(0) }),
]);

const anchorSchema = z.object({
  /** UTF-16 offsets of the operation's statement in the text as it is now. */
  start: z.int().gte(0),
  end: z.int().gte(0),
  /** Which of the statement's operations. */
  part: z.int().gte(0),
});

export const markSchema = z.object({ anchor: anchorSchema, body: bodySchema });

/** The place of an operation in the text, so that it lives through edits and while the text has errors. */
export type Anchor = z.infer<typeof anchorSchema>;

/** Something fixed to an operation that is not in the text: a note, a display, a place. */
export type Mark = z.infer<typeof markSchema>;

/** A mark at its operation's index in the circuit that is drawn. */
export interface PlacedMark {
  readonly index: number;
  readonly mark: Mark;
}

/** The anchor of an operation; null where it does not stand in this text. */
export function anchorOf(circuit: Circuit, index: number): Anchor | null {
  const origin = circuit.operations[index]?.origin;
  if (origin === undefined) return null;
  let first = index;
  while (startsAt(circuit.operations[first - 1]) === origin.start) first -= 1;
  return { start: origin.start, end: origin.end, part: index - first };
}

function startsAt(operation: Operation | undefined): number | undefined {
  return operation?.origin?.start;
}

/** The marks whose operation is in the circuit; the circuit's origins must be those of the text now. */
export function placeMarks(circuit: Circuit, marks: readonly Mark[]): readonly PlacedMark[] {
  return marks.flatMap((mark) => {
    const index = indexOf(circuit, mark.anchor);
    return index === null ? [] : [{ index, mark }];
  });
}

/** The operation whose statement holds the anchor's beginning. O(log operations). */
function indexOf(circuit: Circuit, anchor: Anchor): number | null {
  const { operations } = circuit;
  let low = 0;
  let high = operations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((startsAt(operations[middle]) ?? 0) <= anchor.start) low = middle + 1;
    else high = middle;
  }
  const last = operations[low - 1]?.origin;
  if (last === undefined || anchor.start >= last.end) return null;
  let first = low - 1;
  while (startsAt(operations[first - 1]) === last.start) first -= 1;
  const index = first + anchor.part;
  return index < low ? index : null;
}

/** Where the marks are after an edit of the text; those whose whole statement was taken out are gone. */
export function shiftMarks(marks: readonly Mark[], edits: readonly TextEdit[]): readonly Mark[] {
  if (marks.length === 0 || edits.length === 0) return marks;
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return marks.flatMap((mark) => {
    const anchor = shifted(mark.anchor, sorted);
    return anchor === null ? [] : [{ ...mark, anchor }];
  });
}

function shifted(anchor: Anchor, edits: readonly TextEdit[]): Anchor | null {
  let { start, end } = anchor;
  let by = 0;
  for (const edit of edits) {
    const grows = edit.text.length - (edit.end - edit.start);
    const isWhole = edit.start <= anchor.start && edit.end >= anchor.end;
    if (isWhole && edit.end > edit.start) {
      if (edit.text.trim() === '') return null;
      return { start: edit.start + by, end: edit.start + by + edit.text.length, part: anchor.part };
    }
    if (edit.end <= anchor.start) {
      start += grows;
      end += grows;
    } else if (edit.start < anchor.end) {
      if (edit.start < anchor.start) start = edit.start + by;
      end += grows;
    }
    by += grows;
  }
  return { start, end: Math.max(end, start), part: anchor.part };
}

/** Tells each operation's index after an edit of the circuit; null where the operation was taken out. */
function indicesAfter(circuit: Circuit, edit: CircuitEdit): (index: number) => number | null {
  switch (edit.kind) {
    case 'insert':
    case 'remove':
    case 'restore':
    case 'replace':
    case 'rewrite':
    case 'move':
      return afterSplice(circuit, edit);
    default:
      return (index) => index;
  }
}

function afterSplice(circuit: Circuit, edit: OperationEdit): (index: number) => number | null {
  const { removed, inserted } = spliceOf(circuit, edit);
  const gone = [...removed];
  const come = [...inserted];
  const after = (index: number): number =>
    index -
    gone.filter((one) => one < index).length +
    come.reduce((sum, [at, { length }]) => (at <= index ? sum + length : sum), 0);
  return (index) => {
    if (edit.kind === 'move' && index === edit.from) {
      return edit.to > edit.from ? edit.to - 1 : edit.to;
    }
    return removed.has(index) ? null : after(index);
  };
}

/** Each operation's index after all edits; null for those that were taken out. */
export function indicesAfterAll(
  circuit: Circuit,
  edits: readonly CircuitEdit[],
): readonly (number | null)[] {
  let current = circuit;
  let places: (number | null)[] = circuit.operations.map((_, index) => index);
  for (const edit of edits) {
    const after = indicesAfter(current, edit);
    places = places.map((index) => (index === null ? null : after(index)));
    current = applyEdit(current, edit).circuit;
  }
  return places;
}

/**
 * The marks after an edit of the circuit and the edits that it made in the text. What stands on a wire
 * of its own goes to an earlier operation, else a later one, where the operation was taken out or moved.
 */
export function followEdit(
  marks: readonly Mark[],
  before: Circuit,
  edit: CircuitEdit,
  after: Circuit,
): readonly Mark[] {
  if (marks.length === 0) return marks;
  const indexOfMark = indicesAfter(before, edit);
  const nearestThatStays = (index: number): number | null =>
    nearest(before, index, (at) =>
      edit.kind === 'move' && at === edit.from ? null : indexOfMark(at),
    );
  return placeMarks(before, marks).flatMap(({ index, mark }) => {
    const now = mark.body.kind === 'wire-display' ? nearestThatStays(index) : indexOfMark(index);
    const anchor = now === null ? null : anchorOf(after, now);
    return anchor === null ? [] : [{ ...mark, anchor }];
  });
}

function nearest(
  { operations }: Circuit,
  index: number,
  indexAfter: (index: number) => number | null,
): number | null {
  for (let at = index; at >= 0; at--) {
    const now = indexAfter(at);
    if (now !== null) return now;
  }
  for (let at = index + 1; at < operations.length; at++) {
    const now = indexAfter(at);
    if (now !== null) return now;
  }
  return null;
}

/** The marks after wires went to other places; those on a wire that is gone are gone, too. */
export function followWires(
  marks: readonly Mark[],
  wireAfter: (wire: number) => number | null,
): readonly Mark[] {
  return marks.flatMap((mark): readonly Mark[] => {
    if (mark.body.kind !== 'wire-display') return [mark];
    const qubit = wireAfter(mark.body.qubit);
    return qubit === null ? [] : [{ ...mark, body: { ...mark.body, qubit } }];
  });
}

/** Finds a mark's statement in a text that was changed elsewhere: the nearest that reads the same. */
export function relocated(mark: Mark, source: string, text: string): Mark | null {
  const { start } = mark.anchor;
  if (source === '') return null;
  const before = text.lastIndexOf(source, start);
  const behind = text.indexOf(source, start);
  if (before < 0 && behind < 0) return null;
  const isBefore = behind < 0 || (before >= 0 && start - before < behind - start);
  const at = isBefore ? before : behind;
  return { ...mark, anchor: { ...mark.anchor, start: at, end: at + source.length } };
}
