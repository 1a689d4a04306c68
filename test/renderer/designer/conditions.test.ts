import { describe, expect, test } from 'vitest';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, Condition } from '#shared/circuit/circuit.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { conditionRows, conditionWords } from '#shared/circuit/condition-rows.ts';
import { layoutOf } from '#renderer/features/designer/layout.ts';
import { nameOfOperation } from '#renderer/features/designer/labels.ts';

const registers = [
  { name: 'c', size: 3 },
  { name: 'd', size: 2 },
  { name: 'f', size: 1 },
] as const;

const circuit: Circuit = { ...circuitOf(3, [gate('h', [0])], 6), bitRegisters: registers };

/** Every set of bits with every value, denied or not. */
function allConditions(): readonly Condition[] {
  const conditions: Condition[] = [];
  for (let set = 1; set < 64; set++) {
    const bits = [0, 1, 2, 3, 4, 5].filter((bit) => Math.floor(set / 2 ** bit) % 2 === 1);
    for (let value = 0; value < 2 ** bits.length; value++) {
      conditions.push({ bits, value }, { bits, value, negated: true });
    }
  }
  return conditions;
}

describe('conditions on the canvas', () => {
  test('no two different conditions are drawn alike or read alike', () => {
    const drawn = new Map<string, Condition>();
    const read = new Map<string, Condition>();
    for (const condition of allConditions()) {
      const looks = JSON.stringify(conditionRows(circuit, condition));
      const words = conditionWords(circuit, condition);
      expect(drawn.get(looks), looks).toBeUndefined();
      expect(read.get(words), words).toBeUndefined();
      drawn.set(looks, condition);
      read.set(words, condition);
    }
  });

  test('the order in which bits are named changes nothing', () => {
    const one = conditionRows(circuit, { bits: [0, 3], value: 1 });
    expect(conditionRows(circuit, { bits: [3, 0], value: 2 })).toEqual(one);
  });

  test.each([
    ['c[1] == 1', [[3, '[1] = 1']], 'c[1] is 1'],
    ['c == 1', [[3, '= 1']], 'c is 1'],
    ['c[0] == 1 && c[1] == 0', [[3, '[1,0] = 01']], 'c[1, 0] is 01'],
    ['c != 3', [[3, '≠ 3']], 'c is not 3'],
    ['!c[2]', [[3, '[2] = 0']], 'c[2] is 0'],
    [
      'c[0] == 1 && d == 2',
      [
        [3, '[0] = 1'],
        [4, '= 2'],
      ],
      'c[0] is 1 and d is 2',
    ],
  ])('%s', (source, rows, words) => {
    const text = `OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[3] c;\nbit[2] d;\nif (${source}) x q[0];\n`;
    const parsed = parseDocument(text).circuit;
    if (parsed === null) throw new Error('It must be read.');
    const [glyph] = layoutOf(parsed).glyphs;
    const link = glyph?.link;
    expect([...(link?.others ?? []), link].map((one) => [one?.row, one?.text])).toEqual(rows);
    const [operation] = parsed.operations;
    if (operation === undefined) throw new Error('There is an operation.');
    expect(nameOfOperation(parsed, operation)).toBe(`If ${words}: X on q[0]`);
  });

  test('what no circuit can hold stands as the text has it', () => {
    const text =
      'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[3] c;\nif (c > 2) x q[0];\n';
    const parsed = parseDocument(text).circuit;
    expect(parsed?.operations[0]).toMatchObject({ kind: 'opaque', label: 'if (c > 2) x q[0];' });
  });
});
