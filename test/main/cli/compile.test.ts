import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDocument } from '#shared/qasm/document.ts';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
const ketbench = new Ketbench(join(folder.path, 'home'));
const file = (name: string): string => join(folder.path, name);

interface Compiled {
  readonly qasm: string;
  readonly depth: number;
  readonly twoQubitDepth: number;
  readonly twoQubitGates: number;
  readonly swaps: number;
  readonly gateCounts: Readonly<Record<string, number>>;
  readonly initialLayout: readonly number[];
  readonly finalLayout: readonly number[];
  readonly estimatedFidelity?: number;
  readonly durationSeconds?: number;
  readonly measured: { readonly seconds: number };
}

async function compiled(...options: readonly string[]): Promise<Compiled> {
  const { code, value } = await ketbench.json('compile', file('star.qasm'), ...options);
  expect(code).toBe(0);
  return value as Compiled;
}

beforeAll(() => {
  const body =
    'qreg q[4];\ncreg c[4];\nh q[0];\ncx q[0],q[1];\ncx q[0],q[2];\ncx q[0],q[3];\nccx q[1],q[2],q[3];\nmeasure q -> c;\n';
  writeFileSync(file('star.qasm'), `OPENQASM 2.0;\ninclude "qelib1.inc";\n${body}`);
  writeFileSync(file('bad.qasm'), 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nh q[5];\n');
  writeFileSync(file('pairs.json'), '{"edges": [[0, 1], [1, 2], [2, 3]], "qubits": 5}');
  writeFileSync(file('odd.json'), '{"edges": [[0, 0]]}');
});
afterAll(() => folder.remove());

describe('compile', () => {
  test('gives the gates of a device with what to expect of them, and touches no library', async () => {
    const made = await compiled('--target', 'ibm-torino', '-O', '2', '--seed', '4');
    expect(Object.keys(made.gateCounts)).toEqual(
      expect.arrayContaining(['cz', 'measure', 'rz', 'sx']),
    );
    expect(made.twoQubitGates).toBe(made.gateCounts.cz);
    expect(made.initialLayout).toHaveLength(4);
    expect(made.estimatedFidelity).toBeGreaterThan(0.5);
    expect(made.durationSeconds).toBeGreaterThan(1.56e-6);
    const { circuit, language } = parseDocument(made.qasm);
    expect(language).toBe(2);
    expect(circuit?.qubitRegisters[0]?.size).toBe(133);
    const again = await compiled('--target', 'ibm-torino', '-O', '2', '--seed', '4');
    expect({ ...again, measured: null }).toEqual({ ...made, measured: null });
    expect(existsSync(file('home'))).toBe(false);
  });

  test('takes shapes, files and layouts, with a value or without', async () => {
    const line = ['--coupling', 'line:4', '--basis', 'cx,u'];
    expect((await compiled(...line, '--keep-layout')).initialLayout).toEqual([0, 1, 2, 3]);
    expect((await compiled(...line, '--keep-layout', '[3,1,0,2]')).initialLayout).toEqual([
      3, 1, 0, 2,
    ]);
    expect((await compiled('--keep-layout', '3,1,0,2', ...line)).initialLayout).toEqual([
      3, 1, 0, 2,
    ]);
    const made = await compiled('--coupling', file('pairs.json'), '--basis', 'cz,rz,sx', '-O3');
    expect(made).not.toHaveProperty('estimatedFidelity');
    expect(made.swaps).toBeGreaterThan(0);
    const all = await compiled('--coupling', 'full:4', '--basis', 'cx,u3');
    expect(all.swaps).toBe(0);
    expect(Object.keys(all.gateCounts).toSorted()).toEqual(['cx', 'measure', 'u']);
  });

  test('keeps conditions and open inputs, and says what a circuit cannot hold', async () => {
    const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float a;\nqubit[3] q;\nbit[2] c;\n';
    const body =
      'bit b = 1;\nrx(a) q[0];\nc[0] = measure q[0];\nif (c[0]) { cx q[0], q[2]; }\nc[1] = measure q[2];\n';
    writeFileSync(file('dynamic.qasm'), head + body);
    const map = ['--coupling', 'line:3', '--basis', 'cx,u', '--keep-layout'];
    const { code, value } = await ketbench.json('compile', file('dynamic.qasm'), ...map);
    expect(code).toBe(0);
    const { qasm, losses } = value as { qasm: string; losses: readonly { what: string }[] };
    expect(losses.map(({ what }) => what)).toEqual(['the values of b[0]']);
    expect(qasm).toMatch(/input float\[64\] a;[^]*if \(c\[0\] == 1\)/);
    writeFileSync(
      file('loop.qasm'),
      `${head}c[0] = measure q[0];\nwhile (c[0]) { h q[0]; c[0] = measure q[0]; }\n`,
    );
    const loop = await ketbench.json('compile', file('loop.qasm'), ...map);
    expect(loop.code).toBe(2);
    expect(loop.value).toMatchObject({ error: { code: 'unsupported' } });
  });

  test('only routes where that is asked for', async () => {
    const made = await compiled('--coupling', 'heavy-hex:3', '--routing-only', '-O', '3');
    expect(made.gateCounts).toMatchObject({ h: expect.any(Number), swap: made.swaps });
    expect(made.gateCounts).not.toHaveProperty('u');
  });

  test('writes a file, and gates that OpenQASM 2 has no name for in OpenQASM 3', async () => {
    const path = file('out.qasm');
    const basis = ['--coupling', 'ring:4', '--basis', 'iswap,rz,rx'];
    const { code, stdout } = await ketbench.run('compile', file('star.qasm'), ...basis, '-o', path);
    expect(code).toBe(0);
    expect(stdout).toMatch(/two-qubit gates/);
    const { circuit, language } = parseDocument(readFileSync(path, 'utf8'));
    expect(language).toBe(3);
    expect(circuit?.operations.some((one) => one.kind === 'gate' && one.gate === 'iswap')).toBe(
      true,
    );
  });

  test.each([
    [['nowhere.qasm', '--target', 'ibm-torino'], 'not-found'],
    [['STAR', '--target', 'nowhere'], 'not-found'],
    [['STAR'], 'bad-input'],
    [['STAR', '--target', 'ibm-torino', '--coupling', 'line:4'], 'bad-input'],
    [['STAR', '--coupling', 'line:3', '--basis', 'cx,u'], 'bad-input'],
    [['STAR', '--coupling', 'heavy-hex:4'], 'bad-input'],
    [['STAR', '--coupling', 'line:4', '--basis', 'cx'], 'bad-input'],
    [['STAR', '--coupling', 'line:4', '--basis', 'rz,sx'], 'bad-input'],
    [['STAR', '--coupling', 'line:4', '--basis', 'cx,nonsense'], 'bad-input'],
    [['STAR', '--coupling', 'line:4', '-O', '4'], 'bad-input'],
    [['STAR', '--coupling', 'line:4', '--keep-layout', '[0,0,1,2]'], 'bad-input'],
    [['STAR', '--coupling', 'full:9000'], 'too-large'],
    [['STAR', '--coupling', 'ODD'], 'bad-input'],
    [['BAD', '--coupling', 'line:4'], 'bad-input'],
  ])('refuses %j as %s, with exit code 2', async (parameters, wanted) => {
    const names: Readonly<Record<string, string>> = {
      STAR: file('star.qasm'),
      BAD: file('bad.qasm'),
      ODD: file('odd.json'),
    };
    const { code, value } = await ketbench.json(
      'compile',
      ...parameters.map((one) => names[one] ?? one),
    );
    expect(code).toBe(2);
    expect(value).toMatchObject({ error: { code: wanted, message: expect.stringMatching(/\.$/) } });
  });
});
