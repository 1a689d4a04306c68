import { describe, expect, test } from 'vitest';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, GateDefinition } from '#shared/circuit/circuit.ts';
import { applyEdit } from '#shared/circuit/edit.ts';
import { ownItems } from '#renderer/features/designer/own-gates.ts';
import { searchPalette, symbolOfItem } from '#renderer/features/designer/palette-items.ts';
import { planPlacing } from '#renderer/features/designer/planning.ts';

const inner: GateDefinition = {
  name: 'inner',
  parameterNames: [],
  qubitNames: ['a'],
  body: [gate('h', [0])],
};
const outer: GateDefinition = {
  name: 'outer',
  parameterNames: [],
  qubitNames: ['a', 'b'],
  body: [gate('inner', [0]), gate('cx', [0, 1])],
};
const kept = [{ name: 'outer', definitions: [inner, outer] }];
const plain = circuitOf(2, []);

describe('gates of one’s own', () => {
  test('those of the circuit come first and hide the library’s of the same name', () => {
    const items = ownItems([outer, inner], [...kept, { name: 'third', definitions: [inner] }]);
    expect(items.map((item) => item.kind === 'own' && item.inCircuit)).toEqual([true, true, false]);
    expect(searchPalette('out', items)[0]?.items.map(symbolOfItem)).toEqual(['outer']);
  });

  test('a gate of the library brings the gates that it calls into the circuit', () => {
    const [item] = ownItems([], kept);
    const plan = item === undefined ? null : planPlacing(plain, item, { row: 1, column: 0 });
    if (plan === null || 'refusal' in plan) throw new Error('refused');
    const after = plan.edits.reduce<Circuit>((now, edit) => applyEdit(now, edit).circuit, plain);
    expect(after.definitions.map(({ name }) => name)).toEqual(['inner', 'outer']);
    expect(after.operations).toMatchObject([{ gate: 'outer', qubits: [0, 1] }]);
  });

  test('another gate of the same name is not replaced', () => {
    const [item] = ownItems([], kept);
    const other = { ...plain, definitions: [{ ...inner, body: [gate('x', [0])] }] };
    expect(() => item && planPlacing(other, item, { row: 0, column: 0 })).toThrow('another gate');
  });
});
