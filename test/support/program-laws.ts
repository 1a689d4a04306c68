import { expect } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { applyTextEdits, type ParsedDocument, parseDocument } from '#shared/qasm/document.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { formatDocument } from '#shared/qasm/service/format.ts';
import { printTree } from '#shared/qasm/syntax/nodes.ts';

/**
 * What holds for every text, sound or not: the tree prints as it was read, every diagnostic has a
 * place inside it, formatting changes blanks alone and nothing the second time, and a circuit that
 * can be printed is read as the same one.
 */
export function checkProgram(document: ParsedDocument): void {
  const { text, language, diagnostics, circuit } = document;
  expect(printTree(document.tree)).toBe(text);
  for (const one of diagnostics) {
    const isInside = one.start >= 0 && one.start <= one.end && one.end <= text.length;
    if (!isInside || one.line < 1 || one.column < 1) throw new Error(JSON.stringify(one));
  }
  const tidy = applyTextEdits(text, formatDocument(document));
  expect(withoutBlanks(tidy)).toBe(withoutBlanks(text));
  if (circuit === null) return;
  const again = parseDocument(tidy, { language });
  expect(again.circuit?.operations.length, JSON.stringify([text, tidy])).toBe(
    circuit.operations.length,
  );
  expect(applyTextEdits(tidy, formatDocument(again))).toBe(tidy);
  if (circuit.operations.length > 2000) return;
  try {
    const printed = parseDocument(printCircuit(circuit, language), { language, lenient: true });
    expect(printed.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(printed.circuit !== null && sameCircuit(printed.circuit, circuit)).toBe(true);
  } catch (error) {
    // What the language cannot print says so.
    if (!(error instanceof AppError)) throw error;
  }
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/g, '');
}
