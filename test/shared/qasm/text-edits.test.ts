import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { gate, measure } from '#shared/circuit/build.ts';
import { applyEdit, type CircuitEdit } from '#shared/circuit/edit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { applyTextEdits, type ParsedDocument, parseDocument } from '#shared/qasm/document.ts';
import { revise } from '#shared/qasm/text-edits.ts';
import { randomEdit, randomProgram } from '../../support/random-programs.ts';

function sound(document: ParsedDocument): NonNullable<ParsedDocument['circuit']> {
  expect(document.diagnostics, document.text).toEqual([]);
  if (document.circuit === null) throw new Error('no circuit');
  return document.circuit;
}

/** Makes the edit in the text and checks the law; null where the edit is refused. */
function edited(document: ParsedDocument, edit: CircuitEdit): ParsedDocument | null {
  let expected: ReturnType<typeof applyEdit>;
  let after: ParsedDocument;
  try {
    expected = applyEdit(sound(document), edit);
    after = revise(document, edit).after;
  } catch (error) {
    if (error instanceof AppError && ['bad-input', 'unsupported'].includes(error.code)) return null;
    throw error;
  }
  const story = `${JSON.stringify(edit)}\n--- before\n${document.text}\n--- after\n${after.text}\n---`;
  expect(after.diagnostics, story).toEqual([]);
  expect(sameCircuit(sound(after), expected.circuit), story).toBe(true);
  expect(after.circuit, story).toEqual(parseDocument(after.text).circuit);
  expect(applyEdit(sound(after), expected.inverse).circuit.operations.length).toBe(
    document.circuit?.operations.length,
  );
  return after;
}

function edit(text: string, change: CircuitEdit): string {
  return applyTextEdits(text, revise(parseDocument(text), change).edits);
}

const bell = `OPENQASM 2.0;
include "qelib1.inc";
qreg q[2];
creg c[2];
  h q[0]; // superpose
  cx q[0],q[1];

// look
measure q -> c;
`;

describe('revise', () => {
  it('agrees with applyEdit, and its inverse undoes it, over random programs and edits', () => {
    let made = 0;
    for (let seed = 0; seed < 400; seed++) {
      const rng = rngOf(seed, 11);
      let document = parseDocument(randomProgram(rng));
      for (let step = 0; step < 6; step++) {
        const change = randomEdit(sound(document), rng);
        const after = edited(document, change);
        if (after === null) continue;
        made++;
        const back = edited(after, applyEdit(sound(document), change).inverse);
        if (back !== null) {
          expect(sameCircuit(sound(back), sound(document)), back.text).toBe(true);
        }
        document = after;
      }
    }
    expect(made).toBeGreaterThan(1500);
  });

  it('inserts a line in the style of its neighbours and leaves comments alone', () => {
    expect(edit(bell, { kind: 'insert', index: 1, operations: [gate('x', [1])] })).toBe(
      bell.replace('// superpose\n', '// superpose\n  x q[1];\n'),
    );
  });

  it('keeps the newline style of the file', () => {
    const windows = bell.replaceAll('\n', '\r\n');
    const after = edit(windows, { kind: 'insert', index: 2, operations: [gate('cz', [0, 1])] });
    expect(after).toBe(windows.replace('q[1];\r\n', 'q[1];\r\n  cz q[0],q[1];\r\n'));
  });

  it('splits a statement over a register only where one of its operations changes', () => {
    const after = edit(bell, { kind: 'remove', indices: [2] });
    expect(after).toBe(bell.replace('measure q -> c;', 'measure q[1] -> c[1];'));
  });

  it('removes a line with its last statement and keeps what else stands there', () => {
    expect(edit(bell, { kind: 'remove', indices: [1] })).toBe(
      bell.replace('  cx q[0],q[1];\n', ''),
    );
    expect(edit(bell, { kind: 'remove', indices: [0] })).toBe(bell.replace('h q[0]; ', ''));
  });

  it('changes only the words that differ', () => {
    const change: CircuitEdit = { kind: 'replace', index: 1, operation: gate('cx', [1, 0]) };
    expect(revise(parseDocument(bell), change).edits.map((one) => one.text)).toEqual([
      'q[1]',
      'q[0]',
    ]);
  });

  it('adds the include that a gate needs', () => {
    const bare = 'OPENQASM 2.0; // mine\nqreg q[1];\nU(0,0,0) q[0];\n';
    expect(edit(bare, { kind: 'insert', index: 1, operations: [gate('h', [0])] })).toBe(
      'OPENQASM 2.0; // mine\ninclude "qelib1.inc";\nqreg q[1];\nU(0,0,0) q[0];\nh q[0];\n',
    );
  });

  it('moves a declaration up where an earlier statement comes to need it', () => {
    const late = `OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg a[1];\nx a[0];\ny a[0];\nqreg b[1];\nx b[0];\n`;
    const after = edit(late, { kind: 'insert', index: 1, operations: [gate('cx', [0, 1])] });
    expect(after).toBe(
      late.replace('qreg b[1];\n', '').replace('y a', 'qreg b[1];\ncx a[0], b[0];\ny a'),
    );
  });

  it('declares a new register after the last one and fills an empty program', () => {
    let text = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n';
    text = edit(text, { kind: 'add-register', of: 'qubit', register: { name: 'q', size: 2 } });
    text = edit(text, { kind: 'add-register', of: 'bit', register: { name: 'c', size: 1 } });
    text = edit(text, { kind: 'insert', index: 0, operations: [gate('h', [0]), measure(0, 0)] });
    expect(text).toBe(
      'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[1];\nh q[0];\nmeasure q[0] -> c[0];\n',
    );
  });

  it('writes statements over a register out when the register grows', () => {
    const text = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nh q;\nbarrier q;\n';
    const after = edit(text, { kind: 'resize-register', of: 'qubit', name: 'q', size: 3 });
    expect(after).toBe(
      'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[3];\nh q[0];\nh q[1];\nbarrier q[0], q[1];\n',
    );
  });

  it('refuses to edit through errors, into included files and to names that are taken', () => {
    const remove: CircuitEdit = { kind: 'remove', indices: [0] };
    expect(() => edit('OPENQASM 2.0;\nqreg q[1]\nh q[0];', remove)).toThrow(/Mend the text first/);
    const main = 'OPENQASM 2.0;\ninclude "part.inc";\n';
    const part = 'include "qelib1.inc"; qreg q[1]; h q[0];';
    const document = parseDocument(main, {
      include: (path) => (path === 'part.inc' ? part : null),
    });
    expect(() => revise(document, remove).edits).toThrow(/included file "part.inc"/);
    const rename: CircuitEdit = { kind: 'rename-register', of: 'qubit', name: 'q', to: 'h' };
    expect(() => edit(bell, rename)).toThrow(/name of something else/);
    expect(() => edit(bell, { ...rename, to: 'reset' })).toThrow(/cannot be a name/);
  });
});
