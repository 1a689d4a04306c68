import { afterAll, describe, expect, test } from 'vitest';
import { catalogKinds } from '#shared/catalog/parameter.ts';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const ketbench = new Ketbench(`${folder.path}/home`);

describe('the command line', () => {
  test('lists members of every kind that it names', async () => {
    const { stdout } = await ketbench.run('catalog', '--json');
    const kinds = new Set((JSON.parse(stdout) as { kind: string }[]).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([...catalogKinds].sort());
  });

  test('says what was wrong with its arguments before it says how to use it', async () => {
    const many = await ketbench.run('simulate', 'a', 'b', 'c');
    expect(many).toMatchObject({ code: 2 });
    expect(many.stderr).toContain('“simulate” takes 1 argument; got 3.');
    const unknown = await ketbench.run('simulate', '--foo');
    expect(unknown.stderr).toContain('There is no option “--foo”. Usage:');
  });

  test('tells each error of a program once, and how many there are', async () => {
    const file = folder.write('bad.qasm', 'OPENQASM 3.0;\nqubit q;\nfoo q;\nbar q;\n');
    const { code, stderr } = await ketbench.run('simulate', file);
    expect(code).toBe(2);
    expect(stderr.match(/foo/g)).toHaveLength(1);
    expect(stderr).toContain('error bad-input: the program has 2 errors, listed above.');
  });

  test('tells the faults of a spec in words, with their paths', async () => {
    const spec = { problem: { kind: 'qubo', linear: ['a'] }, seed: -1, shots: 1.5, more: 1 };
    const file = folder.write('spec.json', JSON.stringify(spec));
    const { code, stderr } = await ketbench.run('run', file);
    expect(code).toBe(2);
    expect(stderr).toContain('algorithm: is missing: a text is expected');
    expect(stderr).toContain('problem.linear[0]: a number is expected, not “a”');
    expect(stderr).toContain('shots: a whole number is expected, not 1.5');
    expect(stderr).toContain('seed: must be at least 0');
    expect(stderr).toContain('there is no “more” here');
    const benchmark = await ketbench.run('benchmark', folder.write('b.json', '{"name": "b"}'));
    expect(benchmark.stderr).toContain('The benchmark spec was not accepted: problem: is missing');
  });

  test('refuses an unknown vendor before it asks for a key, and shows rounded figures', async () => {
    const refused = await ketbench.run('credentials', 'add', 'nope');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('There is no vendor “nope”; there are ionq.');
    const third = folder.write(
      'third.qasm',
      'OPENQASM 3.0; include "stdgates.inc"; qubit q; ry(2*pi/3) q;',
    );
    const { stdout } = await ketbench.run('simulate', third, '--expect', 'Z0');
    expect(stdout).toContain('⟨Z0⟩ = -0.5\n');
    expect(stdout).toContain('(no classical bits)');
  });
});
