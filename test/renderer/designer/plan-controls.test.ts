import { describe, expect, test } from 'vitest';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { applyEdit } from '#shared/circuit/edit.ts';
import {
  controlOn,
  planControlAt,
  planControlValue,
} from '#renderer/features/designer/plan-controls.ts';
import type { Plan } from '#renderer/features/designer/plan.ts';

function carriedOut(circuit: Circuit, plan: Plan | { readonly refusal: string }): Circuit {
  if ('refusal' in plan) throw new Error(plan.refusal);
  return plan.edits.reduce((before, edit) => applyEdit(before, edit).circuit, circuit);
}

describe('controls', () => {
  test('of the gate itself count like those that were added', () => {
    const circuit = circuitOf(3, [gate('cx', [0, 1])]);
    const anti = carriedOut(circuit, planControlValue(circuit, 0, 0, 0));
    expect(anti.operations[0]).toMatchObject({
      gate: 'x',
      qubits: [1],
      controls: [{ qubit: 0, value: 0 }],
    });
    const plain = carriedOut(anti, planControlValue(anti, 0, 0, null));
    expect(plain.operations[0]).toMatchObject({ gate: 'x', qubits: [1] });
    const two = carriedOut(circuit, planControlValue(circuit, 0, 2, 1));
    expect(two.operations[0]).toMatchObject({ gate: 'ccx' });
    const call = two.operations[0];
    expect(call?.kind === 'gate' ? [0, 1, 2].map((row) => controlOn(call, row)) : []).toEqual([
      1,
      null,
      1,
    ]);
  });

  test('put on a wire go to the nearest gate of the column', () => {
    const circuit = circuitOf(4, [gate('h', [0]), gate('y', [3]), gate('z', [0])]);
    const first = carriedOut(circuit, planControlAt(circuit, { row: 2, column: 0 }, 1));
    expect(first.operations[1]).toMatchObject({ gate: 'cy', qubits: [2, 3] });
    const second = carriedOut(circuit, planControlAt(circuit, { row: 2, column: 1 }, 0));
    expect(second.operations[2]).toMatchObject({ gate: 'z', controls: [{ qubit: 2, value: 0 }] });
  });

  test('say where there is nothing to control', () => {
    const circuit = circuitOf(2, [measure(0, 0)], 1);
    expect(planControlAt(circuit, { row: 1, column: 0 }, 1)).toHaveProperty('refusal');
    expect(planControlValue(circuit, 0, 1, 1)).toHaveProperty('refusal');
  });
});
