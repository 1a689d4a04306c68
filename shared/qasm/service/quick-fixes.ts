import type { Diagnostic, Fix, ParsedDocument } from '../document.ts';

/** The fixes of all faults that touch [start, end), in source order. */
export function quickFixes(
  document: ParsedDocument,
  start: number,
  end: number,
): readonly (Fix & { readonly diagnostic: Diagnostic })[] {
  return document.diagnostics.flatMap((diagnostic) => {
    const touches = diagnostic.start <= end && start <= diagnostic.end;
    return touches && diagnostic.fix !== undefined ? [{ ...diagnostic.fix, diagnostic }] : [];
  });
}
