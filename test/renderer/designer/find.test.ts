import { describe, expect, test } from 'vitest';
import { anchorOf } from '#renderer/lib/workspace/marks.ts';
import { editMarks, openDocument } from '#renderer/lib/workspace/open-document.ts';
import { findIn } from '#renderer/features/designer/find.ts';
import { paletteGroups, searchPalette } from '#renderer/features/designer/palette-items.ts';

const document = openDocument({
  key: 'a',
  name: 'Test',
  text: `OPENQASM 3.0;
include "stdgates.inc";
input float theta;
qubit[12] data;
bit[1] c;
x data[0];
h data[1];
rz(2 * theta) data[1];
cx data[1], data[11];
c[0] = measure data[1];
if (c == 1) { x data[0]; }
`,
});

describe('finding in a circuit', () => {
  test.each([
    ['hadamard', [1]],
    ['rz', [2]],
    ['THETA', [2]],
    ['data[11]', [3]],
    ['cx data[1]', [3]],
    ['measure', [4]],
    ['   ', []],
    ['nothing of that', []],
  ])('%s', (words, expected) => {
    expect(findIn(document, words)).toEqual(expected);
  });

  test('goes from left to right and looks into conditions', () => {
    expect(findIn(document, 'x data[0]')).toEqual([0, 5]);
    expect(findIn(document, 'x')).toEqual([0, 3, 5]);
  });

  test('finds notes', () => {
    const anchor = anchorOf(document.drawn, 1);
    if (anchor === null) throw new Error('The operation has no place.');
    const mark = { anchor, body: { kind: 'note', text: 'State preparation' } } as const;
    expect(findIn(editMarks(document, [mark], '', 0), 'preparation')).toEqual([1]);
  });
});

describe('favourites', () => {
  test('stand first, in the order in which they were chosen, and may be gone', () => {
    const [first, ...others] = searchPalette('', [], ['t', 'ccx', 'own-gone']);
    expect(first?.title).toBe('Favourites');
    expect(first?.items.map((item) => (item.kind === 'gate' ? item.gate.id : ''))).toEqual([
      't',
      'ccx',
    ]);
    expect(others).toEqual(paletteGroups);
    expect(searchPalette('toffoli', [], ['ccx']).map(({ title }) => title)).toContain('Favourites');
  });
});
