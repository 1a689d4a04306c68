import type { Circuit, InsidePlace, Operation } from '#shared/circuit/circuit.ts';
import type { ParsedDocument, TextEdit } from '#shared/qasm/document.ts';
import { operationPrinter2 } from '#shared/qasm/print/operations.ts';
import { operationPrinter3 } from '#shared/qasm/print/operations3.ts';

type Edits = readonly TextEdit[] | { readonly refusal: string };

const toText = 'Change it in the text: Alt+T goes to its statement.';

/** Why the drawing cannot change a statement there; null where it stands in the text as it is drawn. */
function refusalFor({ blocks }: InsidePlace): string | null {
  const kinds = blocks.map(({ kind }) => kind);
  if (kinds.includes('for')) {
    return `The statement stands in a loop, so the change would be made in every round. ${toText}`;
  }
  if (!kinds.includes('call')) return null;
  return `The statement belongs to a subroutine, so the change would be made in every call. ${toText}`;
}

/** Takes a statement out of its block, its line with it where it has one of its own. */
export function removeInside(text: string, place: InsidePlace): Edits {
  const refusal = refusalFor(place);
  if (refusal !== null) return { refusal };
  const lineStart = text.lastIndexOf('\n', place.start - 1) + 1;
  const behind = text.indexOf('\n', place.end);
  const lineEnd = behind < 0 ? text.length : behind + 1;
  const isAlone =
    text.slice(lineStart, place.start).trim() === '' &&
    text.slice(place.end, lineEnd).trim() === '';
  const [start, end] = isAlone ? [lineStart, lineEnd] : [place.start, place.end];
  const isSpaced = !isAlone && text[start - 1] === ' ' && text[end] === ' ';
  return [{ start, end: isSpaced ? end + 1 : end, text: '' }];
}

/** Puts an operation beside a statement of a block, in a line of its own where that has one. */
export function insertInside(
  { text, language }: ParsedDocument,
  circuit: Circuit,
  { place, isBefore }: { readonly place: InsidePlace; readonly isBefore: boolean },
  operation: Operation,
): Edits {
  const refusal = refusalFor(place);
  if (refusal !== null) return { refusal };
  const printer = language === 3 ? operationPrinter3(circuit) : operationPrinter2(circuit);
  const printed = printer.print(operation);
  if ((printer.missing?.size ?? 0) > 0) {
    return { refusal: 'This gate is not declared yet. Place it outside of the block first.' };
  }
  const lineStart = text.lastIndexOf('\n', place.start - 1) + 1;
  const indent = text.slice(lineStart, place.start);
  const separator = indent.trim() === '' ? `\n${indent}` : ' ';
  const at = isBefore ? place.start : place.end;
  return [{ start: at, end: at, text: isBefore ? printed + separator : separator + printed }];
}
