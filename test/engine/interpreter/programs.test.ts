import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';

const head = 'OPENQASM 3.1;\ninclude "stdgates.inc";\n';

function run(source: string, request: Record<string, unknown> = {}): SimulationResult {
  const parsed = simulationRequestSchema.parse({ source: head + source, ...request });
  return simulateSource(parsed, { freeBytes: 2 ** 30, now: () => 0 });
}

/** The value that the only outcome has, read as a key. */
function keyOf(source: string, request: Record<string, unknown> = {}): string {
  const entries = Object.entries(run(source, request).probabilities ?? {});
  const sure = entries.find(([, p]) => p > 1 - 1e-9);
  if (sure === undefined) throw new Error(`no sure outcome: ${JSON.stringify(entries)}`);
  return sure[0];
}

/** Whether a condition over classical values holds. */
function holds(declarations: string, condition: string): boolean {
  const test = `if (${condition}) { x q; }`;
  return keyOf(`qubit q; bit c; ${declarations}\n${test}\nc = measure q;`).endsWith('1');
}

describe('classical values', () => {
  it.each([
    ['uint[4] a = 15; a += 1;', 'a == 0'],
    ['int[4] a = 7; a += 1;', 'a == -8'],
    ['int a = -7;', 'a / 2 == -3'],
    ['int a = -7;', 'a % 3 == -1'],
    ['int a = 3;', '2 ** a == 8'],
    ['', '7 / 2 == 3'],
    ['', '7 / 2.0 == 3.5'],
    ['float[32] a = 0.1;', 'a != 0.1'],
    ['angle[4] a = pi / 2;', 'a == pi / 2'],
    ['angle[4] a = pi; a *= 2;', 'a == 0'],
    ['angle[4] a = pi / 4;', 'bool(a[1]) && !bool(a[0])'],
    ['bit[4] a = "0011";', 'a[0] == 1 && a[3] == 0'],
    ['bit[4] a = "0011";', '(a << 2) == "1100"'],
    ['bit[4] a = "0011";', '~a == "1100"'],
    ['bit[4] a = "0011";', 'rotr(a, 1) == "1001"'],
    ['bit[4] a = "0111";', 'popcount(a) == 3'],
    ['bit[4] a = "0111"; a[-1] = 1;', 'a == "1111"'],
    ['bit[4] a = "0110";', 'a[1:2] == "11" && a[{0, 3}] == "00"'],
    ['bit[2] a = "01"; bit[2] b = "10"; let ab = a ++ b; ab[0] = 0;', 'a == "00"'],
    ['complex[float[64]] a = 3 + 4im;', 'real(a * a) == -7.0 && imag(a) == 4.0'],
    ['duration d = 2us;', 'd / 500ns > 3.9 && d > 1ms / 1000'],
    ['int[8] a = int[8](3.9);', 'a == 3'],
    ['uint[8] a = 200;', 'int[8](a) == -56'],
    ['', 'mod(7, 4) == 3 && sqrt(16.0) == 4.0 && floor(2.7) == 2.0'],
    ['const int n = 3; array[int[8], n, 2] a = {{1, 2}, {3, 4}, {5, 6}};', 'a[-1, 1] == 6'],
    ['array[int[8], 4] a = {1, 2, 3, 4}; a[0:1] = a[2:3];', 'a[0] == 3 && a[1] == 4'],
    ['array[int[8], 2, 3] a;', 'sizeof(a) == 2 && sizeof(a, 1) == 3'],
    ['int s = 0; for int i in {1, 5, 9} { s += i; }', 's == 15'],
    ['int s = 0; for int i in [5:-2:1] { s += i; }', 's == 9'],
    [
      'int s = 0; for uint i in [0:9] { if (i == 3) continue; if (i == 6) break; s += 1; }',
      's == 5',
    ],
    ['int s = 1; while (s < 100) { s *= 2; }', 's == 128'],
    [
      'int s = 3; int r; switch (s) { case 1, 2 { r = 1; } case 3 { r = 2; } default { r = 3; } }',
      'r == 2',
    ],
    ['int a = 1; { int a = 2; a = 3; }', 'a == 1'],
  ])('%s makes %s hold', (declarations, condition) => {
    expect(holds(declarations, condition)).toBe(true);
  });

  it('short-circuits and passes arrays by reference and numbers by value', () => {
    const defs = `
      def fill(mutable array[int[8], #dim=1] a, int[8] by) -> int[8] {
        for uint i in [0:sizeof(a) - 1] { a[i] = by; }
        by = 0;
        return a[0];
      }
      array[int[8], 3] a; int[8] n = 7; int[8] r = fill(a, n);`;
    expect(holds(defs, 'r == 7 && a[2] == 7 && n == 7')).toBe(true);
    expect(holds('int z = 0;', 'z == 1 && 1 / z == 1')).toBe(false);
  });
});

describe('gates of OpenQASM 3', () => {
  it.each([
    [
      'U has its own phase, which a control sees',
      'h q[0]; ctrl @ U(2 * pi, 0, 0) q[0], q[1]; h q[0];',
      '00',
    ],
    ['rx has none', 'h q[0]; ctrl @ rx(2 * pi) q[0], q[1]; h q[0];', '01'],
    ['two half powers are the gate', 'pow(0.5) @ x q[0]; pow(1 / 2.0) @ x q[0];', '01'],
    ['a negative power is the inverse', 's q[0]; h q[0]; h q[0]; pow(-1) @ s q[0];', '00'],
    ['an anti-control waits for 0', 'negctrl @ x q[0], q[1];', '10'],
    ['gates of the program take controls', 'gate g a { x a; } x q[0]; ctrl @ g q[0], q[1];', '11'],
    [
      'their phase is seen, too',
      'gate g a { gphase(pi); } h q[0]; ctrl @ g q[0], q[1]; h q[0];',
      '01',
    ],
    [
      'and their fractional powers',
      'gate g a, b { cx a, b; } x q[0]; pow(0.5) @ g q[0], q[1]; pow(0.5) @ g q[0], q[1];',
      '11',
    ],
    ['registers run in step', 'qubit[2] r; x r; cx r, q;', '11'],
    ['an anti-controlled phase is one', 'h q[0]; negctrl @ gphase(pi) q[0]; h q[0];', '01'],
  ])('%s', (_, gates, key) => {
    expect(keyOf(`qubit[2] q; bit[2] c; ${gates} c = measure q;`)).toBe(key);
  });
});

describe('programs that no circuit holds', () => {
  it('repeat until success, to the weight that is left', () => {
    const result = run(
      'qubit q; bit c = 1; bit d; while (c) { reset q; h q; c = measure q; } d = c;',
    );
    expect(result.probabilities?.['00']).toBeCloseTo(1, 11);
    expect(result.unresolved).toBeLessThan(1e-12);
  });

  it('merge ways that agree, so that many rounds are few ways', () => {
    const rounds =
      'qubit q; bit c; for int i in [1:200] { int k = 0; h q; c = measure q; if (c) { k = 1; } reset q; }';
    expect(run(rounds).probabilities).toEqual({ 0: expect.closeTo(0.5), 1: expect.closeTo(0.5) });
  });

  it('teleport with a subroutine that measures', () => {
    const source = `qubit[3] q; bit c;
      def send(qubit a, qubit b, qubit to) { cx a, b; h a; bit m = measure a; bit n = measure b; if (n) x to; if (m) z to; }
      ry(1.1) q[0]; h q[1]; cx q[1], q[2]; send(q[0], q[1], q[2]); ry(-1.1) q[2]; c = measure q[2];`;
    expect(keyOf(source)).toBe('0');
  });

  it('take inputs: numbers, truth values, bits and arrays', () => {
    const source = `input float theta; input bool flip; input bit[2] b; input array[int[8], 2] n;
      qubit[3] q; bit[3] c; rx(theta) q[0]; if (flip) x q[1]; if (b == "10" && n[1] == 5) x q[2]; c = measure q;`;
    const parameters = { theta: Math.PI, flip: true, b: '10', n: [4, 5] };
    expect(keyOf(source, { parameters })).toBe('11110');
    expect(() => run(source)).toThrow(/theta/);
    expect(() => run(source, { parameters: { ...parameters, b: '101' } })).toThrow(/bit\[2\]/);
  });

  it('give counts by shot where there are too many histories', () => {
    const source =
      'qubit q; bit[20] c; for uint i in [0:19] { h q; c[i] = measure q; if (c[i]) z q; }';
    expect(() => run(source)).toThrow(/--shots/);
    const { counts } = run(source, { shots: 20 });
    expect(Object.values(counts ?? {}).reduce((sum, n) => sum + n, 0)).toBe(20);
    expect(run(source, { shots: 20 }).counts).toEqual(counts);
  }, 60_000);

  it('end early', () => {
    expect(
      run('qubit q; bit[2] c; h q; c[0] = measure q; if (c[0]) { end; } c[1] = 1;').probabilities,
    ).toEqual({
      '01': expect.closeTo(0.5),
      10: expect.closeTo(0.5),
    });
  });

  it('are refused in bounded time where they never end or cannot run', () => {
    const refused = (source: string): string => {
      try {
        run(source);
      } catch (error) {
        if (error instanceof AppError) return error.message;
      }
      return 'ran';
    };
    expect(refused('qubit q; int i; while (true) { i += 1; }')).toMatch(/never ends/);
    expect(refused('def f(int a) -> int { return f(a); } qubit q;')).toMatch(/calls itself/);
    expect(refused('array[int, 100000, 100000] a;')).toMatch(/at most/);
    expect(refused('extern f(int) -> int; qubit q; bit c; int a = f(1); if (a == 1) x q;')).toMatch(
      /extern/,
    );
    expect(refused('int a = 0; int b = 1 / a;')).toMatch(/divided by zero/);
    expect(refused('qubit[2] q; for int i in [0:2] { x q[i]; }')).toMatch(/not there/);
  }, 60_000);
});
