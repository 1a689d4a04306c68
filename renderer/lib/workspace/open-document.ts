import type { CircuitEdit } from '#shared/circuit/edit.ts';
import { type Circuit, emptyCircuit } from '#shared/circuit/circuit.ts';

import {
  type ParsedDocument,
  parseDocument,
  type TextEdit,
  updateDocument,
} from '#shared/qasm/document.ts';
import { textEditsFor } from '#shared/qasm/text-edits.ts';
import {
  type History,
  invertTextEdits,
  record,
  redoOf,
  type Step,
  undoOf,
  type Walk,
} from './history.ts';
import { historyIn, sidecarWith } from './sidecar.ts';

/** A circuit that stands in a tab. Its text is the document; everything else derives from it. */
export interface OpenDocument {
  /** Names the tab; lives as long as it. */
  readonly key: string;
  /** In the library; null until it was first saved. */
  readonly id: string | null;
  readonly revision: number | null;
  readonly name: string;
  readonly parsed: ParsedDocument;
  /** What the canvas shows: the circuit, or the last one that was right while the text is not. */
  readonly drawn: Circuit;
  readonly history: History;
  /** Indices into the operations of `drawn`, ascending. */
  readonly selection: readonly number[];
  readonly savedText: string | null;
  /** What lies beside the text in the library, as it was read. */
  readonly sidecar: unknown;
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
  readonly text: string;
  readonly sidecar?: unknown;
  /** An example: not worth saving until it is changed. */
  readonly isExample?: boolean;
}

/** Opens a text in a tab. A document with a library id counts as saved. */
export function openDocument(source: DocumentSource): OpenDocument {
  const parsed = parseDocument(source.text);
  return {
    key: source.key,
    id: source.id ?? null,
    revision: source.revision ?? null,
    name: source.name,
    parsed,
    drawn: parsed.circuit ?? emptyCircuit,
    history: historyIn(source.sidecar, source.text),
    selection: [],
    savedText: source.id === undefined && source.isExample !== true ? null : source.text,
    sidecar: source.sidecar ?? null,
  };
}

/** What `documents.write` takes: text and history together, so that undo outlives the window. */
export function draftOf(document: OpenDocument) {
  const { text } = document.parsed;
  return {
    name: document.name,
    text,
    sidecar: sidecarWith(document.sidecar, document.history, text),
    ...(document.id === null ? {} : { id: document.id }),
    ...(document.revision === null ? {} : { revision: document.revision }),
  };
}

export function isDirty(document: OpenDocument): boolean {
  return document.parsed.text !== document.savedText;
}

/** Whether the canvas shows an older state because the text has errors. */
export function isStale(document: OpenDocument): boolean {
  return document.parsed.circuit === null;
}

/** Typing: edits of the text as they came from the editor. */
export function editText(
  document: OpenDocument,
  edits: readonly TextEdit[],
  at: number,
): OpenDocument {
  const step: Step = { forward: edits, backward: invertTextEdits(document.parsed.text, edits) };
  const change = { label: 'Typing', source: 'text', steps: [step], at } as const;
  return withText(document, edits, record(document.history, change));
}

/** Edits of the circuit, carried out as the smallest edits of its text; all are one undo step. */
export function editCircuit(
  document: OpenDocument,
  edits: readonly CircuitEdit[],
  label: string,
  at: number,
): OpenDocument {
  let current = document;
  const steps: Step[] = [];
  for (const edit of edits) {
    const forward = textEditsFor(current.parsed, edit);
    steps.push({ forward, backward: invertTextEdits(current.parsed.text, forward) });
    current = withText(current, forward, current.history);
  }
  const change = { label, source: 'canvas', steps, at } as const;
  return { ...current, history: record(document.history, change) };
}

/** An edit of the drawing that is made in the text itself, e.g. inside a block; one undo step. */
export function editStatements(
  document: OpenDocument,
  edits: readonly TextEdit[],
  label: string,
  at: number,
): OpenDocument {
  const step: Step = { forward: edits, backward: invertTextEdits(document.parsed.text, edits) };
  const change = { label, source: 'canvas', steps: [step], at } as const;
  return withText(document, edits, record(document.history, change));
}

/** Null where there is nothing to undo. */
export function undo(document: OpenDocument): OpenDocument | null {
  return walk(document, undoOf(document.history));
}

/** Null where there is nothing to redo. */
export function redo(document: OpenDocument): OpenDocument | null {
  return walk(document, redoOf(document.history));
}

function walk(document: OpenDocument, found: Walk | null): OpenDocument | null {
  if (found === null) return null;
  const changed = found.batches.reduce(
    (current, batch) => withText(current, batch, current.history),
    document,
  );
  return { ...changed, history: found.history, selection: [] };
}

function withText(
  document: OpenDocument,
  edits: readonly TextEdit[],
  history: History,
): OpenDocument {
  const parsed = updateDocument(document.parsed, edits);
  const drawn = parsed.circuit ?? document.drawn;
  const selection = document.selection.filter((index) => index < drawn.operations.length);
  return { ...document, parsed, drawn, history, selection };
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
