import { describe, expect, it } from 'vitest';
import { importers } from '#shared/qasm/importers/registry.ts';
import {
  convertedTo,
  faultsOf,
  probabilitiesOf,
  realUse,
  simulateText,
} from '../../support/simulate-text.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';

describe('programs of real use', () => {
  it('time a physical qubit that is first used inside durationof', () => {
    expect(faultsOf(realUse('durationof-first-use.qasm'))).toEqual([]);
  });

  it('take a block with a barrier or a delay on everything to touch every qubit', () => {
    const text = `${head}qubit[2] q; bit c; c = measure q[0];\nwhile (c) { barrier; delay[1ns]; c = measure q[0]; }`;
    expect(faultsOf(text)).toEqual([]);
  });

  it('fit a delay that is a variable into a box', () => {
    expect(probabilitiesOf(realUse('box-duration-variable.qasm'))).toEqual({ 0: 1 });
    const tight = `${head}qubit q;\nduration a = 2us;\nbox[1us] { delay[a] q; }`;
    expect(faultsOf(tight)).toEqual(['5:1 not-computable']);
    const negative = `${head}qubit q;\nduration a = 1us;\na = a - 2us;\ndelay[a] q;`;
    expect(faultsOf(negative)).toEqual(['6:1 not-computable']);
  });

  it('see only their own qubits inside a gate', () => {
    expect(faultsOf(realUse('gate-body-global.qasm'))).toEqual([
      '4:18 not-in-gate',
      '4:29 not-in-gate',
    ]);
    expect(faultsOf(`${head}qubit o;\ngate g a { ctrl @ x o, a; }`)).toEqual(['4:21 not-in-gate']);
  });

  it.each([
    ['a variable', 'int b = 2; def f() -> int { return b; }'],
    ['a variable that is written', 'int b = 2; def f() { b = 3; }'],
    ['a bit that is measured into', 'bit b; def f(qubit a) { b = measure a; }'],
    ['an array', 'array[int, 2] b = {1, 2}; def f() -> int { return b[0]; }'],
    ['an alias of bits', 'bit[2] c; let b = c[0:0]; def f() -> bit { return b[0]; }'],
    ['a register', 'qubit[2] b; def f() { x b[0]; }'],
    ['an input', 'input float b; def f(qubit a) { rx(b) a; }'],
  ])('cannot read %s of the program inside a subroutine', (_, text) => {
    expect(faultsOf(head + text).map((one) => one.split(' ')[1])).toEqual(['not-visible']);
  });

  it('read constants, parameters and names of their own inside a subroutine', () => {
    const text = 'const int n = 2; int b = 5; def f(int k) -> int { int b = n; return b + k; }';
    expect(faultsOf(head + text)).toEqual([]);
    expect(faultsOf(realUse('def-reads-variable.qasm'))).toEqual(['4:25 not-visible']);
  });

  it.each(['$0', '$0 ++ $1', 'q ++ $1', 'q[0:1] ++ $0'])('give %s no other name', (value) => {
    expect(faultsOf(`${head}qubit[2] q;\nlet a = ${value};`)[0]).toMatch(/ alias-of-physical$/);
  });

  it('assign and measure into bits of the items of arrays', () => {
    expect(probabilitiesOf(realUse('array-element-bit.qasm'))).toEqual({ '00000010': 1 });
    const text = `${head}qubit[2] q; x q[1];
array[bit[4], 2] b; array[uint[4], 2, 2] n; array[angle[4], 1] w;
b[1][1:2] = "11"; b[1][1] = measure q[0]; b[0] = "0001"; b[0][1:2] = measure q;
n[1, 0][3] = measure q[1]; n[1][0][0] |= 1; n[0:1][1][1][2] = 1; w[0][3] = 1;
bit[4] x0 = b[0]; bit[4] x1 = b[1]; bit[4] y = bit[4](n[1, 0]); bit[4] z = bit[4](n[1, 1]); bit[4] v = bit[4](w[0]);`;
    expect(probabilitiesOf(text)).toEqual({ '10000100100101000101': 1 });
  });

  it('work out an index of what is assigned once', () => {
    const text = `${head}qubit q; bit[2] c;
def turn(qubit a) -> int { x a; return 0; }
array[int[8], 2] k = {1, 2};
k[turn(q)] += 4;
c[0] = measure q; c[1] = bool(k[0] == 5);`;
    expect(probabilitiesOf(text)).toEqual({ 11: 1 });
  });

  it('compare a long register exactly, in OpenQASM 2 and 3 and after any conversion', () => {
    const text = realUse('qasm2-big-condition.qasm');
    const expected = { [`01${'0'.repeat(63)}`]: 1 };
    expect(probabilitiesOf(text)).toEqual(expected);
    for (const format of ['qasm2', 'qasm3']) {
      expect(probabilitiesOf(convertedTo(format, text))).toEqual(expected);
    }
    const json = convertedTo('json', text);
    const read = importers.find(({ id }) => id === 'json')?.import(json).circuit ?? null;
    expect(read?.operations.find(({ kind }) => kind === 'if')).toMatchObject({
      condition: { value: 2n ** 63n },
    });
  });

  it.each([
    [54, 2n ** 53n + 1n],
    [301, 2n ** 300n + 1n],
    [65_535, 2n ** 65_534n],
  ])('compare %i bits exactly', (size, value) => {
    const ones = [...value.toString(2)].reverse().flatMap((bit, i) => (bit === '1' ? [i] : []));
    const set = ones.map((i) => `measure q[0] -> c[${i}];`).join('\n');
    const text = (wanted: bigint): string => `OPENQASM 2.0;
include "qelib1.inc";
qreg q[2]; creg c[${size}]; creg d[1];
x q[0];
${set}
if (c == ${wanted}) x q[1];
measure q[1] -> d[0];`;
    const first = (source: string): string | undefined =>
      Object.keys(simulateText(source, { shots: 1 }).counts ?? {})[0]?.charAt(0);
    expect(first(text(value))).toBe('1');
    expect(first(text(value - 1n))).toBe('0');
  });

  it('choose, index and shift by numbers of any width as they are', () => {
    const text = `${head}uint[128] k = 1; bit[4] c;
k = k << 64;
switch (k) { case 0 { c[0] = 1; } case 18446744073709551616 { c[1] = 1; } default { c[2] = 1; } }
uint[128] by = k + 1;
if (uint[8](uint[8](1) << by) == 0) { c[3] = 1; }`;
    expect(probabilitiesOf(text)).toEqual({ 1010: 1 });
    expect(faultsOf(`${head}uint[128] k = 1; k = k << 64; bit[4] c; c[k] = 1;`)).toEqual([
      '3:41 not-computable',
    ]);
  });
});

/** The probabilities of the outcome 0 and 1 of one bit, as the text and as it is after conversions. */
function zeroIn(text: string): number[] {
  const converted = ['qasm3', 'qasm2'].map((format) => convertedTo(format, text));
  return [text, ...converted].map((one) => probabilitiesOf(one)['0'] ?? 0);
}

describe('phases of real use', () => {
  it.each([
    ['gate-body-u-phase.qasm', 0.5],
    ['pow-of-u3-printed.qasm', Math.cos((3 * Math.PI) / 8) ** 2],
    ['root-of-inverse-u3.qasm', Math.cos((3 * Math.PI) / 8) ** 2],
    ['qasm2-own-gate-phase.qasm', Math.cos(0.125) ** 2],
    // cu3 of today's qelib1.inc turns the control by (φ + λ)/2, which the first paper's does not.
    ['cu3-of-the-paper.qasm', 1],
  ])('%s is the same before and after conversions', (name, zero) => {
    for (const value of zeroIn(realUse(name))) expect(value).toBeCloseTo(zero, 9);
  });

  it.each([
    [
      'a gate p whose body is a controlled phase',
      'gate p(l) a { ctrl @ gphase(l) a; }\ngate h a { U(pi/2, 0, pi) a; gphase(-pi/4); }\nqubit q; bit c; h q; p(0.8) q; h q; c = measure q;',
      Math.cos(0.4) ** 2,
    ],
    [
      'a gate u made of U',
      'gate u(a, b, c) q { U(a, b, c) q; }\nqubit q; bit c; u(1, 0, 0) q; U(-1, 0, 0) q; c = measure q;',
      1,
    ],
    [
      'a gate u that is declared after U is used',
      'qubit q; bit c; U(pi, 0, pi) q;\ngate u(a, b, c) q { U(a, b, c) q; }\nu(pi, 0, pi) q; c = measure q;',
      1,
    ],
    [
      'a gate CX of U',
      'gate CX a, b { ctrl @ U(pi, 0, pi) a, b; }\nqubit[2] q; bit c; U(pi, 0, pi) q[0]; CX q[0], q[1]; c = measure q[1];',
      0,
    ],
  ])('%s keeps its own meaning', (_, text, zero) => {
    for (const value of zeroIn(`OPENQASM 3.0;\n${text}`)) expect(value).toBeCloseTo(zero, 9);
  });

  it('takes the principal power of a U in a body when its angles are known', () => {
    const text = `${head}gate g(t) a { pow(0.5) @ U(t, 0, 0) a; }\nqubit q; bit c; g(3*pi/2) q; c = measure q;`;
    // U(3π/2, 0, 0) has the eigenphases 0 and −π/2.
    for (const value of zeroIn(text)) expect(value).toBeCloseTo(Math.cos(Math.PI / 8) ** 2, 9);
  });

  it('takes a broken power of the inverse of a gate with the eigenvalue −1', () => {
    const text = `${head}gate g a { z a; }\nqubit q; bit c; h q; pow(0.5) @ inv @ g q; sdg q; h q; c = measure q;`;
    for (const value of zeroIn(text)) expect(value).toBeCloseTo(1, 9);
  });

  it('refuses angles that are no numbers, whatever formula says them', () => {
    const text = `${head}gate g(s) a { x a; }\nqubit q;\nfloat v = 0.0;\ng(log(v)) q;`;
    expect(faultsOf(text)).toEqual(['6:1 not-computable']);
  });
});
