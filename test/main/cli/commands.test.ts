import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '#main/cli/command.ts';
import { helpOf } from '#main/cli/help.ts';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
const ketbench = new Ketbench(join(folder.path, 'home'));
const file = (name: string): string => join(folder.path, name);

beforeAll(() => {
  writeFileSync(
    file('bell.qasm'),
    'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0],q[1];\nmeasure q -> c;\n',
  );
  writeFileSync(file('bad.qasm'), 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nh q[5];\n');
  writeFileSync(
    file('wide.qasm'),
    'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[45];\nrx(0.3) q;\nrx(0.1) q[0];\nccx q[0],q[1],q[2];\n',
  );
  mkdirSync(file('inside'));
  writeFileSync(file('secret.inc'), 'gate g a { }\n');
  writeFileSync(
    file('inside/up.qasm'),
    'OPENQASM 2.0;\ninclude "../secret.inc";\nqreg q[1];\ng q[0];\n',
  );
  symlinkSync(file('secret.inc'), file('inside/link.inc'));
  writeFileSync(
    file('inside/link.qasm'),
    'OPENQASM 2.0;\ninclude "link.inc";\nqreg q[1];\ng q[0];\n',
  );
});
afterAll(() => folder.remove());

describe('simulate', () => {
  test('prints one document with exact probabilities and touches no library', async () => {
    const { code, value } = await ketbench.json('simulate', file('bell.qasm'), '--expect', 'Z0*Z1');
    expect(code).toBe(0);
    const { probabilities, expectations, registers } = value as {
      probabilities: Record<string, number>;
      expectations: { value: number }[];
      registers: unknown;
    };
    expect(Object.keys(probabilities).sort((a, b) => (a < b ? -1 : 1))).toStrictEqual(['00', '11']);
    expect(probabilities['11']).toBeCloseTo(0.5, 12);
    expect(expectations[0]?.value).toBeCloseTo(1, 12);
    expect(registers).toStrictEqual([['c', 2]]);
    expect(readdirSync(folder.path)).not.toContain('home');
  });

  test('gives the same counts for the same seed', async () => {
    const once = await ketbench.json(
      'simulate',
      file('bell.qasm'),
      '--shots',
      '100',
      '--seed',
      '3',
    );
    const twice = await ketbench.json(
      'simulate',
      file('bell.qasm'),
      '--shots',
      '100',
      '--seed',
      '3',
    );
    const counts = (value: never): unknown => (value as { counts: unknown }).counts;
    expect(counts(once.value)).toStrictEqual(counts(twice.value));
  });

  test('names the place of a fault, on standard error or as one document', async () => {
    const told = await ketbench.run('simulate', file('bad.qasm'));
    expect(told.code).toBe(2);
    expect(told.stdout).toBe('');
    expect(told.stderr).toMatch(/bad\.qasm:4:\d+: error/);
    const { code, value } = await ketbench.json('simulate', file('bad.qasm'));
    expect(code).toBe(2);
    expect(value).toMatchObject({ error: { code: 'bad-input', diagnostics: [{ line: 4 }] } });
  });

  test('refuses what is too large for memory with needed and available bytes', async () => {
    const { code, value } = await ketbench.json(
      'simulate',
      file('wide.qasm'),
      '--method',
      'statevector',
    );
    expect(code).toBe(2);
    const { error } = value as { error: { code: string; details: Record<string, number> } };
    expect(error.code).toBe('too-large');
    expect(Object.values(error.details).filter((bytes) => bytes > 1e6).length).toBeGreaterThan(1);
  });

  test.each([
    [['simulate', 'nowhere.qasm'], 'not-found'],
    [['simulate'], 'bad-input'],
    [['simulate', 'a', 'b'], 'bad-input'],
    [['simulate', 'x.qasm', '--nonsense'], 'bad-input'],
    [['nonsense'], 'bad-input'],
    [['run', 'nowhere.json'], 'not-found'],
    [['jobs', 'show', 'none'], 'not-found'],
    [['jobs', 'explode', 'none'], 'not-found'],
    [['catalog', 'nonsense'], 'bad-input'],
    [['report', 'none', '--to', 'csv'], 'not-found'],
  ])('%j ends with exit code 2 and says %s', async (parameters, expected) => {
    const { code, value } = await ketbench.json(...parameters);
    expect(code).toBe(2);
    expect(value).toMatchObject({ error: { code: expected } });
  });

  test.each([
    ['--shots', 'many'],
    ['--shots', '0'],
    ['--seed', '-1'],
    ['--method', 'magic'],
    ['--param', 'theta'],
    ['--param', 'theta=x'],
    ['--noise', 'nowhere.json'],
    ['--expect', 'Z9'],
  ])('with %s %s is bad input', async (option, value) => {
    const { code } = await ketbench.json('simulate', file('bell.qasm'), `${option}=${value}`);
    expect(code).toBe(2);
  });
});

describe('check', () => {
  test('lists faults with lines and columns and ends with 2 where one is an error', async () => {
    const { code, value } = await ketbench.json('check', file('bad.qasm'));
    expect(code).toBe(2);
    expect(value).toMatchObject({
      ok: false,
      language: 2,
      diagnostics: [{ severity: 'error', line: 4 }],
    });
    expect((await ketbench.json('check', file('bell.qasm'))).value).toStrictEqual({
      ok: true,
      language: 2,
      diagnostics: [],
    });
  });

  test.each(['up', 'link'])('reads no file outside the program’s folder (%s)', async (name) => {
    expect((await ketbench.json('check', file(`inside/${name}.qasm`))).code).toBe(2);
  });
});

describe('devices', () => {
  test('are told with queue, errors and price, and ranked for a circuit', async () => {
    const { value: all } = await ketbench.json('devices', 'list');
    const { devices } = all as { devices: Record<string, unknown>[] };
    for (const device of devices) {
      expect(device).toMatchObject({ queue: {}, errors: {}, price: {} });
    }
    const select = async (...limits: string[]) =>
      ketbench.json('devices', 'select', '--circuit', file('bell.qasm'), '--shots=100', ...limits);
    const { code, value } = await select('--max-cost=1');
    const { choice, ranking } = value as {
      choice: string;
      ranking: { id: string; cost: number | null; obstacles: string[] }[];
    };
    expect(code).toBe(0);
    expect(ranking[0]).toMatchObject({ id: choice, obstacles: [] });
    for (const { cost, obstacles } of ranking) {
      expect(obstacles.length === 0).toBe(cost !== null && cost <= 1);
    }
    expect((await select('--max-cost=0')).code).toBe(3);
    expect((await select('--max-cost=free')).code).toBe(2);
  });
});

describe('convert', () => {
  test('writes a problem of bits as LP, and that as a QUBO with what is lost', async () => {
    const problem = { kind: 'knapsack', weights: [2, 3, 4], values: [3, 4, 6], capacity: 5 };
    writeFileSync(file('knapsack.json'), JSON.stringify({ algorithm: 'exact', problem }));
    const lp = await ketbench.json(
      'convert',
      file('knapsack.json'),
      '--to',
      'lp',
      '-o',
      file('k.lp'),
    );
    expect(lp).toMatchObject({ code: 0, value: { format: 'lp', losses: [] } });
    expect(readFileSync(file('k.lp'), 'utf8')).toContain('2 x0 + 3 x1 + 4 x2 <= 5');
    const { value } = await ketbench.json('convert', file('k.lp'), '--to', 'qubo');
    const { losses } = value as { losses: { what: string }[] };
    expect(losses.map(({ what }) => what)).toEqual(['constraints', 'the sense', 'the constant']);
    const wrong = await ketbench.json('convert', file('bell.qasm'), '--to', 'lp');
    expect(wrong).toMatchObject({ code: 2, value: { error: { code: 'bad-input' } } });
  });

  test('writes another language and names what is lost', async () => {
    const { code, value } = await ketbench.json('convert', file('bell.qasm'), '--to', 'qiskit');
    expect(code).toBe(0);
    expect(value).toMatchObject({ format: 'qiskit', losses: [] });
    expect((value as { text: string }).text).toContain('circuit.cx(');
  });

  test('reads other formats by their name or their looks', async () => {
    const quil = 'DECLARE ro BIT[2]\nH 0\nCNOT 0 1\nMEASURE 1 ro[1]\n';
    writeFileSync(file('bell.quil'), quil);
    writeFileSync(file('bell.txt'), quil);
    for (const from of [['bell.quil'], ['bell.txt', '--from', 'quil']]) {
      const [name, ...rest] = from as [string, ...string[]];
      const { value } = await ketbench.json('convert', file(name), '--to', 'qasm3', ...rest);
      expect((value as { text: string }).text).toContain('cx q[0], q[1];');
    }
    writeFileSync(file('wrong.quil'), 'H 0\nCNOT 0\n');
    const wrong = await ketbench.json('convert', file('wrong.quil'), '--to', 'qasm3');
    expect(wrong).toMatchObject({ code: 2, value: { error: { diagnostics: [{ line: 2 }] } } });
  });

  test('paints a PNG where a browser is at hand, and says what to do where none is', async () => {
    expect((await ketbench.json('convert', file('bell.qasm'), '--to', 'png')).value).toMatchObject({
      error: { code: 'bad-input', details: { option: 'output' } },
    });
    const out = file('bell.png');
    const { code, value } = await ketbench.json(
      'convert',
      file('bell.qasm'),
      '--to',
      'png',
      '-o',
      out,
    );
    if (code !== 0) expect(value).toMatchObject({ error: { code: 'unsupported' } });
    else expect([...readFileSync(out).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  test('refuses an unknown format and a faulty program', async () => {
    expect((await ketbench.json('convert', file('bell.qasm'), '--to', 'klingon')).code).toBe(2);
    expect((await ketbench.json('convert', file('bad.qasm'), '--to', 'svg')).value).toMatchObject({
      error: { diagnostics: [{ line: 4 }] },
    });
  });
});

describe('run', () => {
  const spec = {
    algorithm: 'qaoa',
    problem: {
      kind: 'maxcut',
      nodes: 3,
      edges: [
        [0, 1],
        [1, 2],
      ],
    },
    settings: {
      layers: 1,
      mixer: 'x',
      optimizer: { id: 'none' },
      initialParameters: { gammas: [0.3], betas: [0.2] },
    },
    seed: 5,
  };

  test('gives the same result, byte for byte, for the same spec', async () => {
    writeFileSync(file('spec.json'), JSON.stringify(spec));
    const results = [];
    for (let i = 0; i < 2; i++) {
      const { code, value } = await ketbench.json('run', file('spec.json'));
      expect(code).toBe(0);
      results.push(JSON.stringify((value as { result: unknown }).result));
    }
    expect(results[0]).toBe(results[1]);
  });

  test('tells every fault of a spec and where a JSON file breaks off', async () => {
    writeFileSync(file('faulty.json'), JSON.stringify({ ...spec, seed: -1, extra: 1 }));
    const faulty = await ketbench.json('run', file('faulty.json'));
    expect(faulty.code).toBe(2);
    const { error } = faulty.value as { error: { details: { errors: unknown[] } } };
    expect(error.details.errors.length).toBeGreaterThan(1);
    writeFileSync(file('broken.json'), '{\n  "algorithm": "qaoa",\n  oops\n}');
    const broken = await ketbench.run('run', file('broken.json'));
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/broken\.json:3:\d+/);
  });

  test('imports data beside the spec, wherever it is called from', async () => {
    const prices = Array.from(
      { length: 30 },
      (_, i) => `${100 + Math.sin(i)},${50 + Math.cos(2 * i)},${70 + (i % 4)}`,
    );
    mkdirSync(file('project'));
    writeFileSync(file('project/prices.csv'), ['A,B,C', ...prices].join('\n'));
    const problem = { kind: 'portfolio', prices: 'prices.csv', riskAversion: 1, budget: 2 };
    writeFileSync(file('project/spec.json'), JSON.stringify({ algorithm: 'exact', problem }));
    const { code, value } = await ketbench.json('run', file('project/spec.json'));
    expect(code).toBe(0);
    expect(value).toMatchObject({ status: 'completed', result: { best: { feasible: true } } });
  });

  test('reads a program beside the spec that a member of its settings names', async () => {
    mkdirSync(file('ansatz'));
    const text = 'include "stdgates.inc"; input float a; qubit[1] q; ry(a) q[0];';
    writeFileSync(file('ansatz/a.qasm'), text);
    const problem = { kind: 'hamiltonian', qubits: 1, terms: [['X', 2]] };
    const settings = { ansatz: { id: 'circuit', file: 'a.qasm' } };
    const named = JSON.stringify({ algorithm: 'vqe', problem, settings });
    writeFileSync(file('ansatz/spec.json'), named);
    const { code, value } = await ketbench.json('run', file('ansatz/spec.json'));
    expect(code).toBe(0);
    const { result } = value as { result: { energies: { value: number }[] } };
    expect(result.energies[0]?.value).toBeCloseTo(-2, 6);
  });
});

test('help explains every command, and each is in it', async () => {
  const { stdout, code } = await ketbench.run('--help');
  expect(code).toBe(0);
  const commands = readdirSync(new URL('../../../main/cli/commands', import.meta.url)).map((name) =>
    name.replace('.ts', ''),
  );
  for (const command of commands) {
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    const { command: one } = (await import(`../../../main/cli/commands/${command}.ts`)) as {
      command: Command;
    };
    expect(helpOf(one)).toContain(`Usage: ketbench ${command}`);
  }
  const shown = await ketbench.run('compile', '--help');
  expect(shown.stdout).toContain('Usage: ketbench compile');
});
