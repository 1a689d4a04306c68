import { describe, expect, it } from 'vitest';
import { applyTextEdits, type Diagnostic, parseDocument } from '#shared/qasm/document.ts';
import { printTree } from '#shared/qasm/syntax/nodes.ts';

const head = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[3];\ncreg c[3];\n';

function diagnose(body: string): readonly Diagnostic[] {
  return parseDocument(head + body).diagnostics;
}

/** Every program: what follows the head, the codes, and where the first one stands (line:column). */
const faults: readonly (readonly [string, readonly string[], string])[] = [
  ['hh q[0];', ['unknown-gate'], '5:1'],
  ['h q[0]\nx q[1];', ['missing-semicolon'], '5:6'],
  ['h q[3];', ['index-out-of-range'], '5:5'],
  ['h zz[0];', ['undeclared-name'], '5:3'],
  ['h p[0];', ['wrong-kind'], '5:3'],
  ['cx q[1],q[1];', ['duplicate-qubit'], '5:9'],
  ['cx q,q[1];', ['duplicate-qubit'], '5:6'],
  ['rx q[0];', ['wrong-parameter-count'], '5:1'],
  ['rx(1/0) q[0];', ['not-finite'], '5:4'],
  ['rx(sqrt(-1)) q[0];', ['not-finite'], '5:4'],
  ['rx(t) q[0];', ['not-a-parameter'], '5:4'],
  ['rx(foo(1)) q[0];', ['unknown-function'], '5:4'],
  ['rx(2**3) q[0];', ['power-operator'], '5:5'],
  ['rx() q[0];', ['wrong-parameter-count'], '5:1'],
  ['h q[0', ['unexpected-token'], '5:5'],
  ['h q[0 x q[1];', ['unexpected-token'], '5:7'],
  ['h $ q[0];', ['unknown-character'], '5:3'],
  ['include "qelib1.inc', ['unterminated-string'], '5:9'],
  ['h q[0]; }', ['unexpected-token'], '5:9'],
  ['gate g a { h a;', ['unclosed-body'], '5:10'],
  ['gate g a { measure a -> c; }', ['only-gates-in-body'], '5:12'],
  ['gate g a { h a[0]; }', ['indexed-qubit'], '5:14'],
  ['gate g a,b { cx a,a; }', ['duplicate-qubit'], '5:19'],
  ['gate g(t) a { rx(s) a; }', ['not-a-parameter'], '5:18'],
  ['gate g a { creg d[2]; h a; }', ['only-gates-in-body'], '5:12'],
  ['include qelib1.inc;', ['unexpected-token'], '5:9'],
  ['gate measure a { }', ['reserved-word'], '5:6'],
  ['if(c=1) x q[0];', ['unexpected-token'], '5:5'],
  ['if(q==1) x q[0];', ['wrong-kind'], '5:4'],
  ['if(c==1) if(c==2) x q[0];', ['nested-if'], '5:10'],
  ['if(c==1) qreg r[2];', ['conditional-statement'], '5:10'],
  ['if(c==9) x q[0];', ['never-true'], '5:7'],
  ['if(c==1)', ['unexpected-token'], '5:8'],
  ['measure q[0];', ['unexpected-token'], '5:13'],
  ['c[0] = measure q[0];', ['only-in-openqasm-3'], '5:1'],
  ['c = measure q;', ['only-in-openqasm-3'], '5:1'],
  ['qubit[2] r;', ['only-in-openqasm-3'], '5:1'],
  ['qreg r[99999999999999999999];', ['register-too-large'], '5:8'],
  ['qreg r[1.5];', ['unexpected-token'], '5:8'],
  ['OPENQASM 2.0;', ['version-not-first'], '5:1'],
  ['include "other.inc";', ['include-not-found'], '5:9'],
  ['include "qelib1.inc";', ['included-twice'], '5:1'],
  ['rx(1e-3) q[0];', ['real-without-point'], '5:4'],
  ['rx(1.2.3) q[0];', ['malformed-number'], '5:4'],
  ['h q[1in];', ['malformed-number'], '5:5'],
  ['qreg r[3in];', ['malformed-number'], '5:8'],
  ['creg d[2_0];', ['malformed-number'], '5:8'],
  ['if(c==3ib1.i) x q[0];', ['malformed-number'], '5:7'],
  ['/* note */ h q[0];', ['block-comment'], '5:1'],
  ['h q[0];; x q[1];', ['empty-statement'], '5:8'],
  ['barrier q[0],;', ['trailing-comma'], '5:13'],
  ['h ü[0];', ['identifier-characters', 'undeclared-name'], '5:3'],
];

describe('diagnostics', () => {
  it.each(faults)('%j is reported once, at its place', (body, codes, place) => {
    const found = diagnose(body);
    expect(found.map((one) => one.code)).toEqual(codes);
    expect(`${found[0]?.line}:${found[0]?.column}`).toBe(place);
    expect(printTree(parseDocument(head + body).tree)).toBe(head + body);
  });

  it('reports each of several faults and goes on behind them', () => {
    const found = diagnose('h q[9];\ncx q[0];\nqreg;\nx q[0]\ny y[1];\nmesure q -> c;\nh q[1];');
    expect(found.map((one) => `${one.line} ${one.code}`)).toEqual([
      '5 index-out-of-range',
      '6 wrong-qubit-count',
      '7 unexpected-token',
      '8 missing-semicolon',
      '9 wrong-kind',
      '10 unexpected-token',
    ]);
  });

  it('stands in source order and says what to do', () => {
    const found = diagnose('bar q;\nfoo q;\n}\n');
    expect(found.map((one) => one.start)).toEqual(
      found.map((one) => one.start).toSorted((a, b) => a - b),
    );
    for (const { message } of found) expect(message).toMatch(/\.$/);
  });

  it.each([
    ['hh q[0];', 'h q[0];'],
    ['CNOT q[0],q[1];', null],
    ['measure q[0] -> c[0]', 'measure q[0] -> c[0];'],
    ['rzx(1) q[0];', 'rz(1) q[0];'],
    ['if(c=1) x q[0];', 'if(c==1) x q[0];'],
    ['rx(2**3) q[0];', 'rx(2^3) q[0];'],
    ['rx(1e-3) q[0];', 'rx(1.0e-3) q[0];'],
    ['h q[0];;', 'h q[0];'],
    ['h q[0]; }', 'h q[0]; '],
    ['barrier q[0],;', 'barrier q[0];'],
  ])('%j is mended by its fix', (body, mended) => {
    const [first] = diagnose(body);
    if (mended === null) return;
    expect(first?.fix).toBeDefined();
    const text = applyTextEdits(head + body, first?.fix?.edits ?? []);
    expect(text).toBe(head + mended);
    expect(parseDocument(text).diagnostics).toEqual([]);
  });

  it('offers the include that is missing', () => {
    const text = 'OPENQASM 2.0;\r\nqreg q[1];\r\nh q[0];';
    const [first] = parseDocument(text).diagnostics;
    expect(first?.code).toBe('missing-include');
    const mended = applyTextEdits(text, first?.fix?.edits ?? []);
    expect(mended).toBe('OPENQASM 2.0;\r\ninclude "qelib1.inc";\r\nqreg q[1];\r\nh q[0];');
    expect(parseDocument(mended).diagnostics).toEqual([]);
  });

  it('takes a program without version line as OpenQASM 3', () => {
    for (const text of ['', 'qubit q;\nU(0, 0, 0) q;', 'OPENQASM 3.0;\nqubit q;', 'OPENQASM 3;']) {
      const document = parseDocument(text);
      expect(document.diagnostics).toEqual([]);
      expect(document.language).toBe(3);
      expect(document.circuit).not.toBeNull();
    }
  });

  it('takes a program without version line as OpenQASM 2 where it is told to, but for the strict fault', () => {
    const text = 'qreg q[1];\nU(0,0,0) q[0];';
    const strict = parseDocument(text, { language: 2 });
    expect(strict.diagnostics.map((one) => one.code)).toEqual(['missing-version']);
    const lenient = parseDocument(text, { language: 2, lenient: true });
    expect(lenient.circuit?.operations).toHaveLength(1);
    expect(applyTextEdits(text, strict.diagnostics[0]?.fix?.edits ?? [])).toBe(
      `OPENQASM 2.0;\n${text}`,
    );
  });

  it('lets a file declare a gate that only the additions to qelib1.inc have', () => {
    const document = parseDocument(
      `${head}gate rzz(t) a,b { cx a,b; rz(t) b; cx a,b; }\nrzz(1) q[0],q[1];`,
    );
    expect(document.diagnostics).toEqual([]);
    expect(document.circuit?.definitions.map((one) => one.name)).toEqual(['rzz']);
  });

  it('places faults of an included file at its include', () => {
    const include = (path: string): string | null =>
      path === 'lib.inc' ? 'gate ok a { h a; }\ngate bad a { nope a; }' : null;
    const { diagnostics } = parseDocument(`${head}include "lib.inc";\nok q[0];`, { include });
    expect(diagnostics.map((one) => [one.line, one.code])).toEqual([[5, 'unknown-gate']]);
    expect(diagnostics[0]?.message).toMatch(/In “lib.inc”, line 2, column 14/);
  });
});
