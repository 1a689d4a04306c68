import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
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

  it('of 100,000 gates is read in seconds', () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `cx q[${i % 3}], q[${(i + 1) % 3}];`);
    const text = `include "stdgates.inc";\nqubit[3] q;\n${lines.join('\n')}`;
    expect(parseDocument(text).circuit?.operations).toHaveLength(100_000);
  }, 10_000);
});
