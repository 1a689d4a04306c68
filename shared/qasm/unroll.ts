import { AppError } from '../base/errors.ts';
import { sameCircuit } from '../circuit/equal.ts';
import type { TextEdit } from './diagnostic.ts';
import { type ParsedDocument, updateDocument } from './document.ts';
import { Declarations } from './edits/declarations.ts';
import { Layout } from './edits/layout.ts';
import { refuseIncluded, sourceMapOf } from './edits/source-map.ts';
import { operationPrinter2 } from './print/operations.ts';
import { operationPrinter3 } from './print/operations3.ts';

/** Longer results are refused. */
const maximumOperations = 20_000;

/**
 * The edits that write the statement at an offset out as the operations that it makes: a loop of
 * known bounds, a call of a subroutine, gates on whole registers. `unsupported` where the statement
 * does more than that.
 */
export function unrollEdits(document: ParsedDocument, offset: number): readonly TextEdit[] {
  const map = sourceMapOf(document);
  const slot = map.slots.find(({ start, end }) => start <= offset && offset <= end);
  if (slot === undefined) {
    const message = 'No statement that makes operations stands here. Choose a loop or a call.';
    throw new AppError('bad-input', message, { offset });
  }
  refuseIncluded(slot.syntax);
  if (slot.count > maximumOperations) {
    const message = `This would be ${slot.count} statements; at most ${maximumOperations} are written out.`;
    throw new AppError('too-large', message, { operations: slot.count });
  }
  const layout = new Layout(document.text);
  const { language, circuit } = { language: document.language, circuit: map.circuit };
  const printer =
    language === 3
      ? operationPrinter3(circuit, layout.separator, map.isScalar)
      : operationPrinter2(circuit, layout.separator);
  const declarations = new Declarations(map, layout, printer, language);
  const operations = circuit.operations.slice(slot.first, slot.first + slot.count);
  if (operations.some(({ kind }) => kind === 'opaque')) {
    const message =
      'What this does is known only when it runs, or it is too long, so it cannot be written out.';
    throw new AppError('unsupported', message);
  }
  declarations.require(operations, slot.statement);
  const text = operations.map((one) => printer.print(one)).join(layout.separatorAt(slot));
  const { edits, removed } = declarations.finish();
  const all = [
    ...edits,
    { start: slot.start, end: slot.end, text },
    ...layout.removals(removed),
  ].toSorted((a, b) => a.start - b.start || a.end - b.end);
  const after = updateDocument(document, all);
  const isKept = after.modern?.writing?.isWhole === document.modern?.writing?.isWhole;
  if (isKept && after.circuit !== null && sameCircuit(after.circuit, circuit)) return all;
  throw new AppError(
    'unsupported',
    'This statement does more than its operations: what it computes is used later. Write it out in the text.',
  );
}
