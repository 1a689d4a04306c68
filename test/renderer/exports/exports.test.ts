import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { emptyCircuit } from '#shared/circuit/circuit.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { svgExporter } from '#shared/qasm/exporters/svg.ts';
import { AppError } from '#shared/base/errors.ts';
import { addressOfDrawing, pixelsAt, sizeOfDrawing } from '#renderer/features/exports/picture.ts';
import { checksumOf, withResolution } from '#renderer/features/exports/png-resolution.ts';
import { beginningOf, writeAs } from '#renderer/features/exports/written.ts';

const source = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nh q[0];\ncx q[0], q[1];\n';
const bell = parseDocument(source).circuit ?? emptyCircuit;
const plain = (circuit: typeof bell) => ({ circuit, bound: () => circuit, values: [] });

describe('a written circuit', () => {
  test.each(exporters.map((exporter) => [exporter.id, exporter] as const))(
    'is text in %s',
    (_id, exporter) => {
      const written = writeAs(exporter, plain(bell), { look: 'light', pageWidth: null });
      expect(written.kind).toBe('text');
      expect(written.kind === 'text' && written.text.length).toBeGreaterThan(10);
    },
  );

  test('is a refusal with its reason where the exporter throws', () => {
    const error = new AppError('unsupported', 'Nothing of this can be written.');
    const exporter = {
      ...svgExporter,
      export: () => {
        throw error;
      },
    };
    expect(writeAs(exporter, plain(bell), { look: 'light', pageWidth: null })).toEqual({
      kind: 'refused',
      error,
    });
  });

  test('is shown up to the end of a line, and says how much is hidden', () => {
    const line = `${'x'.repeat(99)}\n`;
    const { shown, hidden } = beginningOf(line.repeat(1500));
    expect(shown.endsWith('\n')).toBe(true);
    expect(shown.length + hidden).toBe(150_000);
    expect(hidden).toBeGreaterThan(0);
    expect(beginningOf(line)).toEqual({ shown: line, hidden: 0 });
  });
});

describe('a picture', () => {
  test('has the size of its drawing, in pixels of the resolution', () => {
    const size = sizeOfDrawing(svgExporter.export(bell).text);
    expect(size.width).toBeGreaterThan(100);
    expect(pixelsAt(size, 96)).toEqual(size);
    expect(pixelsAt({ width: 100, height: 50 }, 300)).toEqual({ width: 313, height: 157 });
  });

  test('that no canvas holds is refused with a resolution that fits', () => {
    const size = { width: 60_000, height: 400 };
    expect(() => pixelsAt(size, 300)).toThrow(/at most 52 dpi/);
    expect(pixelsAt(size, 52).width).toBeLessThanOrEqual(32_767);
  });

  test('is addressed with its text unharmed', () => {
    const address = addressOfDrawing('<svg># % é</svg>');
    expect(decodeURIComponent(address.slice(address.indexOf(',') + 1))).toBe('<svg># % é</svg>');
  });

  test('knows its dots a metre and stays a valid PNG', () => {
    const png = onePixel();
    const result = Buffer.from(withResolution(png, 300));
    const at = 33;
    expect(result.toString('latin1', at + 4, at + 8)).toBe('pHYs');
    expect(result.readUInt32BE(at + 8)).toBe(11_811);
    expect(result.readUInt8(at + 16)).toBe(1);
    expect(result.readUInt32BE(at + 17)).toBe(crc32(result.subarray(at + 4, at + 17)));
    expect(Buffer.concat([result.subarray(0, at), result.subarray(at + 21)]).equals(png)).toBe(
      true,
    );
  });

  test('must be a PNG', () => {
    expect(() => withResolution(new Uint8Array(40), 300)).toThrow(/bytes of a PNG/);
  });

  test('has the checksum of the specification', () => {
    expect(checksumOf(Buffer.from('123456789'))).toBe(0xcbf43926);
  });
});

function onePixel(): Buffer {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const data = deflateSync(Buffer.from([0, 255]));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
