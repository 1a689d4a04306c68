/** A text file to be put into an archive. */
interface Entry {
  readonly name: string;
  readonly text: string;
}

/**
 * A ZIP archive of some text files, stored as they are (APPNOTE 6.3: local headers, central directory,
 * end record). Names are UTF-8; dates are the format's first day, so that equal files are equal bytes.
 */
export function zipOf(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, text } of entries) {
    const [path, content] = [encoder.encode(name), encoder.encode(text)];
    // Version 2.0, UTF-8 names, stored, 1980-01-01, checksum, sizes, length of the name, no extras.
    const facts = [
      [2, 20],
      [2, 0x0800],
      [2, 0],
      [2, 0],
      [2, 0x21],
      [4, checksum(content)],
      [4, content.length],
      [4, content.length],
      [2, path.length],
      [2, 0],
    ] as const;
    const local = fields([[4, 0x04034b50], ...facts]);
    parts.push(local, path, content);
    // Comment, disk, attributes (twice), then where the file begins.
    const place = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ] as const;
    directory.push(fields([[4, 0x02014b50], [2, 20], ...facts, ...place]), path);
    offset += local.length + path.length + content.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = fields([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  return joined([...parts, ...directory, end]);
}

/** Unsigned numbers of two or four bytes, little-endian. */
function fields(list: readonly (readonly [2 | 4, number])[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of list) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** CRC-32 as in IEEE 802.3, bit by bit: the files are small. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
