import { expect, test } from 'vitest';
import { formatBytes } from '#shared/base/format-bytes.ts';

test.each([
  [512, '512 B'],
  [1536, '1.5 KiB'],
  [17179869184, '16.0 GiB'],
  [2 ** 60 * 4, '4.0 EiB'],
  [2 ** 69, '512 EiB'],
  [2 ** 104, '2^104 bytes'],
])('%d bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
