import { describe, expect, it } from 'vitest';
import { parseDocument, updateDocument } from '#shared/qasm/document.ts';
import { faultsOf, probabilitiesOf, realUse } from '../../support/simulate-text.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';

function times(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

/** Codes of the faults, each once. */
function codesOf(text: string): string[] {
  return [...new Set(faultsOf(text).map((one) => one.split(' ')[1] as string))];
}

describe('the budget of reading a program', () => {
  it('holds where subroutines call each other twice', () => {
    expect(codesOf(realUse('doubling-def-40.qasm'))).toEqual([]);
    const timed = times(40, (i) => `def f${i + 1}(qubit a) { f${i}(a); f${i}(a); }`);
    const text = `${head}def f0(qubit a) { delay[1ns] a; }\n${timed}\nqubit q;\nbox[1us] { f40(q); }\nduration d = durationof({ f40(q); });`;
    expect(codesOf(text)).toEqual([]);
  });

  it('holds where aliases double', () => {
    expect(codesOf(realUse('doubling-let-27.qasm'))[0]).toBe('register-too-large');
    expect(codesOf(`${head}bit[65536] b;\n${times(100, (i) => `let a${i} = b;`)}`)).toEqual([
      'program-too-large',
    ]);
  });

  it('holds where gates take powers of each other', () => {
    const gates = times(40, (i) => `gate g${i + 1} a { pow(0.5) @ inv @ g${i} a; g${i} a; }`);
    const text = `${head}gate g0 a { x a; }\n${gates}\nqubit q; bit c; pow(0.5) @ g40 q; c = measure q;`;
    expect(() => parseDocument(text)).not.toThrow();
  });

  it.each([
    ['calls', times(1000, (i) => `def f${i + 1}(qubit a) { f${i}(a); }`), 'f1000(q);'],
    [
      'calls in blocks',
      times(200, (i) => `def f${i + 1}(qubit a) { if (true) { f${i}(a); } }`),
      '',
    ],
  ])('refuses %s that stand too deep inside each other', (_, subroutines, call) => {
    const text = `${head}def f0(qubit a) { x a; }\n${subroutines}\nqubit q; ${call}`;
    expect(codesOf(text)[0]).toBe('nested-too-deep');
  });

  it('lets calls stand 400 deep inside each other', () => {
    const subroutines = times(400, (i) => `def f${i + 1}(qubit a) { f${i}(a); }`);
    const text = `${head}def f0(qubit a) { x a; }\n${subroutines}\nqubit q; bit c; f400(q); c = measure q;`;
    expect(probabilitiesOf(text)).toEqual({ 1: 1 });
    expect(codesOf(realUse('def-chain-1000.qasm'))).toEqual(['nested-too-deep']);
  });

  it.each([
    ['slices', 'qubit[65536] q;', 'reset q[0:65535];'],
    ['gates on registers', 'qubit[65536] q;', 'h q;'],
  ])('refuses too many %s', (_, declaration, line) => {
    expect(codesOf(`${head}${declaration}\n${times(70, () => line)}`)).toEqual([
      'program-too-large',
    ]);
  });

  it('refuses too many items of arrays', () => {
    expect(codesOf(head + times(5, (i) => `array[int, 1000000] a${i};`))).toEqual([
      'program-too-large',
    ]);
  });

  it('is the same after an edit', () => {
    const text = `${head}qubit[65536] q;\n${times(62, () => 'reset q[0:65535];')}\nint after = missing;`;
    const document = parseDocument(text);
    expect(document.diagnostics.map(({ code }) => code)).toEqual(['program-too-large']);
    const at = text.indexOf('0:65535', text.length / 2);
    const edited = updateDocument(document, [{ start: at, end: at + 7, text: '0:1' }]);
    expect(edited.diagnostics.map(({ code }) => code)).toEqual(['undeclared-name']);
    const back = updateDocument(edited, [{ start: at, end: at + 3, text: '0:65535' }]);
    expect(back.diagnostics).toEqual(document.diagnostics);
  });

  it.each([
    ['single measurements', realUse('measures-10000.qasm')],
    [
      'operations on all of a long register',
      `${head}bit[65536] c;\n${times(2000, () => 'c = ~c;')}`,
    ],
    ['barriers', `${head}qubit[65536] q;\n${times(2000, () => 'barrier q;')}`],
    ['gates', `${head}${times(5000, (i) => `gate g${i} a { x a; }`)}\nqubit q;`],
    [
      'branches',
      `${head}bit[65536] c; qubit q;\n${times(200, (i) => `if (c[${i}]) { c[${i + 1}] = measure q; } else { x q; }`)}`,
    ],
    ['empty loops', `${head}${times(500, () => 'for int i in [0:199999] {}')}`],
  ])('takes a time that does not grow with the register or the program: %s', (_, text) => {
    const started = performance.now();
    expect(codesOf(text)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  it.each([
    ['an integer', `int a = ${'7'.repeat(10_000_000)};`],
    ['a shorter integer', `int a = ${'7'.repeat(30_000)};`],
    ['a bit string', `bit[4] a = "${'1'.repeat(10_000_000)}";`],
    ['a shorter bit string', `bit[4] a = "${'1'.repeat(70_000)}";`],
    ['a hexadecimal number', `int a = 0x${'f'.repeat(20_000)};`],
  ])('refuses %s that is too long', (_, line) => {
    expect(codesOf(head + line)[0]).toBe('number-too-long');
  });

  it('refuses a condition of OpenQASM 2 on a number that is too long', () => {
    const text = `OPENQASM 2.0;\nqreg q[1]; creg c[2];\nif (c == ${'7'.repeat(10_000_000)}) U(0,0,0) q[0];`;
    expect(codesOf(text)).toEqual(['integer-too-large']);
  });

  it.each(['+', '*', '-'])('reads 2,000 terms joined by “%s” flat', (operator) => {
    const sum = (count: number): string => Array(count).fill('1').join(` ${operator} `);
    expect(codesOf(`${head}qubit q; int k = ${sum(2000)}; rx(${sum(1000)}) q;`)).toEqual([]);
    expect(codesOf(`${head}int k = ${sum(2001)};`)).toEqual(['expression-too-deep']);
    expect(codesOf(`OPENQASM 2.0;\nqreg q[1];\nU(${sum(1500)}, 0, 0) q[0];`)).toEqual([]);
  });

  it('reads long conditions joined by “&&” flat, and runs them', () => {
    const all = Array(1990).fill('c[0] == 0').join(' && ');
    const text = `${head}qubit[2] q; bit[2] c; h q[0]; c[0] = measure q[0]; if (${all}) { x q[1]; } c[1] = measure q[1];`;
    const found = probabilitiesOf(text);
    expect(found['10']).toBeCloseTo(0.5, 9);
    expect(found['01']).toBeCloseTo(0.5, 9);
  });
});
