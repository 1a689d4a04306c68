import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sameCircuit } from '#shared/circuit/equal.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import { gates } from '#shared/gates/registry.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { casesFolder } from '../../support/cases.ts';

function read(text: string): Circuit {
  const document = parseDocument(text);
  expect(document.diagnostics).toEqual([]);
  if (document.circuit === null) throw new Error('the program was expected to be sound');
  return document.circuit;
}

function expectRoundTrip(circuit: Circuit): void {
  const text = printCircuit(circuit, 2);
  const again = read(text);
  expect(sameCircuit(again, circuit), text).toBe(true);
  expect(printCircuit(again, 2)).toBe(text);
}

function programs(): string[] {
  return ['circuits/qasm', 'transpile/qasm'].flatMap((path) =>
    readdirSync(join(casesFolder, path)).map((name) => join(casesFolder, path, name)),
  );
}

describe('the printer', () => {
  it('gives back every public program as an equal circuit', () => {
    for (const path of programs()) {
      const text = readFileSync(path, 'utf8');
      if (/OPENQASM\s+2/.test(text)) expectRoundTrip(read(text));
    }
  });

  it('writes every gate that has a name in OpenQASM 2', () => {
    for (const member of gates) {
      if (member.qasm2.home === 'none') continue;
      const qubits = Array.from({ length: member.qubitCount }, (_, i) => i);
      const angles = member.parameterNames.map((_, i) => 0.25 - i);
      expectRoundTrip(circuitOf(member.qubitCount, [gate(member.id, qubits, angles)]));
    }
  });

  it('keeps formulas, small numbers and negative numbers', () => {
    const program = (angle: string): string =>
      `OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\nrx(${angle}) q[0];\n`;
    const angles = [
      '-(-0.5)^2',
      '2^-pi',
      '1-(2-3)',
      '(1-2)-3',
      '-pi/2',
      '1.0e-7',
      '-3*sin(pi/4)',
      '0.50',
    ];
    for (const angle of angles) expectRoundTrip(read(program(angle)));
    expectRoundTrip(circuitOf(1, [gate('rx', [0], [-1e-7]), gate('rx', [0], [1e21])]));
  });

  it('keeps conditions, broadcasts under a condition, barriers, opaque and empty gates', () => {
    expectRoundTrip(
      read(`OPENQASM 2.0;
include "qelib1.inc";
opaque magic(a) x,y;
gate nothing a,b { }
gate half(t) a,b { rx(t/2) a; barrier a,b; cx a,b; }
qreg a[3]; qreg b[3]; creg c[3]; creg d[2];
half(pi) a[0],b; if(c==5) cx a,b; if (d==1) measure a -> c; if(c==0) reset b;
barrier a,b[1]; barrier b; magic(0.1) a[0],b[2]; nothing a[1],a[2]; measure b->c;
`),
    );
  });

  it('keeps gates of the same names as built-in ones apart', () => {
    expectRoundTrip(
      read(`OPENQASM 2.0;
gate u(a,b,c) q { U(a,b,c) q; }
gate cx c,t { CX c,t; }
gate h a { u(pi/2,0,pi) a; }
qreg q[2];
h q[0]; cx q[0],q[1]; U(0,0,1) q[0]; CX q[1],q[0];
`),
    );
  });

  it('refuses what the language cannot express and says what it is', () => {
    const controlled = { ...gate('x', [0]), controls: [{ qubit: 1, value: 0 as const }] };
    expect(() => printCircuit(circuitOf(2, [controlled]), 2)).toThrow(/further controls on “x”/);
    const open = { ...circuitOf(1, measureAll(1), 1), parameters: [{ name: 't', value: null }] };
    const rotated = { ...open, operations: [gate('rx', [0], [{ kind: 'parameter', name: 't' }])] };
    expect(() => printCircuit(rotated, 2)).toThrow(/“t” has no value/);
  });
});
