import { describe, expect, test } from 'vitest';
import { blockDrawer } from '#renderer/features/designer/blocks.ts';
import { insertInside, removeInside } from '#renderer/features/designer/block-edits.ts';
import { type Glyph, type Layout, layoutOf } from '#renderer/features/designer/layout.ts';
import { insertionIndex } from '#renderer/features/designer/planning.ts';
import { applyTextEdits, parseDocument } from '#shared/qasm/document.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[2] c;\n';

function draw(body: string, folds: readonly (readonly [string, boolean])[] = []) {
  const parsed = parseDocument(head + body);
  const { circuit, text } = parsed;
  if (circuit === null) throw new Error(parsed.diagnostics[0]?.message);
  const at = new Map(folds.map(([words, isOpen]) => [text.indexOf(words), isOpen]));
  return { parsed, circuit, layout: layoutOf(circuit, blockDrawer(circuit, { text, folds: at })) };
}

function ways(glyph: Glyph | undefined): readonly (readonly [string, readonly string[]])[] {
  return (glyph?.frame?.ways ?? []).map(({ label, inner }) => [label, inner.glyphs.map(symbol)]);
}

function symbol({ drawing, frame }: Glyph): string {
  if (frame !== undefined) return `[${frame.label}]`;
  return drawing.kind === 'box' ? drawing.symbol : drawing.kind;
}

describe('a block', () => {
  test('of a loop shows its rounds side by side in one column', () => {
    const { layout } = draw('h q[2];\nfor int i in [0:1] { h q[i]; x q[i]; }\ny q[0];\n');
    expect(layout.columnCount).toBe(2);
    const loop = layout.glyphs[1];
    expect(loop).toMatchObject({ column: 0, top: 0, bottom: 1, members: 4 });
    expect(layout.glyphs[4]).toBe(loop);
    expect(loop?.block).toMatchObject({ label: 'for int i in [0:1]', count: 4, isOpen: true });
    expect(ways(loop)).toEqual([
      ['i = 0', ['H', 'X']],
      ['i = 1', ['H', 'X']],
    ]);
  });

  test('whose condition no circuit holds is tied to the registers that it reads', () => {
    const { layout } = draw(
      [
        'bit[3] d;\nbit[3] other_register_of_bits;',
        'd = measure q;\nother_register_of_bits = measure q;',
        'if (d > 2) x q[2];',
        'if (1 < d && other_register_of_bits > 1) { x q[0]; }',
        'while (d[0]) { d[0] = measure q[1]; }',
        'int n = 1;\nif (n == 1) h q[0];\n',
      ].join('\n'),
    );
    const links = layout.glyphs.flatMap(({ frame, link }) =>
      frame === undefined ? [] : [[frame.label, link?.row, link?.others?.map(({ row }) => row)]],
    );
    expect(links).toEqual([
      ['if (d > 2)', 4, []],
      [expect.stringMatching(/^if \(1 < d/), 5, [4]],
      ['while (d[0])', 4, []],
      ['if (n == 1)', undefined, undefined],
    ]);
  });

  test('of a condition shows both ways, of a switch every case', () => {
    const body =
      'c = measure q[0:1];\nif (c[0]) { x q[2]; h q[2]; } else { z q[2]; }\nswitch (int(c)) { case 1 { x q[0]; y q[0]; } case 2 { z q[0]; } default { h q[1]; } }\n';
    const { layout } = draw(body);
    expect(ways(layout.glyphs[2])).toEqual([
      ['', ['X', 'H']],
      ['else', ['Z']],
    ]);
    expect(ways(layout.glyphs[3])).toEqual([
      ['case 1', ['X', 'Y']],
      ['case 2', ['Z']],
      ['default', ['H']],
    ]);
  });

  test('has the words before its brace, those of a set as well', () => {
    const { layout } = draw('for uint i in {0, 2} { h q[i]; x q[i]; }\n');
    expect(layout.glyphs[0]?.block?.label).toBe('for uint i in {0, 2}');
  });

  test('closes to a box with its first words, and opens where the user says so', () => {
    const body = 'for int i in [0:1] { h q[i]; }\n';
    const closed = draw(body, [['for', false]]).layout.glyphs[0];
    expect(closed?.frame).toBeUndefined();
    expect(closed?.drawing).toMatchObject({ kind: 'box', symbol: 'for int i in [0:1] ×2' });
    const many = `for int i in [0:199] { h q[0]; }\n`;
    expect(draw(many).layout.glyphs[0]?.frame).toBeUndefined();
    expect(ways(draw(many, [['for', true]]).layout.glyphs[0])).toHaveLength(200);
  });

  test('shows own gates in place once they are opened', () => {
    const body = 'gate pair a, b { h a; cx a, b; }\npair q[1], q[2];\n';
    expect(draw(body).layout.glyphs[0]?.frame).toBeUndefined();
    expect(ways(draw(body, [['pair q', true]]).layout.glyphs[0])).toEqual([['', ['H', 'sign']]]);
  });

  test('shows a round of a loop that depends on outcomes, and what is nested in it', () => {
    const body =
      'c[0] = measure q[0];\nwhile (c[0]) { box { h q[1]; x q[1]; } c[0] = measure q[1]; }\n';
    expect(ways(draw(body).layout.glyphs[1])).toEqual([['each round', ['[box]', 'measure']]]);
  });

  test('never overlaps what stands beside or inside it', () => {
    const body =
      'h q[0];\nfor int i in [0:2] { if (true) { rx(0.12345) q[i]; } box { h q[i]; cx q[0], q[1 + i % 2]; } }\nx q[0];\n'.replace(
        'cx q[0], q[1 + i % 2];',
        '',
      );
    const { layout } = draw(body);
    const check = (inside: Layout, left: number, right: number): void => {
      for (const { column, width, frame } of inside.glyphs) {
        const centre =
          ((inside.columnStart[column] as number) + (inside.columnStart[column + 1] as number)) / 2;
        expect(centre - width / 2).toBeGreaterThanOrEqual(left);
        expect(centre + width / 2).toBeLessThanOrEqual(right);
        if (frame === undefined) continue;
        expect(frame.left).toBeCloseTo(centre - width / 2);
        for (const way of frame.ways) {
          check(way.inner, way.left + way.labelWidth, frame.left + width);
        }
      }
    };
    check(layout, 0, layout.columnStart[layout.columnCount] as number);
  });
});

test('a gate is never put into the midst of what came out of a loop', () => {
  const { circuit } = draw('for int i in [0:2] { h q[i]; }\nx q[2];\n');
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      expect([0, 3, 4]).toContain(insertionIndex(circuit, [row], column));
    }
  }
});

describe('an edit inside a block', () => {
  const body =
    'c[0] = measure q[0];\nif (c[0]) {\n  x q[1];\n  h q[1];\n}\nfor int i in [0:1] { h q[i]; }\n';
  const { parsed, circuit, layout } = draw(body);
  const place = layout.glyphs[1]?.frame?.ways[0]?.inner.glyphs[0]?.place;
  const inLoop = layout.glyphs[2]?.frame?.ways[0]?.inner.glyphs[0]?.place;

  test('takes the statement out with its line', () => {
    const edits = place === undefined ? [] : removeInside(parsed.text, place);
    if ('refusal' in edits) throw new Error(edits.refusal);
    expect(applyTextEdits(parsed.text, edits)).toContain('if (c[0]) {\n  h q[1];\n}');
  });

  test('puts a gate in a line of its own behind it', () => {
    if (place === undefined) throw new Error('no place');
    const beside = { place, isBefore: false };
    const z = { kind: 'gate', gate: 'z', parameters: [], qubits: [2] } as const;
    const edits = insertInside(parsed, circuit, beside, z);
    if ('refusal' in edits) throw new Error(edits.refusal);
    expect(applyTextEdits(parsed.text, edits)).toContain('  x q[1];\n  z q[2];\n  h q[1];\n');
  });

  test('is refused where it would be made in every round, with the way to the text', () => {
    if (inLoop === undefined) throw new Error('no place');
    expect(removeInside(parsed.text, inLoop)).toMatchObject({
      refusal: expect.stringContaining('every round'),
    });
  });
});
