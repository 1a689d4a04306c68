const signatureBytes = 8;
/** Length, name, 13 bytes of data and checksum: IHDR is always the first chunk and always this long. */
const headerBytes = 4 + 4 + 13 + 4;
const metresAnInch = 0.0254;

/**
 * The same PNG with its resolution written into it (chunk pHYs), so that layout programs place it
 * at its true size. Throws where the bytes are no PNG.
 */
export function withResolution(png: Uint8Array, dpi: number): Uint8Array<ArrayBuffer> {
  const at = signatureBytes + headerBytes;
  if (png.length < at || nameAt(png, signatureBytes + 4) !== 'IHDR') {
    throw new RangeError('Expected the bytes of a PNG picture with its header first.');
  }
  const chunk = resolutionChunk(Math.round(dpi / metresAnInch));
  const result = new Uint8Array(png.length + chunk.length);
  result.set(png.subarray(0, at));
  result.set(chunk, at);
  result.set(png.subarray(at), at + chunk.length);
  return result;
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function resolutionChunk(dotsAMetre: number): Uint8Array {
  const chunk = new Uint8Array(4 + 4 + 9 + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set(
    [...'pHYs'].map((letter) => letter.charCodeAt(0)),
    4,
  );
  view.setUint32(8, dotsAMetre);
  view.setUint32(12, dotsAMetre);
  // The unit is the metre.
  chunk[16] = 1;
  view.setUint32(17, checksumOf(chunk.subarray(4, 17)));
  return chunk;
}

/** CRC-32 as in the PNG specification (ISO/IEC 15948, annex D), bit by bit: 13 bytes need no table. */
export function checksumOf(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
    }
  }
  return ~remainder >>> 0;
}
