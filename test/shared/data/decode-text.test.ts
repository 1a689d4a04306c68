import { expect, test } from 'vitest';
import { decodeText } from '#shared/data/decode-text.ts';

const text = 'Datum;Größe\n2024-01-01;1,5 €\n';

test.each([
  ['utf-8', Buffer.from(text)],
  ['utf-8', Buffer.from(`\uFEFF${text}`)],
  ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['utf-16le', Buffer.from(text, 'utf16le')],
  ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
  [
    'windows-1252',
    Buffer.concat([Buffer.from(text.replace('€', ''), 'latin1'), Buffer.from([0x80])]),
  ],
])('a table in %s is found out', (encoding, bytes) => {
  const decoded = decodeText(bytes);
  expect(decoded?.encoding).toBe(encoding);
  expect(decoded?.text).toContain('Größe');
  expect(decoded?.text).toContain('€');
});

test('bytes that are no text are none', () => {
  expect(decodeText(Uint8Array.of(80, 75, 3, 4, 0, 0, 8, 0, 0, 7))).toBeNull();
  expect(decodeText(Uint8Array.of(0xe9, 0x61), 'utf-8')?.text).toBe('\uFFFDa');
});
