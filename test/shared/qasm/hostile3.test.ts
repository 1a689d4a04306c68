import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { parseDocument, updateDocument } from '#shared/qasm/document.ts';
import { printTree } from '#shared/qasm/syntax/nodes.ts';

const program = `include "stdgates.inc";
const int n = 3;
qubit[n] q; bit[n] c; array[int[8], 2, 2] a = {{1, 2}, {3, 4}};
def f(qubit[n] r, mutable array[int[8], #dim=2] b) -> bit { b[0, 1] += 1; return measure r[0]; }
gate g(t) x, y { ctrl @ pow(0.5) @ rx(t / 2) x, y; gphase(t); }
for uint i in [0:n - 1] { if (i == 1) continue; else h q[i]; }
while (c != "101") { c = measure q; g(pi) q[0], q[1]; if (c[0] == 1) break; }
switch (a[0, 1]) { case 1, 2 { reset q; } default { barrier; } }
defcal x $0 { play "}" // }
}
@note on this
let e = q[{0, 2}] ++ q[1:1]; delay[10ns] e; box { x e; }
c[1] = f(q, a); end;
`;
const pieces =
  '( ) { } ; , " /* // [ ] : -> == if gate 0 - 1 @ $0 def for measure € π ++ ** 1. ns else case'.split(
    ' ',
  );

function codesOf(text: string): string[] {
  const errors = parseDocument(text).diagnostics.filter(({ severity }) => severity === 'error');
  return [...new Set(errors.map(({ code }) => code))];
}

describe('hostile input in OpenQASM 3', () => {
  it('never throws, never hangs and loses no character, whatever is cut or typed into a program', () => {
    for (let seed = 0; seed < 250; seed++) {
      const rng = rngOf(seed, 4);
      let document = parseDocument(program);
      for (let step = 0; step < 6; step++) {
        const start = rng.below(document.text.length + 1);
        const end = Math.min(document.text.length, start + rng.below(5));
        const text = rng.below(3) === 0 ? '' : `${pieces[rng.below(pieces.length)] ?? ''} `;
        document = updateDocument(document, [{ start, end, text }]);
        expect(printTree(document.tree)).toBe(document.text);
        expect(document.diagnostics).toEqual(parseDocument(document.text).diagnostics);
      }
    }
  }, 60_000);

  it('is refused where it nests too deep', () => {
    for (const deep of ['('.repeat(5000), '-'.repeat(5000), 'a['.repeat(5000), 'f('.repeat(5000)]) {
      const codes = parseDocument(`int a = ${deep}1;`).diagnostics.map(({ code }) => code);
      expect(codes).toContain('expression-too-deep');
    }
    const { diagnostics } = parseDocument('if (true) '.repeat(5000) + 'end;');
    expect(diagnostics.map(({ code }) => code)).toContain('expression-too-deep');
  });

  it('is read as it stands where gates expand exponentially; writing them out is refused', () => {
    const gates = Array.from({ length: 60 }, (_, i) => `gate g${i + 1} a { g${i} a; g${i} a; }`);
    const text = `include "stdgates.inc";\ngate g0 a { h a; }\n${gates.join('\n')}\nqubit q;\ng60 q;\n`;
    const { circuit } = parseDocument(text);
    expect(circuit?.operations).toHaveLength(1);
    expect(() => flattenOperations(circuit as Circuit, 100_000)).toThrow('100000');
  }, 5000);

  it('is refused, or stays one block, where loops and calls do not end', () => {
    const body = `include "stdgates.inc";\nqubit q;\nint n = 0;\n`;
    const kept = [
      'while (true) { x q; }',
      'while (n >= 0) { n += 1; x q; }',
      'for int i in [0:1000000000] { x q; }',
      'for int i in [0:1000000000] { for int j in [0:1000000000] { n += j; } } rx(n) q;',
    ];
    for (const loop of kept) {
      const { circuit, diagnostics } = parseDocument(body + loop);
      const isRefused = diagnostics.some(({ severity }) => severity === 'error');
      expect(isRefused || (circuit?.operations.length ?? 0) <= 2, loop).toBe(true);
    }
    const calls = 'def f(int n) -> int { return f(n - 1); }\nint m = f(3);';
    expect(codesOf(calls)).toContain('recursive-call');
    expect(codesOf('gate g a { g a; }')).not.toEqual([]);
    expect(codesOf('def f() { g(); }\ndef g() { f(); }')).not.toEqual([]);
  }, 20_000);

  it('is refused where arrays, registers and types are huge', () => {
    expect(codesOf('array[int[32], 100000, 100000] a;')).toContain('array-too-large');
    expect(codesOf('qubit[4000000000] q;')).toContain('register-too-large');
    expect(codesOf('bit[4000000000] q;')).toContain('register-too-large');
    expect(codesOf('int[4000000000] n;')).not.toEqual([]);
    expect(codesOf('const int n = 2 ** 100000000; qubit[n] q;')).not.toEqual([]);
    const many = Array.from({ length: 200 }, (_, i) => `qubit[60000] q${i};`).join('\n');
    expect(codesOf(many)).not.toEqual([]);
  }, 10_000);

  it('is read in bounded time where everything is a fault', () => {
    expect(codesOf('}'.repeat(50_000))).not.toEqual([]);
    expect(codesOf('nope q[0];\n'.repeat(20_000))).not.toEqual([]);
    expect(codesOf(`/*${'*'.repeat(200_000)}`)).toEqual(['unterminated-comment']);
    expect(codesOf(`"${'x'.repeat(200_000)}`)).not.toEqual([]);
  }, 10_000);

  it('of 100,000 gates is read in seconds', () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `cx q[${i % 3}], q[${(i + 1) % 3}];`);
    const text = `include "stdgates.inc";\nqubit[3] q;\n${lines.join('\n')}`;
    expect(parseDocument(text).circuit?.operations).toHaveLength(100_000);
  }, 10_000);
});
