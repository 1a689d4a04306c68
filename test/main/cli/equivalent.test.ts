import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const ketbench = new Ketbench(join(folder.path, 'home'));

function file(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
const program = file(
  'a.qasm',
  `${head}input float theta;\nqubit[3] q;\nbit[3] c;\nh q[0];\ncx q[0], q[2];\nrz(theta) q[2];\nccx q[0], q[1], q[2];\nc = measure q;\n`,
);

describe('ketbench equivalent', () => {
  test('proves what the compiler made, through its layout', async () => {
    const { value } = await ketbench.json('compile', program, '--target', 'ibm-torino', '-O', '2');
    const made = value as { qasm: string };
    const compiled = file('b.qasm', made.qasm);
    const layout = file('layout.json', JSON.stringify(made));
    const at = ['--layout', layout, '--param', 'theta=0.3'];
    const { code, value: found } = await ketbench.json('equivalent', program, compiled, ...at);
    expect(found).toMatchObject({ verdict: 'equivalent', method: 'exact', qubits: 3 });
    expect(code).toBe(0);
  });

  test('ends with 1 and an input where they differ', async () => {
    const other = file('c.qasm', `${head}qubit[1] q;\nx q[0];\n`);
    const one = file('d.qasm', `${head}qubit[1] q;\nt q[0];\n`);
    const { code, stdout } = await ketbench.run('equivalent', one, other);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^not-equivalent.*\n.*\nOn \|0⟩ the outputs have fidelity 0/);
  });

  test.each([
    [['missing.qasm', program], /missing\.qasm/],
    [[program, program, '--param', 'theta'], /“--param” takes name=VALUE/],
    [[program, program, '--layout', program], /JSON/],
  ])('says what is wrong with it: %j', async (given, words) => {
    const { code, stderr } = await ketbench.run('equivalent', ...given);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});
