import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { zipOf } from '#renderer/lib/zip.ts';

/** The files that the central directory of an archive lists, read by the directory alone. */
function unzip(bytes: Uint8Array): Record<string, string> {
  const view = new DataView(bytes.buffer);
  const decoder = new TextDecoder();
  const end = bytes.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  expect(at + view.getUint32(end + 12, true)).toBe(end);
  const files: Record<string, string> = {};
  for (let k = 0; k < count; k++) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const [size, nameLength] = [view.getUint32(at + 24, true), view.getUint16(at + 28, true)];
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const local = view.getUint32(at + 42, true);
    expect(view.getUint32(local, true)).toBe(0x04034b50);
    const start = local + 30 + view.getUint16(local + 26, true);
    const content = bytes.subarray(start, start + size);
    expect(view.getUint32(at + 16, true)).toBe(crc32(content));
    files[name] = decoder.decode(content);
    at += 46 + nameLength;
  }
  return files;
}

test('an archive holds every file under its name, with its checksum', () => {
  const files = { 'summary.csv': 'a,b\r\n1,2\r\n', 'Zürich π.csv': 'naïve', empty: '' };
  const entries = Object.entries(files).map(([name, text]) => ({ name, text }));
  expect(unzip(zipOf(entries))).toEqual(files);
  expect(unzip(zipOf([]))).toEqual({});
});
