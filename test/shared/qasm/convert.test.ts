import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { toOpenQasm3 } from '#shared/qasm/convert.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { randomCircuit } from '../../support/random-circuits.ts';

const program = `OPENQASM 2.0;
include "qelib1.inc";
// a comment
qreg q[3]; // qubits
creg c[3];
gate mine(a) x, y { rz(a/2) x; cx x, y; }
h q[0];
rzz(pi/4) q[0], q[1]; // inside
mine(0.3) q[0],q[2];
sxdg q[1];
barrier q;
measure q[0] -> c[0];
if (c == 1) x q[1];
if (c==2) measure q[1] -> c[1];
reset q[0];
measure q -> c;
`;

describe('OpenQASM 2 as OpenQASM 3', () => {
  test('is the same circuit with its comments', () => {
    const before = parseDocument(program);
    const text = toOpenQasm3(before);
    const after = parseDocument(text);
    expect(after.language).toBe(3);
    expect(after.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(
      after.circuit !== null &&
        before.circuit !== null &&
        sameCircuit(after.circuit, before.circuit),
    ).toBe(true);
    for (const kept of [
      '// a comment',
      'qubit[3] q; // qubits',
      '// inside',
      'c[0] = measure q[0];',
    ]) {
      expect(text).toContain(kept);
    }
    expect(text).not.toMatch(/qreg|creg|->|qelib1/);
  });

  test.each(readdirSync('assets/examples').filter((file) => file.endsWith('.qasm')))(
    'keeps what %s means',
    (file) => {
      const before = parseDocument(readFileSync(`assets/examples/${file}`, 'utf8'));
      const after = parseDocument(toOpenQasm3(before));
      expect(
        after.circuit !== null &&
          before.circuit !== null &&
          sameCircuit(after.circuit, before.circuit),
      ).toBe(true);
    },
  );

  test('keeps what random circuits mean', () => {
    for (let seed = 0; seed < 40; seed++) {
      const circuit = randomCircuit(seed, 5, 12);
      let text: string;
      try {
        text = printCircuit(circuit, 2);
      } catch {
        // A gate that the older language has no name for.
        continue;
      }
      const before = parseDocument(text);
      const after = parseDocument(toOpenQasm3(before));
      expect(
        after.circuit !== null &&
          before.circuit !== null &&
          sameCircuit(after.circuit, before.circuit),
        text,
      ).toBe(true);
    }
  });

  test('is refused where the text has errors', () => {
    expect(() => toOpenQasm3(parseDocument('OPENQASM 2.0;\nqreg q[;\n'))).toThrow(/errors/);
  });
});
