import type { CircuitEdit } from '../circuit/edit.ts';
import type { ParsedDocument, TextEdit } from './document.ts';
import { operationTextEdits } from './edits/operations.ts';
import { registerTextEdits } from './edits/registers.ts';

/**
 * The smallest edits of the text that make the same change to its circuit: reading the edited
 * text gives the circuit that `applyEdit` gives. Comments, layout and other statements stay.
 * `bad-input` where the text has errors, `unsupported` where OpenQASM 2 has no words for it.
 */
export function textEditsFor(document: ParsedDocument, edit: CircuitEdit): readonly TextEdit[] {
  const edits =
    edit.kind === 'add-register' ||
    edit.kind === 'resize-register' ||
    edit.kind === 'rename-register'
      ? registerTextEdits(document, edit)
      : operationTextEdits(document, edit);
  // A stable sort: what was put first at one place stays first.
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}
