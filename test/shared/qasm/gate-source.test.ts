import { describe, expect, it } from 'vitest';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { applyEdit } from '#shared/circuit/edit.ts';
import { sameCircuit, sameDefinition } from '#shared/circuit/equal.ts';
import { parseDocument, updateDocument } from '#shared/qasm/document.ts';
import {
  definitionEdits,
  definitionsOfSource,
  sourceOfDefinition,
} from '#shared/qasm/gate-source.ts';
import { revise } from '#shared/qasm/text-edits.ts';
import { unrollEdits } from '#shared/qasm/unroll.ts';

const source = `gate half a { sx a; }
gate unused a { h a; }
gate pair(t) a, b { half a; ctrl @ negctrl @ pow(0.5) @ rx(t) a, b, c; swap a, c; }
`.replaceAll('a, b {', 'a, b, c {');

describe('sources of gates', () => {
  it('need no head, and bring what they call', () => {
    const definitions = definitionsOfSource(source);
    expect(definitions.map(({ name }) => name)).toEqual(['half', 'unused', 'pair']);
    const document = parseDocument('OPENQASM 3.0;\nqubit[3] q;\n');
    const circuit = definitionEdits(document.circuit as Circuit, definitions).reduce(
      (before, edit) => applyEdit(before, edit).circuit,
      document.circuit as Circuit,
    );
    const written = sourceOfDefinition(circuit, 'pair');
    expect(written).not.toContain('unused');
    const again = definitionsOfSource(written);
    expect(again.map(({ name }) => name)).toEqual(['half', 'pair']);
    expect(sameDefinition(again[1] as never, definitions[2] as never)).toBe(true);
    expect(definitionEdits(circuit, again)).toEqual([]);
    expect(() => definitionEdits(circuit, definitionsOfSource('gate half a { h a; }'))).toThrow(
      'another gate',
    );
  });

  it('can be OpenQASM 2, and are written into a text', () => {
    const old = 'OPENQASM 2.0;\ninclude "qelib1.inc";\ngate g(t) a,b { rz(t/2) a; cx a,b; }\n';
    const definitions = definitionsOfSource(old);
    let document = parseDocument('// mine\nOPENQASM 3.0;\nqubit[2] q;\n');
    for (const edit of definitionEdits(document.circuit as Circuit, definitions)) {
      document = revise(document, edit).after;
    }
    expect(document.text).toBe(`// mine
OPENQASM 3.0;
include "stdgates.inc";
gate g(t) a, b {
  rz(t/2) a;
  cx a, b;
}
qubit[2] q;
`);
  });

  it.each([
    ['gate g a {\n  nothing a;\n}', 'Line 2, column 3'],
    ['gate g a { g a; }', 'Line 1'],
    ['qubit q;', 'declares no gate'],
    ['x'.repeat(300_000), '200000 characters'],
  ])('are refused with a place: %.20s', (text, message) => {
    expect(() => definitionsOfSource(text)).toThrow(message);
  });
});

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';

describe('unrollEdits', () => {
  it.each([
    [
      'a loop',
      `qubit[3] q;\n// before\nfor int i in [0:2] {\n  h q[i];\n  rz(pi / 2 ** i) q[i]; // ψ\n}\nx q[0];\n`,
    ],
    [
      'loops in loops',
      'qubit[3] q;\nfor int i in {0, 2} for int j in [0:i] cp(i + j) q[j], q[(j + 1) % 3];\n',
    ],
    ['a while loop', 'qubit q;\nint n = 3;\nwhile (n > 0) { x q; n -= 1; }\n'],
    ['a subroutine', 'def f(qubit[2] a) { h a; cx a[0], a[1]; }\nqubit[2] q;\nf(q);\n'],
    ['a whole register', 'qubit[4] q;\nh q;\nbit[4] c;\nc = measure q;\n'],
  ])('write %s out', (_, body) => {
    const document = parseDocument(head + body);
    const circuit = document.circuit as Circuit;
    const place = /^(?:for|while|f\(|h q;)/m.exec(body)?.index ?? 0;
    const after = updateDocument(document, unrollEdits(document, head.length + place));
    expect(after.text).not.toMatch(/^(?:for|while|f\(|h q;)/m);
    expect(sameCircuit(after.circuit as Circuit, circuit)).toBe(true);
    if (body.includes('before')) expect(after.text).toContain('// before');
  });

  it('works for OpenQASM 2 too', () => {
    const document = parseDocument('OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nh q;\n');
    const after = updateDocument(document, unrollEdits(document, document.text.indexOf('h q')));
    expect(after.text).toContain('h q[0];\nh q[1];\n');
  });

  it('refuses what does more than its operations', () => {
    const text = `${head}qubit q;\nint n = 0;\nfor int i in [1:3] { n += i; x q; }\nrx(n) q;\n`;
    const document = parseDocument(text);
    expect(() => unrollEdits(document, text.indexOf('for'))).toThrow('does more');
    expect(() => unrollEdits(document, 3)).toThrow('No statement');
    const endless = parseDocument(`${head}qubit q;\nfor int i in [1:30000] x q;\n`);
    expect(() => unrollEdits(endless, endless.text.indexOf('for'))).toThrow('too long');
  });
});
