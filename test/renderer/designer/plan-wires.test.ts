import { describe, expect, test } from 'vitest';
import { gate, measure } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { applyEdit } from '#shared/circuit/edit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import {
  countOnWire,
  planInsertWire,
  planMoveWire,
  planRemoveWire,
} from '#renderer/features/designer/plan-wires.ts';
import type { Plan } from '#renderer/features/designer/plan.ts';
import { editCircuit, openDocument, undo } from '#renderer/lib/workspace/open-document.ts';

const circuit: Circuit = {
  qubitRegisters: [
    { name: 'a', size: 2 },
    { name: 'b', size: 1 },
  ],
  bitRegisters: [{ name: 'c', size: 2 }],
  parameters: [],
  definitions: [],
  operations: [
    gate('h', [0]),
    gate('cx', [0, 1]),
    { kind: 'barrier', qubits: [0, 1, 2] },
    gate('swap', [1, 2]),
    measure(1, 0),
  ],
};

function carriedOut(plan: Plan | { readonly refusal: string } | null): Circuit {
  if (plan === null || 'refusal' in plan) throw new Error('There is no plan.');
  return plan.edits.reduce((before, edit) => applyEdit(before, edit).circuit, circuit);
}

function wiresOf({ operations }: Circuit): readonly (readonly number[])[] {
  return operations.map((one) =>
    one.kind === 'measure' ? [one.qubit] : 'qubits' in one ? one.qubits : [],
  );
}

describe('wires', () => {
  test('a wire above moves what stands at and below it in its register and all behind', () => {
    const after = carriedOut(planInsertWire(circuit, 1, 'above'));
    expect(after.qubitRegisters.map(({ size }) => size)).toEqual([3, 1]);
    expect(wiresOf(after)).toEqual([[0], [0, 2], [0, 2, 3], [2, 3], [2]]);
  });

  test('a wire below the last of a register belongs to that register', () => {
    const after = carriedOut(planInsertWire(circuit, 1, 'below'));
    expect(after.qubitRegisters.map(({ size }) => size)).toEqual([3, 1]);
    expect(wiresOf(after)).toEqual([[0], [0, 1], [0, 1, 3], [1, 3], [1]]);
  });

  test('a wire that goes takes its operations along, and barriers stay on the others', () => {
    expect(countOnWire(circuit, 0)).toBe(2);
    const after = carriedOut(planRemoveWire(circuit, 0));
    expect(after.qubitRegisters.map(({ size }) => size)).toEqual([1, 1]);
    expect(wiresOf(after)).toEqual([[0, 1], [0, 1], [0]]);
    const noB = carriedOut(planRemoveWire(circuit, 2));
    expect(noB.qubitRegisters.map(({ name }) => name)).toEqual(['a']);
    expect(wiresOf(noB)).toEqual([[0], [0, 1], [0, 1], [1]]);
  });

  test('inserting and removing a wire gives the circuit back', () => {
    for (const row of [0, 1, 2]) {
      const grown = carriedOut(planInsertWire(circuit, row, 'above'));
      const plan = planRemoveWire(grown, row);
      if ('refusal' in plan) throw new Error(plan.refusal);
      const back = plan.edits.reduce((before, edit) => applyEdit(before, edit).circuit, grown);
      expect(sameCircuit(back, circuit)).toBe(true);
    }
  });

  test('a moved wire lets those between close up, and moves back', () => {
    const after = carriedOut(planMoveWire(circuit, 0, 2));
    expect(wiresOf(after)).toEqual([[2], [2, 0], [0, 1, 2], [0, 1], [0]]);
    const plan = planMoveWire(after, 2, 0);
    if (plan === null || 'refusal' in plan) throw new Error('There is no way back.');
    const back = plan.edits.reduce((before, edit) => applyEdit(before, edit).circuit, after);
    expect(sameCircuit(back, circuit)).toBe(true);
    expect(planMoveWire(circuit, 2, 3)).toBeNull();
  });

  test('is one step of undo in a text with statements on whole registers', () => {
    const text = `OPENQASM 3.0;
include "stdgates.inc";
qubit[3] q;
bit[3] c;
h q;
barrier q;
c = measure q;
`;
    const document = openDocument({ key: 'a', name: 'Test', text });
    for (const plan of [
      planInsertWire(document.drawn, 1, 'above'),
      planRemoveWire(document.drawn, 1),
      planMoveWire(document.drawn, 0, 2),
    ]) {
      if (plan === null || 'refusal' in plan) throw new Error('There is no plan.');
      const after = editCircuit(document, plan.edits, 'Wires', 0);
      expect(after.parsed.circuit).not.toBeNull();
      expect(undo(after)?.parsed.text).toBe(text);
    }
  });
});
