/** What a report needs of a TrueType font: its glyphs by character and their widths. */
export interface TrueType {
  readonly unitsPerEm: number;
  readonly bytes: Uint8Array;
  readonly bounds: readonly [number, number, number, number];
  readonly tables: ReadonlyMap<string, { readonly offset: number; readonly length: number }>;
  /** 0, the glyph of what is missing, where the font lacks the character. */
  glyphOf(codePoint: number): number;
  /** In units of the font. */
  advanceOf(glyph: number): number;
}

/** Reads a font file as the OpenType specification 1.9 lays it out (tables head, hhea, hmtx, cmap format 4). */
export function readTrueType(bytes: Uint8Array): TrueType {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map(
    Array.from({ length: view.getUint16(4) }, (_, k) => {
      const at = 12 + 16 * k;
      const name = String.fromCharCode(...bytes.subarray(at, at + 4));
      return [name, { offset: view.getUint32(at + 8), length: view.getUint32(at + 12) }] as const;
    }),
  );
  const at = (name: string): number => tables.get(name)?.offset ?? 0;
  const [head, hmtx] = [at('head'), at('hmtx')];
  const metrics = view.getUint16(at('hhea') + 34);
  const bound = (offset: number): number => view.getInt16(head + offset);
  return {
    bytes,
    tables,
    unitsPerEm: view.getUint16(head + 18),
    bounds: [bound(36), bound(38), bound(40), bound(42)],
    glyphOf: characterMap(view, at('cmap')),
    advanceOf: (glyph) => view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1)),
  };
}

function characterMap(view: DataView, cmap: number): (codePoint: number) => number {
  const records = Array.from({ length: view.getUint16(cmap + 2) }, (_, k) => cmap + 4 + 8 * k);
  const record = records.find(
    (at) => view.getUint16(at) === 3 && view.getUint16(cmap + view.getUint32(at + 4)) === 4,
  );
  if (record === undefined) return () => 0;
  const map = cmap + view.getUint32(record + 4);
  const double = view.getUint16(map + 6);
  const [ends, starts] = [map + 14, map + 16 + double];
  const [deltas, offsets] = [starts + double, starts + 2 * double];
  return (codePoint) => {
    for (let k = 0; k < double; k += 2) {
      if (codePoint > view.getUint16(ends + k)) continue;
      const start = view.getUint16(starts + k);
      if (codePoint < start) return 0;
      const offset = view.getUint16(offsets + k);
      const delta = view.getUint16(deltas + k);
      if (offset === 0) return (codePoint + delta) % 65536;
      const glyph = view.getUint16(offsets + k + offset + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) % 65536;
    }
    return 0;
  };
}
