import { describe, expect, test } from 'vitest';
import { applyTextEdits, parseDocument } from '#shared/qasm/document.ts';
import { quickFixes } from '#shared/qasm/service/quick-fixes.ts';

const heads = {
  2: 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\n',
  3: 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\n',
} as const;

/** Faults that have a mending in both languages. */
const faults = [
  'hh q[0];',
  'h qq[0];',
  'h q[0]',
  'h q[0];;}',
  'x q[0]; /* open',
  'cx q[0],, q[1];',
  'rx(pii) q[0];',
  "include 'other.inc';",
  'if (c = 1) x q[0];',
] as const;

describe.each([2, 3] as const)('mendings of OpenQASM %i', (language) => {
  test.each(faults)('mend what they are offered for: %s', (body) => {
    const document = parseDocument(`${heads[language]}${body}\n`);
    const fixes = quickFixes(document, 0, document.text.length);
    for (const { edits, diagnostic } of fixes) {
      const mended = parseDocument(applyTextEdits(document.text, edits));
      const same = mended.diagnostics.filter(
        ({ code, start }) => code === diagnostic.code && start === diagnostic.start,
      );
      expect(same, diagnostic.code).toEqual([]);
      expect(mended.diagnostics.length).toBeLessThanOrEqual(document.diagnostics.length);
    }
  });

  test('are there for most of these faults', () => {
    const mended = faults.filter((body) => {
      const document = parseDocument(`${heads[language]}${body}\n`);
      return quickFixes(document, 0, document.text.length).length > 0;
    });
    expect(mended.length).toBeGreaterThanOrEqual(5);
  });
});
