import { AppError } from '../base/errors.ts';
import { applyEdit, type CircuitEdit } from '../circuit/edit.ts';
import { sameCircuit } from '../circuit/equal.ts';
import { type ParsedDocument, type TextEdit, updateDocument } from './document.ts';
import { definitionTextEdits } from './edits/definitions.ts';
import { operationTextEdits } from './edits/operations.ts';
import { parameterTextEdits } from './edits/parameters.ts';
import { registerTextEdits } from './edits/registers.ts';
import { registerTextEdits3 } from './edits/registers3.ts';

/** An edit of a circuit as edits of its text, and what reading the edited text gives. */
export interface Revision {
  /** By place, offsets of the text before. */
  readonly edits: readonly TextEdit[];
  readonly after: ParsedDocument;
}

/**
 * The smallest edits of the text that make the same change to its circuit: reading the edited
 * text gives the circuit that `applyEdit` gives. Comments, layout and other statements stay.
 * `bad-input` where the text has errors, `unsupported` where OpenQASM 2 has no words for it.
 */
export function revise(document: ParsedDocument, edit: CircuitEdit): Revision {
  // A stable sort: what was put first at one place stays first.
  const edits = editsFor(document, edit).toSorted((a, b) => a.start - b.start || a.end - b.end);
  const after = updateDocument(document, edits);
  if (document.language === 3) requireSame(document, edit, after);
  return { edits, after };
}

function editsFor(document: ParsedDocument, edit: CircuitEdit): TextEdit[] {
  if (
    edit.kind === 'add-parameter' ||
    edit.kind === 'remove-parameter' ||
    edit.kind === 'rename-parameter'
  ) {
    return parameterTextEdits(document, edit);
  }
  const isRegister =
    edit.kind === 'add-register' ||
    edit.kind === 'resize-register' ||
    edit.kind === 'rename-register';
  if (edit.kind === 'add-definition' || edit.kind === 'remove-definition') {
    return definitionTextEdits(document, edit);
  }
  if (!isRegister) return operationTextEdits(document, edit);
  const make = document.language === 3 ? registerTextEdits3 : registerTextEdits;
  return make(document, edit);
}

/**
 * A statement of OpenQASM 3 may do more than its operations: a loop also counts. Where the edited
 * text does not mean the edited circuit, the edit is refused.
 */
function requireSame(document: ParsedDocument, edit: CircuitEdit, after: ParsedDocument): void {
  const expected = document.circuit === null ? null : applyEdit(document.circuit, edit).circuit;
  const isKept = after.modern?.writing?.isWhole === document.modern?.writing?.isWhole;
  const isSame =
    expected !== null && after.circuit !== null && isKept && sameCircuit(after.circuit, expected);
  if (isSame) return;
  throw new AppError(
    'unsupported',
    'This statement does more than the circuit shows, so the change must be made in the text.',
  );
}
