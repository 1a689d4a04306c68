import { describe, expect, test } from 'vitest';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import { type Circuit, emptyCircuit, type Operation } from '#shared/circuit/circuit.ts';
import { applyEdit } from '#shared/circuit/edit.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { momentsOf } from '#shared/circuit/moments.ts';
import {
  clippingOf,
  extentOf,
  planArray,
  planPaste,
  shapeOfDrag,
} from '#renderer/features/designer/plan-copies.ts';
import type { Plan } from '#renderer/features/designer/plan.ts';

function carriedOut(circuit: Circuit, plan: Plan | { readonly refusal: string } | null): Circuit {
  if (plan === null || 'refusal' in plan) throw new Error('There is no plan.');
  return plan.edits.reduce((before, edit) => applyEdit(before, edit).circuit, circuit);
}

/** "h 0 @1": gate, wires and column. */
function drawn(circuit: Circuit): readonly string[] {
  const columns = momentsOf(circuit);
  return circuit.operations
    .map((one, index) => {
      if (one.kind === 'measure') return `m ${one.qubit}>${one.bit} @${columns[index]}`;
      return one.kind === 'gate' ? `${one.gate} ${one.qubits.join()} @${columns[index]}` : one.kind;
    })
    .toSorted();
}

describe('an array', () => {
  test('over wires stands in one column', () => {
    const circuit = circuitOf(5, [gate('x', [4]), gate('h', [0])]);
    const plan = planArray(circuit, [1], { wires: 3, columns: 0 });
    expect(drawn(carriedOut(circuit, plan))).toEqual([
      'h 0 @0',
      'h 1 @0',
      'h 2 @0',
      'h 3 @0',
      'x 4 @0',
    ]);
    if ('refusal' in plan) throw new Error(plan.refusal);
    expect(plan.selection).toHaveLength(4);
  });

  test('over wires and columns keeps what follows behind it', () => {
    const circuit = circuitOf(4, [gate('h', [0]), gate('cx', [0, 1]), gate('z', [0])]);
    const after = carriedOut(circuit, planArray(circuit, [1], { wires: 1, columns: 1 }));
    expect(drawn(after)).toEqual([
      'cx 0,1 @1',
      'cx 0,1 @2',
      'cx 2,3 @0',
      'cx 2,3 @1',
      'h 0 @0',
      'z 0 @3',
    ]);
  });

  test('goes upwards and to the left as well', () => {
    const circuit = circuitOf(3, [gate('h', [2]), gate('s', [2])]);
    const up = carriedOut(circuit, planArray(circuit, [0], { wires: -2, columns: 0 }));
    expect(drawn(up)).toEqual(['h 0 @0', 'h 1 @0', 'h 2 @0', 's 2 @1']);
    const left = carriedOut(circuit, planArray(circuit, [1], { wires: 0, columns: -1 }));
    expect(drawn(left)).toEqual(['h 2 @0', 's 2 @1', 's 2 @2']);
  });

  test('of measurements takes each into its own bit', () => {
    const circuit = circuitOf(3, [measure(0, 0)], 3);
    const after = carriedOut(circuit, planArray(circuit, [0], { wires: 2, columns: 0 }));
    expect(drawn(after).map((one) => one.split(' @')[0])).toEqual(['m 0>0', 'm 1>1', 'm 2>2']);
  });

  test('says where there is no room', () => {
    const circuit = circuitOf(2, [gate('cx', [0, 1])]);
    expect(planArray(circuit, [0], { wires: 1, columns: 0 })).toMatchObject({
      refusal: expect.stringContaining('not that many wires'),
    });
    expect(planArray(circuit, [0], { wires: 0, columns: 20_000 })).toMatchObject({
      refusal: expect.stringContaining('at most 10000'),
    });
  });

  test('a drag makes as many copies as fit', () => {
    const circuit = circuitOf(6, [gate('cx', [0, 1])]);
    const extent = extentOf(circuit, [0]);
    expect(extent).toEqual({ wires: 2, columns: 1 });
    expect(shapeOfDrag(extent, 5, -3)).toEqual({ wires: 2, columns: -3 });
  });
});

describe('a clipping', () => {
  const own: Circuit = {
    ...circuitOf(2, [], 2),
    parameters: [{ name: 'theta', value: null }],
    definitions: [
      { name: 'inner', parameterNames: [], qubitNames: ['a'], body: [gate('h', [0])] },
      { name: 'outer', parameterNames: [], qubitNames: ['a'], body: [gate('inner', [0])] },
      { name: 'other', parameterNames: [], qubitNames: ['a'], body: [gate('x', [0])] },
    ],
    operations: [gate('outer', [0]), gate('rx', [1], [parameterOf('theta')]), measure(1, 1)],
  };

  test('takes the gates that it calls along, and no others', () => {
    const { definitions } = clippingOf(own, own.operations);
    expect(definitions.map(({ name }) => name)).toEqual(['inner', 'outer']);
  });

  test('brings gates, parameters and bits into another circuit', () => {
    const other: Circuit = { ...emptyCircuit, qubitRegisters: [{ name: 'r', size: 3 }] };
    const after = carriedOut(other, planPaste(other, clippingOf(own, own.operations), 1, 0));
    expect(after.parameters).toEqual([{ name: 'theta', value: null }]);
    expect(after.definitions.map(({ name }) => name)).toEqual(['inner', 'outer']);
    expect(after.bitRegisters).toEqual([{ name: 'c', size: 3 }]);
    expect(after.operations.map((one: Operation) => one.kind)).toEqual(['gate', 'gate', 'measure']);
  });

  test('does not go where its wires would fall off', () => {
    expect(planPaste(own, clippingOf(own, own.operations), 1, 0)).toBeNull();
    expect(planPaste(own, clippingOf(own, own.operations), -1, 0)).toBeNull();
  });
});
