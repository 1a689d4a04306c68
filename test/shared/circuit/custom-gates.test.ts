import { describe, expect, it } from 'vitest';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { definitionOfMatrix, groupEdits, ungroupEdits } from '#shared/circuit/custom-gates.ts';
import { applyEdit, type CircuitEdit } from '#shared/circuit/edit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { areEqualUpToPhase, unitaryOf } from '#shared/circuit/unitary.ts';
import { distance } from '#shared/math/matrix.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { revise } from '#shared/qasm/text-edits.ts';

function applied(circuit: Circuit, edits: readonly CircuitEdit[]): Circuit {
  return edits.reduce((before, edit) => applyEdit(before, edit).circuit, circuit);
}

const head2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n';
const head3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
const programs: readonly (readonly [string, string, readonly number[]])[] = [
  ['neighbours', `${head2}qreg q[3];\n// first\nh q[0];\ncx q[0],q[2];\nt q[1];\n`, [0, 1]],
  ['gates apart', `${head2}qreg q[3];\nh q[0];\nt q[1]; // stays\ncx q[0],q[2];\n`, [0, 2]],
  [
    'after what is between',
    `${head2}qreg q[3];\nh q[0];\nh q[2];\ncx q[0],q[1];\nt q[2];\n`,
    [0, 2],
  ],
  ['neighbours', `${head3}qubit[3] q;\n// first\nh q[0];\ncx q[0], q[2];\nt q[1];\n`, [0, 1]],
  [
    'controls and powers',
    `${head3}qubit[3] q;\nctrl @ negctrl @ x q[0], q[1], q[2];\npow(2) @ s q[1];\nh q[0];\n`,
    [0, 1],
  ],
  [
    'gates of its own',
    `${head3}gate g(a) p, r { rx(a / 2) p; cx p, r; }\nqubit[3] q;\ng(0.25) q[2], q[0];\nctrl @ g(1) q[0], q[1], q[2];\n`,
    [0, 1],
  ],
];

describe('groupEdits', () => {
  it.each(programs)('makes one gate of %s, and takes it apart again', (_, text, indices) => {
    const document = parseDocument(text);
    const circuit = document.circuit as Circuit;
    const edits = groupEdits(circuit, indices, 'mine');
    const grouped = applied(circuit, edits);
    expect(grouped.definitions.at(-1)?.name).toBe('mine');
    expect(grouped.operations).toHaveLength(circuit.operations.length - indices.length + 1);
    expect(areEqualUpToPhase(circuit, grouped)).toBe(true);

    let written = document;
    for (const edit of edits) written = revise(written, edit).after;
    expect(written.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(sameCircuit(written.circuit as Circuit, grouped)).toBe(true);
    for (const line of text.split('\n').filter((one) => one.includes('//'))) {
      expect(written.text).toContain(line.slice(line.indexOf('//')));
    }

    const index = grouped.operations.findIndex((one) => one.kind === 'gate' && one.gate === 'mine');
    const apart = applied(grouped, ungroupEdits(grouped, index));
    expect(areEqualUpToPhase(circuit, apart)).toBe(true);
    const [call] = ungroupEdits(grouped, index);
    expect(call?.kind).toBe('remove');
    const gone = applied(apart, [{ kind: 'remove-definition', name: 'mine' }]);
    expect(gone.definitions).toHaveLength(circuit.definitions.length);
  });

  it('takes open angles as parameters of the gate', () => {
    const text = `${head3}input angle theta;\nqubit[2] q;\nrx(theta) q[0];\nrz(2 * theta) q[1];\n`;
    const circuit = parseDocument(text).circuit as Circuit;
    const grouped = applied(circuit, groupEdits(circuit, [0, 1], 'pair'));
    expect(grouped.definitions[0]?.parameterNames).toEqual(['theta']);
    for (const theta of [0.3, -1.7]) {
      const bindings = { theta };
      expect(distance(unitaryOf(circuit, bindings), unitaryOf(grouped, bindings))).toBeLessThan(
        1e-12,
      );
    }
  });

  it('refuses what no gate can hold, and what it cannot move', () => {
    const measured = parseDocument(`${head3}qubit q;\nbit c;\nh q;\nc = measure q;\n`);
    expect(() => groupEdits(measured.circuit as Circuit, [0, 1], 'm')).toThrow('a measure');
    const between = parseDocument(
      `${head3}qubit[2] q;\nh q[0];\nh q[1];\ncx q[0], q[1];\nx q[0];\nx q[1];\n`,
    );
    expect(() => groupEdits(between.circuit as Circuit, [0, 3], 'm')).toThrow('stands between');
    expect(() => groupEdits(measured.circuit as Circuit, [], 'm')).toThrow('Select');
  });
});

describe('ungroupEdits', () => {
  it.each([
    ['whole powers', 'pow(3) @ g(0.4) q[0], q[1];'],
    ['an inverse', 'inv @ g(0.4) q[1], q[2];'],
    ['controls', 'ctrl @ negctrl @ inv @ g(-0.7) q[2], q[3], q[0], q[1];'],
  ])('keeps %s, phases included', (_, call) => {
    const text = `${head3}gate g(a) p, r { gphase(a); sx p; cu(a, 1, 2, 3) p, r; U(a, 0, 1) r; }\nqubit[4] q;\n${call}\n`;
    const circuit = parseDocument(text).circuit as Circuit;
    const apart = applied(circuit, ungroupEdits(circuit, 0));
    expect(apart.operations.some((one) => one.kind === 'gate' && one.gate === 'g')).toBe(false);
    expect(distance(unitaryOf(circuit), unitaryOf(apart))).toBeLessThan(1e-10);
  });

  it('says why it cannot', () => {
    const text = `${head3}gate g a { h a; }\nqubit q;\npow(0.5) @ g q;\nh q;\n`;
    const circuit = parseDocument(text).circuit as Circuit;
    expect(() => ungroupEdits(circuit, 0)).toThrow('small whole number');
    expect(() => ungroupEdits(circuit, 1)).toThrow('no gate of this circuit');
  });
});

describe('definitionOfMatrix', () => {
  it('has the matrix, phase included, nested in another gate as well', () => {
    const source = circuitOf(3, [gate('h', [0]), gate('ccx', [0, 1, 2]), gate('rz', [1], [0.3])]);
    const matrix = unitaryOf(source);
    const definition = definitionOfMatrix('three', matrix);
    const outer = { name: 'outer', parameterNames: [], qubitNames: ['a', 'b', 'c'], body: [] };
    const body = [gate('three', [0, 1, 2])];
    const circuit = applied(circuitOf(3, []), [
      { kind: 'add-definition', definition },
      { kind: 'add-definition', definition: { ...outer, body } },
      { kind: 'insert', index: 0, operations: [gate('outer', [0, 1, 2])] },
    ]);
    expect(distance(unitaryOf(circuit), matrix)).toBeLessThan(1e-10);
  });
});

describe('definition edits', () => {
  const circuit = applied(circuitOf(2, []), [
    {
      kind: 'add-definition',
      definition: { name: 'g', parameterNames: ['a'], qubitNames: ['p'], body: [gate('h', [0])] },
    },
  ]);

  it('are undone by their inverses', () => {
    for (const edit of [
      { kind: 'remove-definition', name: 'g' },
      {
        kind: 'add-definition',
        definition: { name: 'f', parameterNames: [], qubitNames: ['p'], body: [] },
        index: 0,
      },
    ] satisfies CircuitEdit[]) {
      const there = applyEdit(circuit, edit);
      expect(sameCircuit(there.circuit, circuit)).toBe(false);
      expect(sameCircuit(applyEdit(there.circuit, there.inverse).circuit, circuit)).toBe(true);
    }
  });

  it.each([
    ['a name twice', { name: 'g', parameterNames: [], qubitNames: ['p'], body: [] }, 'taken'],
    ['a wire twice', { name: 'f', parameterNames: [], qubitNames: ['p', 'p'], body: [] }, 'twice'],
    ['no qubit', { name: 'f', parameterNames: [], qubitNames: [], body: [] }, 'one qubit'],
    [
      'itself',
      { name: 'f', parameterNames: [], qubitNames: ['p'], body: [gate('f', [0])] },
      'cannot be added',
    ],
  ])('refuse %s', (_, definition, message) => {
    expect(() => applyEdit(circuit, { kind: 'add-definition', definition })).toThrow(message);
  });

  it('keep a gate that is called', () => {
    const used = applied(circuit, [
      { kind: 'insert', index: 0, operations: [gate('g', [0], [1])] },
    ]);
    expect(() => applyEdit(used, { kind: 'remove-definition', name: 'g' })).toThrow('calls it');
  });

  it.each([
    ['OPENQASM 2.0;\nqreg q[1];\n', 2],
    ['qreg q[1];\n', 2],
    ['OPENQASM 3.0;\nqubit q;\n', 3],
    ['// only this\nOPENQASM 3.0;\n', 3],
    ['', 3],
  ])('declare a gate and take it out again in %j', (text) => {
    const document = parseDocument(text);
    const [definition] =
      parseDocument(`${head3}gate g(a) p, r { sx p; crx(a) p, r; }`).circuit?.definitions ?? [];
    if (definition === undefined) throw new Error('no gate');
    const add: CircuitEdit = { kind: 'add-definition', definition };
    const added = revise(document, add).after;
    const expected = applyEdit(document.circuit as Circuit, add);
    expect(added.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(sameCircuit(added.circuit as Circuit, expected.circuit)).toBe(true);
    const back = revise(added, expected.inverse).after;
    expect(sameCircuit(back.circuit as Circuit, document.circuit as Circuit)).toBe(true);
  });
});
