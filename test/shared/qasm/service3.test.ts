import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { applyTextEdits, type ParsedDocument, parseDocument } from '#shared/qasm/document.ts';
import { completionsAt } from '#shared/qasm/service/completions.ts';
import { definitionAt } from '#shared/qasm/service/definition.ts';
import { formatDocument } from '#shared/qasm/service/format.ts';
import { hoverAt } from '#shared/qasm/service/hover.ts';
import { referencesAt, renameEdits, renameTargetAt } from '#shared/qasm/service/rename.ts';
import { signatureAt } from '#shared/qasm/service/signature.ts';
import { documentSymbols } from '#shared/qasm/service/symbols.ts';
import { casesFolder } from '../../support/cases.ts';

const head = `OPENQASM 3.0;
include "stdgates.inc";
const int n = 2;
qubit[3] q;
bit[n] c;
input float theta;
gate mine(t) a, b { rx(t) a; }
def probe(qubit p, int k) -> bit { return measure p; }
`;

/** The document and the offset of the mark “|” in it. */
function marked(body: string): { document: ParsedDocument; offset: number } {
  const text = head + body;
  const offset = text.indexOf('|', head.length);
  return { document: parseDocument(text.slice(0, offset) + text.slice(offset + 1)), offset };
}

function labels(body: string): string[] {
  const { document, offset } = marked(body);
  return completionsAt(document, offset).map((one) => one.label);
}

describe('completions in OpenQASM 3', () => {
  it('fit where a statement begins', () => {
    const offered = labels('|');
    for (const label of ['mine', 'h', 'ctrl', 'for', 'switch', 'probe', 'theta']) {
      expect(offered).toContain(label);
    }
    expect(offered[0]).toBe('mine');
    expect(labels('if (c[0] == 1) |')).toContain('x');
    expect(labels('ctrl @ |')).toContain('h');
  });

  it('are wires behind a gate, bits behind an arrow, numbers in brackets, values in parentheses', () => {
    expect(labels('h |;')).toEqual(['q', 'q[0]', 'q[1]', 'q[2]']);
    expect(labels('cx q[0], |')).toContain('q[1]');
    expect(labels('measure q[0] -> |')).toEqual(['c', 'c[0]', 'c[1]']);
    expect(labels('h q[|];')).toEqual(expect.arrayContaining(['0', '1', '2', 'n']));
    expect(labels('rx(|) q[0];')).toEqual(expect.arrayContaining(['theta', 'pi', 'sin', 'n']));
    expect(labels('bit b = |')).toEqual(expect.arrayContaining(['measure', 'probe', 'c']));
    expect(labels('bit[2] |')).toEqual([]);
    expect(labels('// h |')).toEqual([]);
  });

  it('know the names of the blocks around', () => {
    expect(labels('gate g(s) x { rz(|) x; }')).toContain('s');
    expect(labels('gate g(s) x, y { cx x, | }')).toEqual(expect.arrayContaining(['x', 'y']));
    expect(labels('for int i in [0:2] { int k = i; rx(|) q[0]; }')).toEqual(
      expect.arrayContaining(['i', 'k']),
    );
    expect(labels('rx(|) q[0];\nfloat later = 1;')).not.toContain('later');
  });
});

describe('hover in OpenQASM 3', () => {
  const hover = (body: string) => {
    const { document, offset } = marked(body);
    return hoverAt(document, offset);
  };

  it('shows a gate with its matrix, angles and modifiers taken in', () => {
    expect(hover('r|z(pi) q[0];')).toMatchObject({
      title: 'Rotation about z',
      matrix: [
        ['-i', '0'],
        ['0', 'i'],
      ],
    });
    const controlled = hover('ct|rl @ x q[0], q[1];');
    expect(controlled?.matrix).toHaveLength(4);
    expect(controlled?.lines.join()).toContain('ctrl @');
    expect(hover('p|ow(0.5) @ x q[0];')?.matrix?.[0]).toEqual(['0.5+0.5i', '0.5-0.5i']);
    expect(hover('mi|ne(pi / n) q[0], q[1];')).toMatchObject({ title: 'gate mine(t) a, b' });
    expect(hover('r|x(theta) q[0];')?.matrix).toBeNull();
  });

  it('shows types and values', () => {
    expect(hover('rx(|n) q[0];')?.title).toBe('n: const int[64] = 2');
    expect(hover('rx(the|ta) q[0];')?.title).toBe('theta: float[64]');
    expect(hover('h q|[0];')).toMatchObject({
      title: 'q: qubit[3]',
      lines: ['These are qubits 0 to 2.'],
    });
    expect(hover('rx(pi |/ 4) q[0];')).toMatchObject({ title: '0.785398163397' });
    expect(hover('gate g(s) x { rz(|s) x; }')?.title).toBe('s: parameter of the gate g');
    expect(hover('for int[8] i in [0:2] { rx(|i) q[0]; }')?.title).toBe('i: int[8]');
    expect(hover('bit d = pr|obe(q[0], 1);')?.title).toBe('probe: def (qubit, int[64]) -> bit');
  });
});

describe('definitions and names in OpenQASM 3', () => {
  const definition = (body: string): string | null => {
    const { document, offset } = marked(body);
    const place = definitionAt(document, offset);
    if (place === null) return null;
    return document.text.slice(place.start - 10, place.end);
  };

  it('lead to the innermost declaration', () => {
    expect(definition('h |q[0];')).toBe('\nqubit[3] q');
    expect(definition('gate g(q) x { rz(|q) x; }')).toMatch(/gate g\(q$/);
    expect(definition('{ int n = 1; rx(|n) q[0]; }')).toMatch(/int n$/);
    expect(definition('|h q[0];')).toBeNull();
  });

  it('are renamed together, and only they', () => {
    const { document, offset } = marked('{ int q = 1; rx(q) $0; }\nh |q[0];\ncx q[0], q[1];');
    expect(referencesAt(document, offset)).toHaveLength(4);
    const renamed = applyTextEdits(document.text, renameEdits(document, offset, 'wires'));
    expect(renamed).toContain('qubit[3] wires;');
    expect(renamed).toContain('{ int q = 1; rx(q) $0; }\nh wires[0];\ncx wires[0], wires[1];');
    expect(renameTargetAt(document, offset)).toEqual({ start: offset, end: offset + 1 });
    expect(() => renameEdits(document, offset, 'for')).toThrow(/cannot be a name/);
    expect(() => renameEdits(document, offset, 'c')).toThrow(/means something else/);
    expect(renameTargetAt(document, document.text.indexOf('cx'))).toBeNull();
  });

  it('are renamed in OpenQASM 2 as well', () => {
    const document = parseDocument(
      'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ngate g(q) a { rx(q) a; }\ng(1) q[0];\n',
    );
    const edits = renameEdits(document, document.text.indexOf('q[0]'), 'r');
    expect(applyTextEdits(document.text, edits)).toBe(
      'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg r[2];\ngate g(q) a { rx(q) a; }\ng(1) r[0];\n',
    );
  });

  it('make an outline', () => {
    const { document } = marked('let e = q[0:1];|');
    expect(documentSymbols(document).map(({ name, kind, detail }) => [name, kind, detail])).toEqual(
      [
        ['n', 'constant', 'const int'],
        ['q', 'register', 'qubit[3]'],
        ['c', 'register', 'bit[n]'],
        ['theta', 'variable', 'input float'],
        ['mine', 'gate', '(t) a, b'],
        ['probe', 'subroutine', '(qubit, int) -> bit'],
        ['e', 'variable', 'another name'],
      ],
    );
  });
});

describe('signatures', () => {
  const signature = (body: string) => {
    const { document, offset } = marked(body);
    const found = signatureAt(document, offset);
    const active = found?.parameters[found.active];
    return found === null || active === undefined
      ? null
      : [found.label, found.label.slice(active.start, active.end)];
  };

  it('tell what a gate, a subroutine or a function takes next', () => {
    expect(signature('u3(0.1, |')).toEqual(['u3(theta, phi, lambda) q0', 'phi']);
    expect(signature('cx q[0], |')).toEqual(['cx control, q0', 'q0']);
    expect(signature('mine(0.2) q[0], |')).toEqual(['mine(t) a, b', 'b']);
    expect(signature('c[0] = probe(q[0], |')).toEqual(['probe(qubit p, int[64] k)', 'int[64] k']);
    expect(signature('rx(pow(2, |')).toEqual(['pow(base, exponent)', 'exponent']);
    expect(signature('|h q[0];')).toBeNull();
  });
});

/** Labels of blocks are words of the text, blanks included. */
function unlabelled(circuit: Circuit): Circuit {
  const operations = circuit.operations.map((one) =>
    one.kind === 'opaque' ? { ...one, label: '' } : one,
  );
  return { ...circuit, operations };
}

describe('formatting in OpenQASM 3', () => {
  const formatted = (text: string): string =>
    applyTextEdits(text, formatDocument(parseDocument(text, { language: 3 })));

  it('lays a program out and keeps its comments', () => {
    const untidy = `OPENQASM 3.0;include "stdgates.inc";// all
qubit[2]q;   bit[2] c;


array[int[8],2]a={1,-2};
if(c[0]==1&&!c[1]){x q[0];/* why */}else{ctrl@rx(-pi/2)q[0],q[1];}
for uint i in[0:1]h q[i];
int k=int[8](2.5)-(-3)*2**-1;
pragma   keep   this
@note   on   this
let e=q[{0,1}]++q[1:1];
`;
    expect(formatted(untidy)).toBe(`OPENQASM 3.0;
include "stdgates.inc"; // all
qubit[2] q;
bit[2] c;

array[int[8], 2] a = {1, -2};
if (c[0] == 1 && !c[1]) {
  x q[0]; /* why */
} else {
  ctrl @ rx(-pi/2) q[0], q[1];
}
for uint i in [0:1] h q[i];
int k = int[8](2.5) - (-3)*2**-1;
pragma   keep   this
@note   on   this
let e = q[{0, 1}] ++ q[1:1];
`);
  });

  it('changes nothing but blanks, and nothing the second time', () => {
    const cases = JSON.parse(readFileSync(join(casesFolder, 'parse/valid_parse.json'), 'utf8')) as {
      readonly source: string;
    }[];
    for (const { source } of cases) {
      const once = formatted(source);
      expect(once.replaceAll(/\s/g, '')).toBe(source.replaceAll(/\s/g, ''));
      expect(formatted(once)).toBe(once);
      const [before, after] = [source, once].map((text) => parseDocument(text, { language: 3 }));
      expect(after?.diagnostics.length).toBe(before?.diagnostics.length);
      if (!before?.circuit || !after?.circuit) continue;
      expect(sameCircuit(unlabelled(before.circuit), unlabelled(after.circuit))).toBe(true);
    }
  });
});
