import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { gate, measure } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { applyEdit, type CircuitEdit } from '#shared/circuit/edit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { applyTextEdits, parseDocument } from '#shared/qasm/document.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { revise } from '#shared/qasm/text-edits.ts';
import { randomEdit, randomProgram } from '../../support/random-programs.ts';

function edit(text: string, change: CircuitEdit): string {
  return applyTextEdits(text, revise(parseDocument(text), change).edits);
}

const bell = `OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
  h q[0]; // superpose
  rx(pi / 4) q[1]; /* turn */
for int i in [0:1] { x q[i]; }
c = measure q;
`;

describe('revise in OpenQASM 3', () => {
  it('agrees with applyEdit over random programs and edits', () => {
    let made = 0;
    const refused: string[] = [];
    for (let seed = 0; seed < 80; seed++) {
      const rng = rngOf(seed, 11);
      const source = parseDocument(randomProgram(rng), { lenient: true }).circuit;
      if (source === null || source.definitions.some(({ body }) => body === null)) continue;
      let document = parseDocument(printCircuit(source, 3));
      for (let step = 0; step < 4; step++) {
        const { circuit } = document;
        if (circuit === null) throw new Error(document.text);
        const change = randomEdit(circuit, rng);
        try {
          const expected = applyEdit(circuit, change).circuit;
          const after = revise(document, change).after;
          expect(after.diagnostics, after.text).toEqual([]);
          expect(after.circuit !== null && sameCircuit(after.circuit, expected), after.text).toBe(
            true,
          );
          expect(after.circuit).toEqual(parseDocument(after.text).circuit);
          document = after;
          made++;
        } catch (error) {
          const isRefused =
            error instanceof AppError && ['bad-input', 'unsupported'].includes(error.code);
          if (!isRefused) throw error;
          refused.push(error.message);
        }
      }
    }
    expect(made).toBeGreaterThan(250);
  });

  it('changes only the words that it must', () => {
    const after = edit(bell, { kind: 'replace', index: 1, operation: gate('ry', [0], [0.5]) });
    expect(after).toBe(bell.replace('rx(pi / 4) q[1]', 'ry(0.5) q[0]'));
  });

  it('declares a parameter under the head, renames it everywhere and takes it out again', () => {
    const declared = edit(bell, { kind: 'add-parameter', name: 'theta' });
    expect(declared).toBe(bell.replace('inc";\n', 'inc";\ninput float theta;\n'));
    const used = edit(declared, {
      kind: 'replace',
      index: 1,
      operation: gate('rx', [1], [parameterOf('theta')]),
    });
    const renamed = edit(used, { kind: 'rename-parameter', name: 'theta', to: 'phi' });
    expect(renamed).toBe(used.replaceAll('theta', 'phi'));
    expect(edit(declared, { kind: 'remove-parameter', name: 'theta' })).toBe(bell);
    const second = edit(declared, { kind: 'add-parameter', name: 'a', index: 0 });
    expect(second).toContain('input float a;\ninput float theta;');
  });

  it('says that OpenQASM 2 has no parameters', () => {
    const old = 'OPENQASM 2.0;\nqreg q[1];\n';
    expect(() => edit(old, { kind: 'add-parameter', name: 'theta' })).toThrow(/OpenQASM 2 has no/);
  });

  it('writes many replacements as one edit', () => {
    const after = edit(bell, {
      kind: 'rewrite',
      operations: [
        { index: 0, operation: gate('h', [1]) },
        { index: 1, operation: gate('rx', [0], [0.5]) },
      ],
    });
    expect(after).toBe(bell.replace('h q[0]', 'h q[1]').replace('rx(pi / 4) q[1]', 'rx(0.5) q[0]'));
  });

  it('unrolls a loop of which one round goes', () => {
    const after = edit(bell, { kind: 'remove', indices: [3] });
    expect(after).toBe(bell.replace('for int i in [0:1] { x q[i]; }', 'x q[0];'));
  });

  it('resizes and renames registers', () => {
    expect(edit(bell, { kind: 'rename-register', of: 'qubit', name: 'q', to: 'r' })).toContain(
      'x r[i]',
    );
    const wider = edit(bell, { kind: 'resize-register', of: 'qubit', name: 'q', size: 3 });
    expect(wider).toContain('qubit[3] q;');
    expect(wider).toContain('c[0] = measure q[0];');
  });

  it('writes a single qubit and a single bit without an index', () => {
    const text = `OPENQASM 3.0;
include "stdgates.inc";
qubit q;
bit c;
h q;
`;
    const flipped = gate('x', [0]);
    const operations = [
      measure(0, 0),
      { kind: 'if', condition: { bits: [0], value: 1 }, body: [flipped], otherwise: [] },
      { kind: 'if', condition: { bits: [0], value: 0 }, body: [flipped], otherwise: [flipped] },
    ] satisfies Operation[];
    const after = edit(text, { kind: 'insert', index: 1, operations });
    expect(after).toBe(`${text}c = measure q;
if (c == 1) { x q; }
if (c == 0) { x q; } else { x q; }
`);
    const moved = edit(after, { kind: 'move', from: 3, to: 0, operation: flipped });
    expect(moved).toContain('x q;\nh q;\n');
    const wider = edit(after, { kind: 'resize-register', of: 'qubit', name: 'q', size: 2 });
    expect(wider).toContain('qubit[2] q;');
    expect(wider).toContain('c = measure q[0];');
  });

  it('refuses what would lose more than the circuit shows', () => {
    const counting = bell
      .replace('{ x q[i]; }', '{ x q[i]; n += 1; }')
      .replace('for', 'int n = 0;\nfor')
      .replace('c = m', 'rx(n * pi) q[0];\nc = m');
    expect(() => edit(counting, { kind: 'remove', indices: [3] })).toThrow(/in the text/);
  });
});
