import { expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { gates } from '#shared/gates/registry.ts';
import { textbookGates } from '#test/support/textbook-gates.ts';

/** Defined by their circuits in qelib1.inc, up to phases that no textbook prints. */
const byCircuit = new Set(['rc3x', 'rc3xdg']);

const known = gates.filter(({ id }) => !byCircuit.has(id));

test.each(known.map((gate) => [gate.id, gate] as const))(
  'the matrix of %s is that of the textbook, entry by entry',
  (id, gate) => {
    const rng = rngOf(11, gate.qubitCount);
    for (let round = 0; round < 5; round++) {
      const angles = gate.parameterNames.map(() => 7 * (rng.uniform() - 0.5));
      const { size, re, im } = gate.matrix(angles);
      const rows = textbookGates[id]?.(...angles) ?? [];
      expect(rows).toHaveLength(size);
      rows.forEach((row, k) =>
        row.forEach(([x, y], j) => {
          expect([id, k, j, re[k * size + j]]).toEqual([id, k, j, expect.closeTo(x, 12)]);
          expect([id, k, j, im[k * size + j]]).toEqual([id, k, j, expect.closeTo(y, 12)]);
        }),
      );
    }
  },
);

test('every gate that has a textbook is there', () => {
  expect(Object.keys(textbookGates).sort()).toEqual(known.map(({ id }) => id).sort());
});
