import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { evaluate, parametersIn } from '#shared/circuit/expression.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { universalMatrix } from '#shared/gates/define.ts';
import {
  controlled,
  distance,
  distanceUpToPhase,
  type Matrix,
  zeros,
} from '#shared/math/matrix.ts';
import { unitaryPower } from '#shared/math/unitary-power.ts';
import { type ParsedDocument, parseDocument } from '#shared/qasm/document.ts';

function parsed(body: string): ParsedDocument {
  return parseDocument(`OPENQASM 3.1;\ninclude "stdgates.inc";\nqubit[9] q; bit[9] c;\n${body}`);
}

/** The operations in few words: “x 3”, “rx(0.5) 0”, “if …”. */
function words(operation: Operation): string {
  if (operation.kind === 'if') {
    const { bits, value, negated } = operation.condition;
    const [then, rest] = [operation.body, operation.otherwise].map((one) =>
      one.map(words).join(', '),
    );
    return `if ${bits.join('')} ${negated === true ? '≠' : '='} ${value} {${then}}${rest === '' ? '' : ` else {${rest}}`}`;
  }
  if (operation.kind === 'opaque') return operation.isInert === true ? 'delay' : 'block';
  if (operation.kind === 'measure') return `measure ${operation.qubit} ${operation.bit ?? '-'}`;
  if (operation.kind !== 'gate') return operation.kind;
  const angles = operation.parameters.map((one) =>
    parametersIn(one).length > 0 ? '…' : String(Number(evaluate(one).toFixed(6))),
  );
  const controls = (operation.controls ?? []).map(
    ({ qubit, value }) => `${value === 1 ? '+' : '-'}${qubit}`,
  );
  const power = operation.power === undefined ? '' : `^${operation.power}`;
  const call = angles.length === 0 ? '' : `(${angles.join(',')})`;
  return [`${operation.gate}${call}${power}`, ...controls, ...operation.qubits].join(' ');
}

function made(body: string): string {
  const { circuit, diagnostics } = parsed(body);
  if (circuit === null) return diagnostics.map(({ code }) => code).join(', ');
  return circuit.operations.map(words).join('; ');
}

describe('the types of OpenQASM 3', () => {
  it.each([
    [
      'integers wrap at their width',
      'int[8] a = 300; uint[8] b = -1; rx(a) q; rx(b) q[1];',
      /^rx\(44\).*rx\(255\) 1$/,
    ],
    [
      'signed and unsigned meet as in C99',
      'int[8] a = -7; uint[8] u = 250; int[16] b = a + u; rx(b) q[0];',
      'rx(243) 0',
    ],
    [
      'integers divide towards zero',
      'rx(7 / 2) q[0]; rx(-7 / 2) q[0]; rx(-7 % 3) q[0];',
      'rx(3) 0; rx(-3) 0; rx(-1) 0',
    ],
    ['a float makes a float', 'rx(7 / 2.0) q[0]; rx(7 ** -1) q[0];', 'rx(3.5) 0; rx(0.142857) 0'],
    ['float[32] rounds to single precision', 'float[32] f = 0.1; if (f != 0.1) x q[0];', 'x 0'],
    [
      'angles wrap at a turn and divide',
      'angle[8] a = 3 * pi; angle[8] b = a / 2; rx(a) q[0]; rx(b) q[0];',
      'rx(3.141593) 0; rx(1.570796) 0',
    ],
    [
      'angles divide angles into integers',
      'angle[8] a = pi; angle[8] b = pi / 4; uint[8] n = a / b; x q[n];',
      'x 4',
    ],
    [
      'bits are their integer',
      'bit[4] b = "0101"; int n = int[8](b); x q[n]; if (b == 5) y q[0];',
      'x 5; y 0',
    ],
    [
      'bits shift, turn and count',
      'bit[4] b = "0011"; rx(uint[4](b << 1)) q[0]; rx(uint[4](rotr(b, 1))) q[0]; rx(popcount(b)) q[0];',
      'rx(6) 0; rx(9) 0; rx(2) 0',
    ],
    [
      'single bits of an integer are read and written',
      'int[8] i = 5; i[1] = 1; i[0] = 0; x q[i]; if (i[2]) y q[0];',
      'x 6; y 0',
    ],
    [
      'complex numbers have parts and functions',
      'complex z = sqrt(-4.0 + 0im); complex w = exp(pi * 1im); rx(imag(z)) q[0]; rx(real(w)) q[0]; rx(real(pow(z, 2))) q[0];',
      'rx(2) 0; rx(-1) 0; rx(-4) 0',
    ],
    [
      'durations add, divide and compare',
      'duration a = 10ns; duration b = a * 3; rx(b / a) q[0]; if (a < b) x q[0]; if (1.5us == 1500ns) y q[0];',
      'rx(3) 0; x 0; y 0',
    ],
    [
      'booleans combine',
      'bool a = true & false; bool b = true ^ true; bool d = !a || b; if (d) x q[0]; if (a | b) y q[0];',
      'x 0',
    ],
    [
      'constants are known where sizes are wanted',
      'const int n = 2 ** 3 - 1; bit[n] d; for int i in [0:n - 6] x q[i];',
      'x 0; x 1',
    ],
    [
      'literals come in every base',
      'x q[0b101]; x q[0o7]; x q[0x8]; rx(1_0e-1) q[0];',
      'x 5; x 7; x 8; rx(1) 0',
    ],
  ])('%s', (_, body, expected) => {
    if (typeof expected === 'string') expect(made(body)).toBe(expected);
    else expect(made(body)).toMatch(expected);
  });
});

describe('the arrays of OpenQASM 3', () => {
  it.each([
    [
      'are indexed by lists and one by one',
      'array[int[8], 2, 2] a = {{1, 2}, {3, 4}}; x q[a[1, 0]]; x q[a[1][1]]; a[0][0] = 8; x q[a[0, -2]];',
      'x 3; x 4; x 8',
    ],
    [
      'are joined along their first dimension',
      'array[int[8], 2] a = {1, 2}; array[int[8], 1] b = {7}; array[int[8], 3] d = a ++ b; x q[d[2]]; array[int[8], 3] e = b ++ a; x q[e[0]];',
      'x 7; x 7',
    ],
    [
      'are sliced and assigned by slices',
      'array[int[8], 4] a = {1, 2, 3, 4}; array[int[8], 2] b = {7, 8}; a[1:2] = b; a[0] = a[2]; x q[a[0]]; let s = a[2:3]; s[1] = 0; x q[a[3]];',
      'x 8; x 0',
    ],
    [
      'are passed by reference, readonly or mutable',
      'def f(mutable array[int[8], #dim=1] a, readonly array[int[8], 2] b) { a[0] = b[1]; } array[int[8], 3] u = {1, 2, 3}; array[int[8], 2] v = {7, 8}; f(u, v); x q[u[0]];',
      'x 8',
    ],
    ['know their sizes', 'array[int[8], 2, 3] a; x q[sizeof(a)]; x q[sizeof(a, 1)];', 'x 2; x 3'],
    ['are refused where they are too large', 'array[int[8], 1000, 1000, 2] a;', 'array-too-large'],
    ['are refused with a wrong shape', 'array[int[8], 3] a = {1, 2};', 'wrong-shape'],
  ])('%s', (_, body, expected) => {
    expect(made(body)).toBe(expected);
  });
});

describe('the qubits of OpenQASM 3', () => {
  it.each([
    [
      'run in step over registers',
      'qubit[2] a; qubit[2] b; cx a, b; cx q[0], a;',
      'cx 9 11; cx 10 12; cx 0 9; cx 0 10',
    ],
    [
      'are aliased, sliced and joined',
      'let a = q[1:3]; let b = q[{0, 8}] ++ a; x b[2]; x q[-1]; x q[7:-2:3]; let e = b[1:2]; x e[0];',
      'x 1; x 8; x 7; x 5; x 3; x 8',
    ],
    ['are physical where they are named so', 'h $0; cx $1, $0;', 'h 9; cx 10 9'],
    ['may not come twice', 'cx q[0], q[0];', 'duplicate-qubit'],
    ['may not come twice in a set', 'x q[{1, 1}];', 'duplicate-qubit'],
    ['have indices inside their register', 'x q[9];', 'index-out-of-range'],
    [
      'have modifiers in order',
      'ctrl @ negctrl @ x q[0], q[1], q[2]; inv @ ctrl @ s q[0], q[1]; ctrl(2) @ x q[0], q[1], q[2];',
      'x +0 -1 2; s^-1 +0 1; x +0 +1 2',
    ],
  ])('%s', (_, body, expected) => {
    expect(made(body)).toBe(expected);
  });
});

describe('powers in OpenQASM 3', () => {
  it.each([
    ['multiply where they are whole', 'pow(2) @ pow(0.5) @ x q[0];', 'x 0'],
    [
      'are taken one after the other where they are broken',
      'pow(0.5) @ pow(2) @ x q[0]; pow(0.5) @ inv @ z q[0]; pow(0.5) @ pow(3) @ rx(1.0) q[0];',
      'z^0.5 0; rx(3)^0.5 0',
    ],
    ['of a phase are principal, too', 'ctrl @ pow(0.5) @ gphase(4) q[0];', 'p(-1.141593) 0'],
  ])('%s', (_, body, expected) => {
    expect(made(body)).toBe(expected);
  });

  it('of U, u2 and u3 are those of the whole matrix, phase included', () => {
    for (let seed = 0; seed < 60; seed++) {
      const rng = rngOf(seed, 77);
      const [theta, phi, lambda] = [0, 1, 2].map(() => rng.uniform() * 12 - 6) as [
        number,
        number,
        number,
      ];
      const power = [0.5, -0.5, 0.25, 1.5, -1 / 3][seed % 5] ?? 0.5;
      const calls: readonly (readonly [string, number, readonly number[]])[] = [
        [`U(${theta}, ${phi}, ${lambda})`, theta / 2, [theta, phi, lambda]],
        [`u3(${theta}, ${phi}, ${lambda})`, -(phi + lambda) / 2, [theta, phi, lambda]],
        [`u2(${phi}, ${lambda})`, -(phi + lambda) / 2, [Math.PI / 2, phi, lambda]],
      ];
      for (const [call, phase, [a, b, d]] of calls) {
        const whole = turned(universalMatrix(a ?? 0, b ?? 0, d ?? 0), phase);
        const expected = unitaryPower(whole, power);
        const plain = operationsOf(`pow(${power}) @ ${call} q[0];`, 1);
        expect(distanceUpToPhase(plain, expected)).toBeLessThan(1e-8);
        const under = operationsOf(`ctrl @ pow(${power}) @ ${call} q[0], q[1];`, 2);
        expect(distance(under, controlled(expected)), call).toBeLessThan(1e-8);
      }
    }
  });
});

function operationsOf(body: string, qubits: number): Matrix {
  const { circuit, diagnostics } = parsed(body);
  if (circuit === null) throw new Error(JSON.stringify(diagnostics));
  return unitaryOf(circuitOf(qubits, circuit.operations));
}

function turned(matrix: Matrix, phase: number): Matrix {
  const result = zeros(matrix.size);
  for (let k = 0; k < matrix.re.length; k++) {
    const [re, im] = [matrix.re[k] ?? 0, matrix.im[k] ?? 0];
    result.re[k] = re * Math.cos(phase) - im * Math.sin(phase);
    result.im[k] = re * Math.sin(phase) + im * Math.cos(phase);
  }
  return result;
}

describe('the flow of OpenQASM 3', () => {
  it.each([
    [
      'loops over ranges, sets, arrays and bits',
      'for int i in [4:-2:0] x q[i]; for uint i in {1, 3} y q[i]; array[uint[4], 2] a = {2, 0}; for uint[4] i in a z q[i]; bit[3] b = "101"; int k = 0; for bit v in b { if (v) h q[k]; k += 1; }',
      'x 4; x 2; x 0; y 1; y 3; z 2; z 0; h 0; h 2',
    ],
    [
      'breaks and continues the innermost loop',
      'for int i in [0:1] { for int j in [0:4] { if (j == 0) continue; if (j == 2) break; x q[j]; } }',
      'x 1; x 1',
    ],
    [
      'counts while it can be known',
      'int i = 0; while (i < 3) { x q[i]; i += 1; }',
      'x 0; x 1; x 2',
    ],
    [
      'keeps conditions on outcomes',
      'c[0] = measure q[0]; if (c[0]) x q[1]; else if (!c[0]) z q[1];',
      'measure 0 0; if 0 = 1 {x 1} else {if 0 = 0 {z 1}}',
    ],
    [
      'switches by outcomes',
      'c[0:1] = measure q[0:1]; switch (int[4](c[0:1])) { case 0, 3 { x q[2]; } default { z q[2]; } }',
      'measure 0 0; measure 1 1; block',
    ],
    [
      'switches by what is known',
      'int i = 3; switch (i) { case 1, 3 { x q[0]; } default { z q[0]; } }',
      'x 0',
    ],
    [
      'refuses the same case twice',
      'int i; switch (i) { case 1, 1 { x q[0]; } }',
      'already-declared',
    ],
    ['ends', 'x q[0]; end; y q[0];', 'x 0'],
    [
      'calls subroutines and comes back early',
      'def f(int a) -> int { if (a > 2) { return 1; } return 2; } x q[f(3)]; x q[f(f(3))];',
      'x 1; x 2',
    ],
    ['hides outer names inside a block', 'int n = 3; { int n = 4; x q[n]; } x q[n];', 'x 4; x 3'],
    ['refuses jumps outside of loops', 'break;', 'outside-loop'],
    ['refuses a switch without a case', 'int i; switch (i) { default { } }', 'missing-case'],
    [
      'refuses a default before a case',
      'int i; switch (i) { default { } case 1 { } }',
      'misplaced-default',
    ],
    ['refuses to switch by bits', 'switch (c) { case 1 { } }', 'wrong-type'],
    ['refuses subroutines that never return their value', 'def f() -> int { }', 'missing-return'],
    ['refuses arrays inside braces', 'if (true) { array[int, 2] a; }', 'not-global'],
    ['refuses to make bits of a float', 'bit b = 1.5;', 'wrong-type'],
    [
      'refuses subroutines that call themselves',
      'def f(int n) -> int { return f(n - 1); }',
      'recursive-call',
    ],
    [
      'keeps a loop that waits for an outcome as a block',
      'while (c[0]) { h q[0]; c[0] = measure q[0]; }',
      'block',
    ],
  ])('%s', (_, body, expected) => {
    expect(made(body)).toBe(expected);
  });
});

describe('gates of the program', () => {
  it.each([
    [
      'hold loops with known bounds',
      'gate g(t) a { for int i in [1:2] { rx(t * i) a; } } g(pi) q[0];',
      'g(3.141593) 0',
    ],
    ['use constants', 'const float k = 0.5; gate g a { rx(k) a; } g q[0];', 'g 0'],
    ['cannot use what may change', 'float k = 0.5; gate g a { rx(k) a; }', 'not-in-gate'],
    ['cannot measure', 'gate g a { measure a; }', 'not-in-gate'],
    ['cannot be declared twice', 'gate h a { x a; }', 'already-declared'],
  ])('%s', (_, body, expected) => {
    expect(made(body)).toBe(expected);
  });
});

describe('times in OpenQASM 3', () => {
  it.each([
    [
      'of a block are those of its longest chain of delays',
      'duration d = durationof({delay[10ns] q[0]; delay[20ns] q[0]; delay[25ns] q[1];}); if (d == 30ns) x q[0];',
      'x 0',
    ],
    ['cannot be negative', 'delay[-5ns] q[0];', 'negative-duration'],
    ['of a box hold what is in it', 'box[5ns] { delay[10ns] q[0]; }', 'box-too-short'],
    ['of a stretch may be multiplied', 'stretch a; delay[2 * a + 10ns] q[0];', 'delay'],
  ])('%s', (_, body, expected) => {
    expect(made(body)).toBe(expected);
  });

  it('that only a machine knows are pointed out', () => {
    const codes = (body: string) =>
      parsed(body).diagnostics.map(({ severity, code }) => [severity, code]);
    expect(codes('stretch a; delay[a] q[0];')).toEqual([['info', 'stretch-minimal']]);
    expect(codes('duration d = durationof({x q[0];});')).toEqual([['info', 'unknown-duration']]);
    expect(codes('duration d = durationof({x p;});').at(-1)).toEqual(['error', 'wrong-kind']);
  });
});

describe('what comes from outside', () => {
  it('is a parameter where it is a real number, and pointed out where nothing is bound', () => {
    expect(made('input angle t; rx(2 * t) q[0];')).toBe('rx(…) 0');
    const { diagnostics } = parsed('extern f(int) -> int; int a = f(3);');
    expect(diagnostics.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'unbound-extern'],
    ]);
    expect(parsed('extern f(int) -> int;').diagnostics).toEqual([]);
  });

  it('is carried along where it is for machines', () => {
    expect(
      made(
        'pragma a b c\n@note this\nx q[0];\ncal { play } defcalgrammar "openpulse"; defcal x $0 { }',
      ),
    ).toBe('x 0');
  });
});
