import { nameOfIndex, type Operation, qubitsOf } from '#shared/circuit/circuit.ts';
import { printExpression } from '#shared/circuit/expression.ts';
import { gateById } from '#shared/gates/registry.ts';
import { drawnColumns } from '#renderer/lib/workspace/columns.ts';
import { type Note, notesOf } from '#renderer/lib/workspace/notes.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { nameOfOperation } from './labels.ts';

/**
 * The operations that hold all the words, from left to right: in their name, title or symbol, their
 * wires, their angles or the notes on them.
 */
export function findIn(document: OpenDocument, words: string): readonly number[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const notes = notesOf(document);
  const { columns } = drawnColumns(document);
  return document.drawn.operations
    .flatMap((operation, index) => {
      const text = textOf(document, operation, index, notes);
      return wanted.every((word) => text.includes(word)) ? [index] : [];
    })
    .toSorted((a, b) => (columns[a] ?? 0) - (columns[b] ?? 0) || a - b);
}

function textOf(
  { drawn }: OpenDocument,
  operation: Operation,
  index: number,
  notes: readonly Note[],
): string {
  const own = notes.flatMap((note) => (note.index === index ? [note.text] : []));
  return [
    nameOfOperation(drawn, operation),
    ...qubitsOf(operation).map((qubit) => nameOfIndex(drawn.qubitRegisters, qubit)),
    ...gateTexts(operation),
    ...own,
  ]
    .join(' ')
    .toLowerCase();
}

function gateTexts(operation: Operation): readonly string[] {
  if (operation.kind === 'if') {
    return [...operation.body, ...operation.otherwise].flatMap(gateTexts);
  }
  if (operation.kind !== 'gate') return [operation.kind];
  const gate = gateById(operation.gate);
  const angles = operation.parameters.map((one) => printExpression(one));
  return [operation.gate, ...(gate === null ? [] : [gate.title, gate.symbol]), ...angles];
}
