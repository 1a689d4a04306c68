import { expect, test } from 'vitest';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { codeTokens } from '#renderer/features/exports/code-tokens.ts';

const { circuit } = parseDocument(
  'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nh q[0];\nrx(1e-3) q[1];\ncx q[0], q[1];\nc = measure q;\n',
);

test.each(exporters.map((one) => [one.id, one] as const))(
  'the tokens of %s are its text',
  (_, exporter) => {
    if (circuit === null) throw new Error('The circuit cannot be read.');
    const text = exporter.export(circuit).text;
    const tokens = codeTokens(text, exporter.fileExtension);
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    const isCode = ['py', 'qasm', 'qs', 'quil'].includes(exporter.fileExtension);
    if (isCode) expect(tokens.some(({ kind }) => kind === 'keyword')).toBe(true);
  },
);

test('words in comments and strings are no keywords, and names with digits no numbers', () => {
  const text = 'import x1  # for "it"\ny = "if 3" + 2.5e-3 * q[0]\n';
  const kinds = codeTokens(text, 'py').filter(({ kind }) => kind !== 'plain');
  expect(kinds.map(({ kind, text: words }) => [kind, words])).toEqual([
    ['keyword', 'import'],
    ['comment', '# for "it"'],
    ['string', '"if 3"'],
    ['number', '2.5e-3'],
    ['number', '0'],
  ]);
});
