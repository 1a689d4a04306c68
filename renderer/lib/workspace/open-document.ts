import type { CircuitEdit } from '#shared/circuit/edit.ts';
import { type Circuit, emptyCircuit } from '#shared/circuit/circuit.ts';

import {
  type ParsedDocument,
  parseDocument,
  type TextEdit,
  updateDocument,
} from '#shared/qasm/document.ts';
import { revise } from '#shared/qasm/text-edits.ts';
import {
  type Change,
  type History,
  invertTextEdits,
  record,
  redoOf,
  type Step,
  undoOf,
  type Walk,
} from './history.ts';
import { freeColumns } from '#shared/circuit/views.ts';
import { type Beside, besideIn, type ParameterSetting } from './beside.ts';
import { drawnColumns } from './columns.ts';
import {
  anchorOf,
  followEdit,
  followWires,
  indicesAfterAll,
  type Mark,
  type PlacedMark,
  placeMarks,
  shiftMarks,
} from './marks.ts';
import { historyIn, sidecarWith } from './sidecar.ts';

/** A circuit that stands in a tab. Its text is the document; everything else derives from it. */
export interface OpenDocument {
  /** Names the tab; lives as long as it. */
  readonly key: string;
  /** In the library; null until it was first saved. */
  readonly id: string | null;
  readonly revision: number | null;
  readonly name: string;
  /** Where it is put when it is first saved; empty = no project. */
  readonly project: string;
  readonly parsed: ParsedDocument;
  /** What the canvas shows: the circuit, or the last one that was right while the text is not. */
  readonly drawn: Circuit;
  readonly history: History;
  /** Indices into the operations of `drawn`, ascending. */
  readonly selection: readonly number[];
  readonly savedText: string | null;
  /** The text that the tab was opened with. */
  readonly openedText: string;
  /** What lies beside the text in the library, as it was read. */
  readonly sidecar: unknown;
  /** The one that was saved last; folds, breakpoints and the kept version are in it. */
  readonly savedSidecar: unknown;
  /** View, values of parameters, notes and displays as they are now, and as they were saved. */
  readonly beside: Beside;
  readonly savedBeside: Beside;
  /** The marks at the operations of `drawn`. */
  readonly placed: readonly PlacedMark[];
}

export const newDocumentText = `OPENQASM 3.0;
include "stdgates.inc";

qubit[3] q;
bit[3] c;
`;

export interface DocumentSource {
  readonly key: string;
  readonly id?: string;
  readonly revision?: number;
  readonly name: string;
  readonly project?: string;
  readonly text: string;
  readonly sidecar?: unknown;
  /** An example: not worth saving until it is changed. */
  readonly isExample?: boolean;
}

/** Opens a text in a tab. A document with a library id counts as saved. */
export function openDocument(source: DocumentSource): OpenDocument {
  const parsed = parseDocument(source.text);
  const drawn = parsed.circuit ?? emptyCircuit;
  const beside = besideIn(source.sidecar, source.text);
  return {
    key: source.key,
    id: source.id ?? null,
    revision: source.revision ?? null,
    name: source.name,
    project: source.project ?? '',
    parsed,
    drawn,
    history: historyIn(source.sidecar, source.text),
    selection: [],
    savedText: source.id === undefined && source.isExample !== true ? null : source.text,
    openedText: source.text,
    sidecar: source.sidecar ?? null,
    savedSidecar: source.sidecar ?? null,
    beside,
    savedBeside: beside,
    placed: placeMarks(drawn, beside.marks),
  };
}

/** What `documents.write` takes: text and history together, so that undo outlives the window. */
export function draftOf(document: OpenDocument) {
  const { text } = document.parsed;
  return {
    name: document.name,
    text,
    sidecar: sidecarWith(document.sidecar, document.history, document.beside, text),
    ...(document.id === null ? { project: document.project } : { id: document.id }),
    ...(document.revision === null ? {} : { revision: document.revision }),
  };
}

export function isDirty(document: OpenDocument): boolean {
  const { id, parsed, savedText, sidecar, savedSidecar, beside, savedBeside } = document;
  if (parsed.text !== savedText || beside !== savedBeside) return true;
  // An example that is only looked at is not worth a place in the library.
  return id !== null && sidecar !== savedSidecar;
}

/**
 * Takes over what was saved beside the same text elsewhere. What was changed here as well stays, and
 * is saved next.
 */
export function followBeside(document: OpenDocument, sidecar: unknown): OpenDocument {
  if (document.beside !== document.savedBeside) return document;
  const beside = besideIn(sidecar, document.parsed.text);
  const followed = withMarks({ ...document, beside: { ...beside, marks: [] } }, beside.marks);
  return { ...followed, savedBeside: followed.beside };
}

/** Whether the canvas shows an older state because the text has errors. */
export function isStale(document: OpenDocument): boolean {
  return document.parsed.circuit === null;
}

/** Whether there is a circuit to show: that of the text, or the last good one before its errors. */
export function hasDrawing(document: OpenDocument): boolean {
  return document.drawn !== emptyCircuit;
}

/** Typing: edits of the text as they came from the editor. */
export function editText(
  document: OpenDocument,
  edits: readonly TextEdit[],
  at: number,
): OpenDocument {
  return withTextChange(document, edits, { label: 'Typing', source: 'text', at });
}

/** An edit of the drawing that is made in the text itself, e.g. inside a block; one undo step. */
export function editStatements(
  document: OpenDocument,
  edits: readonly TextEdit[],
  label: string,
  at: number,
): OpenDocument {
  return withTextChange(document, edits, { label, source: 'canvas', at });
}

function withTextChange(
  document: OpenDocument,
  edits: readonly TextEdit[],
  facts: Pick<Change, 'label' | 'source' | 'at'>,
): OpenDocument {
  const step: Step = { forward: edits, backward: invertTextEdits(document.parsed.text, edits) };
  const changed = withText(document, edits, document.history);
  return recorded(document, changed, { ...facts, steps: [step] });
}

/** What edits of a circuit do not tell of themselves. */
export interface EditFacts {
  /** Operations that are taken out and put back: indices before all edits to indices after them. */
  readonly carried?: ReadonlyMap<number, number>;
  /** Where each wire goes; null = away. Left out = all stay. */
  readonly wires?: (wire: number) => number | null;
  /** Where operations are to stand in the freeform view: columns by index after all edits. */
  readonly wishes?: ReadonlyMap<number, number>;
}

/** Edits of the circuit, carried out as the smallest edits of its text; all are one undo step. */
export function editCircuit(
  document: OpenDocument,
  edits: readonly CircuitEdit[],
  label: string,
  at: number,
  facts: EditFacts = {},
): OpenDocument {
  let current = document;
  const steps: Step[] = [];
  for (const edit of edits) {
    const { edits: forward, after: parsed } = revise(current.parsed, edit);
    steps.push({ forward, backward: invertTextEdits(current.parsed.text, forward) });
    const after = withParsed(current, parsed, forward, current.history);
    const marks = followEdit(current.beside.marks, current.drawn, edit, after.drawn);
    current = withMarks(after, marks);
  }
  const change = { label, source: 'canvas', steps, at } as const;
  if (facts.wires !== undefined) {
    current = withMarks(current, followWires(current.beside.marks, facts.wires));
  }
  const carried = carryMarks(document, current, facts.carried ?? new Map());
  return recorded(document, holdColumns(document, carried, edits, facts), change);
}

function carryMarks(
  before: OpenDocument,
  after: OpenDocument,
  carried: ReadonlyMap<number, number>,
): OpenDocument {
  const moved = before.placed.flatMap(({ index, mark }): readonly Mark[] => {
    // These stayed behind already.
    if (mark.body.kind === 'wire-display') return [];
    const anchor = anchorOf(after.drawn, carried.get(index) ?? -1);
    return anchor === null ? [] : [{ ...mark, anchor }];
  });
  return moved.length === 0 ? after : withMarks(after, [...after.beside.marks, ...moved]);
}

/** In the freeform view all that was not moved stays in its column; what was goes where it was put. */
function holdColumns(
  before: OpenDocument,
  after: OpenDocument,
  edits: readonly CircuitEdit[],
  { carried, wishes }: EditFacts,
): OpenDocument {
  if (after.beside.view !== 'free') return after;
  const { columns } = drawnColumns(before);
  const wanted = new Map<number, number>();
  const places = indicesAfterAll(before.drawn, edits);
  for (const [index, column] of columns.entries()) {
    const now = carried?.get(index) ?? places[index] ?? null;
    if (now !== null) wanted.set(now, column);
  }
  for (const [index, column] of wishes ?? []) wanted.set(index, column);
  const { held } = freeColumns(after.drawn, (index) => wanted.get(index) ?? null);
  const others = after.beside.marks.filter(({ body }) => body.kind !== 'place');
  const kept = [...held].flatMap(([index, column]): readonly Mark[] => {
    const anchor = anchorOf(after.drawn, index);
    return anchor === null ? [] : [{ anchor, body: { kind: 'place', column } }];
  });
  return withMarks(after, [...others, ...kept]);
}

/** Notes, displays and places set anew; one undo step. */
export function editMarks(
  document: OpenDocument,
  marks: readonly Mark[],
  label: string,
  at: number,
): OpenDocument {
  const change = { label, source: 'canvas', steps: [], at } as const;
  return recorded(document, withMarks(document, marks), change);
}

/** A value or range of a named parameter; moves of its slider without a pause are one undo step. */
export function editParameter(
  document: OpenDocument,
  name: string,
  setting: ParameterSetting,
  at: number,
): OpenDocument {
  const parameter = { name, before: document.beside.parameters[name] ?? null, after: setting };
  const label = `Value of ${name}`;
  const changed = withParameter(document, name, setting);
  return recorded(document, changed, { label, source: 'parameter', steps: [], parameter, at });
}

function withParameter(
  document: OpenDocument,
  name: string,
  setting: ParameterSetting | null,
): OpenDocument {
  const { [name]: _, ...others } = document.beside.parameters;
  const parameters = setting === null ? others : { ...others, [name]: setting };
  return { ...document, beside: { ...document.beside, parameters } };
}

/** Adds the change to the history, with the marks on its two sides where there are any. */
function recorded(before: OpenDocument, after: OpenDocument, change: Change): OpenDocument {
  const [old, fresh] = [before.beside.marks, after.beside.marks];
  const marks = old.length + fresh.length === 0 ? {} : { marks: { before: old, after: fresh } };
  return { ...after, history: record(before.history, { ...change, ...marks }) };
}

function withMarks(document: OpenDocument, marks: readonly Mark[]): OpenDocument {
  if (marks === document.beside.marks) return document;
  const placed = isStale(document) ? document.placed : placeMarks(document.drawn, marks);
  return { ...document, beside: { ...document.beside, marks }, placed };
}

/** Null where there is nothing to undo. */
export function undo(document: OpenDocument): OpenDocument | null {
  return walk(document, undoOf(document.history), 'before');
}

/** Null where there is nothing to redo. */
export function redo(document: OpenDocument): OpenDocument | null {
  return walk(document, redoOf(document.history), 'after');
}

function walk(
  document: OpenDocument,
  found: Walk | null,
  side: 'before' | 'after',
): OpenDocument | null {
  if (found === null) return null;
  const changed = found.batches.reduce(
    (current, batch) => withText(current, batch, current.history),
    document,
  );
  const { marks, parameter } = found.change;
  const marked = marks === undefined ? changed : withMarks(changed, marks[side]);
  const set =
    parameter === undefined ? marked : withParameter(marked, parameter.name, parameter[side]);
  return { ...set, history: found.history, selection: [] };
}

function withText(
  document: OpenDocument,
  edits: readonly TextEdit[],
  history: History,
): OpenDocument {
  return withParsed(document, updateDocument(document.parsed, edits), edits, history);
}

/** The document with its text changed by `edits`, which give `parsed`. */
function withParsed(
  document: OpenDocument,
  parsed: ParsedDocument,
  edits: readonly TextEdit[],
  history: History,
): OpenDocument {
  const drawn = parsed.circuit ?? document.drawn;
  const selection = document.selection.filter((index) => index < drawn.operations.length);
  const marks = shiftMarks(document.beside.marks, edits);
  const changed = { ...document, parsed, drawn, history, selection };
  if (marks.length === 0 && document.beside.marks.length === 0) return changed;
  const placed = parsed.circuit === null ? document.placed : placeMarks(drawn, marks);
  return { ...changed, beside: { ...document.beside, marks }, placed };
}

/** The operations whose statements the range of text touches; ascending. */
export function operationsInRange(
  document: OpenDocument,
  start: number,
  end: number,
): readonly number[] {
  if (isStale(document)) return [];
  return document.drawn.operations.flatMap((operation, index) => {
    const origin = operation.origin;
    if (origin === undefined) return [];
    return origin.start <= end && start <= origin.end ? [index] : [];
  });
}
