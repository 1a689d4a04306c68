import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { applyTextEdits, type ParsedDocument, parseDocument } from '#shared/qasm/document.ts';
import { completionsAt } from '#shared/qasm/service/completions.ts';
import { definitionAt } from '#shared/qasm/service/definition.ts';
import { formatDocument } from '#shared/qasm/service/format.ts';
import { hoverAt } from '#shared/qasm/service/hover.ts';
import { quickFixes } from '#shared/qasm/service/quick-fixes.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { randomProgram } from '../../support/random-programs.ts';

const head =
  'OPENQASM 2.0;\ninclude "qelib1.inc";\ngate mine(t) a,b { rx(t) a; }\nqreg q[3];\ncreg c[2];\n';

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

describe('completionsAt', () => {
  it('offers gates and keywords where a statement begins', () => {
    expect(labels('|')).toEqual(expect.arrayContaining(['mine', 'h', 'cx', 'u3', 'measure', 'if']));
    expect(labels('h q[0];\nme|')).toContain('measure');
  });

  it('offers wires behind a gate, bits behind an arrow, numbers in brackets', () => {
    expect(labels('h |;')).toEqual(['q', 'q[0]', 'q[1]', 'q[2]']);
    expect(labels('cx q[0], |')).toContain('q[1]');
    expect(labels('measure q[0] -> |')).toEqual(['c', 'c[0]', 'c[1]']);
    expect(labels('h q[|];')).toEqual(['0', '1', '2']);
    expect(labels('if (|')).toEqual(['c']);
    expect(labels('if (c==1) |')).toContain('x');
  });

  it('offers angles in parentheses and a gate’s own names in its body', () => {
    expect(labels('rx(|) q[0];')).toEqual(['pi', 'sin', 'cos', 'tan', 'exp', 'ln', 'sqrt']);
    expect(labels('gate g(s) x { rz(|) x; }')).toContain('s');
    expect(labels('gate g(s) x,y { cx x,| }')).toEqual(['x', 'y']);
    expect(labels('gate g(s) x,y { h x; | }')).toContain('barrier');
  });

  it('replaces the word that is being typed, and stays quiet in comments', () => {
    const { document, offset } = marked('meas|');
    const [first] = completionsAt(document, offset);
    expect(first).toMatchObject({ start: head.length, end: head.length + 4 });
    expect(labels('// h |')).toEqual([]);
  });
});

describe('hoverAt', () => {
  it('shows a gate with its matrix, angles filled in', () => {
    const { document, offset } = marked('r|z(pi) q[0];');
    const hover = hoverAt(document, offset);
    expect(hover?.matrix).toEqual([
      ['-i', '0'],
      ['0', 'i'],
    ]);
    expect(document.text.slice(hover?.start, hover?.end)).toBe('rz');
    const plain = marked('|h q[0];');
    expect(hoverAt(plain.document, plain.offset)?.matrix?.[1]).toEqual(['0.7071', '-0.7071']);
  });

  it('shows registers, angles and gates of the program', () => {
    const register = marked('h |q[0];');
    expect(hoverAt(register.document, register.offset)?.title).toBe('qreg q[3]');
    const angle = marked('rx(pi/|4) q[0];');
    expect(hoverAt(angle.document, angle.offset)?.lines).toEqual(['45°']);
    const own = marked('mi|ne(1) q[0],q[1];');
    expect(hoverAt(own.document, own.offset)?.title).toBe('gate mine(t) a, b');
    const nothing = marked('h q[0]; |');
    expect(hoverAt(nothing.document, nothing.offset)).toBeNull();
  });
});

describe('definitionAt', () => {
  it('finds registers, gates and the names of a gate’s head', () => {
    const at = (body: string): string | null => {
      const { document, offset } = marked(body);
      const place = definitionAt(document, offset);
      return place === null ? null : document.text.slice(place.start - 5, place.end);
    };
    expect(at('h q|[0];')).toBe('qreg q');
    expect(at('|mine(1) q[0],q[1];')).toBe('gate mine');
    expect(at('gate g(s) x { rz(|s) x; }')).toBe('te g(s');
    expect(at('|h q[0];')).toBeNull();
  });
});

describe('formatDocument', () => {
  it('gives a statement a line and keeps comments', () => {
    const text = `// first
OPENQASM 2.0;include "qelib1.inc";   // gates


gate  g( s ,t )x,y{rz(s+ -t)x;cx x,y;// twist
}
qreg q[ 2 ] ;creg c[2];
   h q[0];   cx q[0],q[1];


if(c==1)x q[ 0];rx( - pi / 2 )q[1];measure q->c;   // done
`;
    expect(applyTextEdits(text, formatDocument(parseDocument(text)))).toBe(`// first
OPENQASM 2.0;
include "qelib1.inc"; // gates

gate g(s, t) x, y {
  rz(s + -t) x;
  cx x, y; // twist
}
qreg q[2];
creg c[2];
h q[0];
cx q[0], q[1];

if (c==1) x q[0];
rx(-pi/2) q[1];
measure q -> c; // done
`);
  });

  it('keeps the circuit, loses no comment and finds nothing to do a second time', () => {
    for (let seed = 0; seed < 150; seed++) {
      const document = parseDocument(randomProgram(rngOf(seed, 9)));
      const text = applyTextEdits(document.text, formatDocument(document));
      const again = parseDocument(text);
      if (document.circuit === null || again.circuit === null) throw new Error(text);
      expect(sameCircuit(again.circuit, document.circuit), text).toBe(true);
      expect(text.match(/\/\/ ?\w+/g)).toEqual(document.text.match(/\/\/ ?\w+/g));
      expect(applyTextEdits(text, formatDocument(again))).toBe(text);
    }
  });
});

describe('quickFixes', () => {
  it('gives the fixes of the faults at a place', () => {
    const document = parseDocument(`${head}hh q[0];\nx q[9];\n`);
    const fixes = quickFixes(document, head.length, head.length + 2);
    expect(fixes.map((one) => [one.title, one.diagnostic.code])).toEqual([
      ['Write “h”', 'unknown-gate'],
    ]);
  });
});

describe('help in an OpenQASM 3 program', () => {
  const text = 'include "stdgates.inc";\nconst int n = 2;\nqubit[n] data;\nh data[0];\n';
  const document = parseDocument(text);

  it('completes names with their types', () => {
    const offers = completionsAt(document, text.indexOf('h data'));
    expect(offers).toContainEqual(expect.objectContaining({ label: 'data', detail: 'qubit[2]' }));
    expect(offers).toContainEqual(
      expect.objectContaining({ label: 'n', detail: 'const int[64] = 2' }),
    );
  });

  it('shows gates with their matrix and leads to declarations', () => {
    expect(hoverAt(document, text.indexOf('h data'))?.matrix).toHaveLength(2);
    const start = text.indexOf('data;');
    expect(definitionAt(document, text.indexOf('data[0]'))).toEqual({ start, end: start + 4 });
  });
});
