import { describe, expect, it } from 'vitest';
import { gate, measure } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { applyEdit, type CircuitEdit } from '#shared/circuit/edit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { parameterOf } from '#shared/circuit/expression.ts';

const circuit: Circuit = {
  qubitRegisters: [
    { name: 'a', size: 2 },
    { name: 'b', size: 3 },
  ],
  bitRegisters: [
    { name: 'c', size: 2 },
    { name: 'd', size: 1 },
  ],
  parameters: [
    { name: 'theta', value: null },
    { name: 'spare', value: null },
  ],
  definitions: [],
  operations: [
    gate('h', [0]),
    gate('cx', [0, 2]),
    measure(2, 0),
    {
      kind: 'if',
      condition: { bits: [0, 1], value: 1 },
      body: [gate('x', [3])],
      otherwise: [],
    },
    measure(3, 2),
    gate('rz', [0], [parameterOf('theta')]),
  ],
};

const edits: readonly (readonly [string, CircuitEdit])[] = [
  ['insert', { kind: 'insert', index: 2, operations: [gate('x', [1]), gate('y', [4])] }],
  ['remove', { kind: 'remove', indices: [3, 0] }],
  ['replace', { kind: 'replace', index: 0, operation: gate('rx', [1], [0.5]) }],
  ['move to the right', { kind: 'move', from: 0, to: 3, operation: gate('h', [1]) }],
  ['move to the left', { kind: 'move', from: 4, to: 1, operation: measure(3, 2) }],
  ['add-register', { kind: 'add-register', of: 'qubit', register: { name: 'e', size: 2 } }],
  ['grow', { kind: 'resize-register', of: 'qubit', name: 'a', size: 4 }],
  ['grow bits', { kind: 'resize-register', of: 'bit', name: 'c', size: 3 }],
  ['shrink', { kind: 'resize-register', of: 'qubit', name: 'b', size: 2 }],
  ['shrink a condition', { kind: 'resize-register', of: 'bit', name: 'c', size: 1 }],
  ['rename', { kind: 'rename-register', of: 'bit', name: 'd', to: 'out' }],
  [
    'rewrite',
    {
      kind: 'rewrite',
      operations: [
        { index: 0, operation: gate('h', [3]) },
        { index: 4, operation: measure(1, 2) },
      ],
    },
  ],
  ['add a parameter', { kind: 'add-parameter', name: 'phi' }],
  ['add a parameter in front', { kind: 'add-parameter', name: 'phi', index: 0 }],
  ['remove a parameter', { kind: 'remove-parameter', name: 'spare' }],
  ['rename a parameter', { kind: 'rename-parameter', name: 'theta', to: 'phi' }],
];

describe('applyEdit', () => {
  it.each(edits)('%s is undone by its inverse, twice over', (_, edit) => {
    const there = applyEdit(circuit, edit);
    expect(sameCircuit(there.circuit, circuit)).toBe(false);
    const back = applyEdit(there.circuit, there.inverse);
    expect(sameCircuit(back.circuit, circuit)).toBe(true);
    const again = applyEdit(back.circuit, back.inverse);
    expect(sameCircuit(again.circuit, there.circuit)).toBe(true);
  });

  it('moves the wires behind a register that grows', () => {
    const { circuit: grown } = applyEdit(circuit, {
      kind: 'resize-register',
      of: 'qubit',
      name: 'a',
      size: 4,
    });
    expect(grown.operations[1]).toMatchObject({ qubits: [0, 4] });
  });

  it('refuses what would break the circuit', () => {
    const refused: readonly (readonly [CircuitEdit, RegExp])[] = [
      [{ kind: 'insert', index: 9, operations: [gate('h', [0])] }, /positions go from 0 to 6/],
      [{ kind: 'insert', index: 0, operations: [gate('h', [5])] }, /Qubit 5 is not there/],
      [{ kind: 'insert', index: 0, operations: [gate('cx', [1, 1])] }, /one qubit twice/],
      [{ kind: 'insert', index: 0, operations: [gate('nope', [1])] }, /no gate “nope”/],
      [{ kind: 'replace', index: 0, operation: gate('rx', [0]) }, /takes 1 parameters, not 0/],
      [{ kind: 'resize-register', of: 'qubit', name: 'b', size: 1 }, /operation 3 uses them/],
      [{ kind: 'resize-register', of: 'qubit', name: 'z', size: 1 }, /no quantum register “z”/],
      [{ kind: 'rename-register', of: 'bit', name: 'c', to: 'a' }, /taken already/],
      [{ kind: 'remove-parameter', name: 'theta' }, /operation 5 uses it/],
      [{ kind: 'add-parameter', name: 'a' }, /taken already/],
      [{ kind: 'remove-parameter', name: 'nobody' }, /no parameter/],
    ];
    for (const [edit, message] of refused) expect(() => applyEdit(circuit, edit)).toThrow(message);
  });
});
