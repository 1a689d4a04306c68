import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { finish, Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const ketbench = new Ketbench(join(folder.path, 'home'));
const rng = rngOf(4);
const rows = Array.from({ length: 24 }, () => [rng.normal(), rng.normal()] as const);
const data = join(folder.path, 'data.csv');

beforeAll(() => {
  const lines = rows.map(([a, b]) => `${a},${b},${a + b * b > 0.7 ? 'up' : 'down'}`);
  writeFileSync(data, ['a,b,k', ...lines].join('\n'));
});

function specFile(name: string, seed: number, more: object = {}): string {
  const split = { kind: 'holdout', testFraction: 0.25, seed };
  const problem = { kind: 'classification', data: 'data.csv', target: 'k', split };
  const spec = { algorithm: 'logistic', problem, seed, ...more };
  return folder.write(name, JSON.stringify(spec));
}

interface Predicted {
  readonly model: string;
  readonly predictions: readonly { readonly row: number; readonly prediction: string }[];
}

async function predicted(home: Ketbench, model: string, ...more: string[]): Promise<Predicted> {
  const { code, value } = await home.json('predict', model, '--data', data, ...more);
  expect(code).toBe(0);
  return value;
}

test('a trained model predicts the same bytes in other processes and in another library', async () => {
  const qsvm = { algorithm: 'qsvm', settings: { featureMap: { id: 'z', repetitions: 1 } } };
  const run = await ketbench.json('run', specFile('q.json', 1, qsvm));
  const { model } = (run.value as { result: { model: string } }).result;
  const { models } = (await ketbench.json('models', 'list')).value as {
    models: { modelId: string; modelType: string }[];
  };
  expect(models).toMatchObject([{ modelId: model, modelType: 'QSVM' }]);
  const first = await predicted(ketbench, model);
  expect(first.predictions).toHaveLength(rows.length);

  const file = join(folder.path, 'model.json');
  expect((await ketbench.run('models', 'export', model, '-o', file)).code).toBe(0);
  const elsewhere = new Ketbench(join(folder.path, 'elsewhere'));
  expect((await elsewhere.run('models', 'import', file)).stdout).toBe(`${model}\n`);
  const again = await predicted(elsewhere, model);
  expect(JSON.stringify(again.predictions)).toBe(JSON.stringify(first.predictions));

  const shown = await ketbench.run('models', 'show', model);
  expect(shown.stdout).toMatch(/OPENQASM 3\.0;[\s\S]*qubit\[2\] q;/);
  const shots = await predicted(ketbench, model, '--shots', '50', '--seed', '2');
  expect(shots.predictions[0]).toHaveProperty('interval');
}, 120_000);

test.each([
  [['predict', 'none', '--data', 'x.csv'], 2, /There is no/],
  [['predict', 'none'], 2, /Name the file/],
  [['models', 'import', 'package.json'], 2, /is no model/],
  [['models', 'show', 'none'], 2, /There is no model “none”/],
  [['models', 'frobnicate', 'x'], 2, /Usage: ketbench models/],
])('%j ends with %i and says why', async (parameters, exit, message) => {
  const { code, stderr } = await ketbench.run(...parameters);
  expect(code).toBe(exit);
  expect(stderr).toMatch(message);
});

test('a process that is killed while it keeps a model leaves the old one or the new one', async () => {
  const specs = [1, 2].map((seed) => specFile(`s${seed}.json`, seed, { modelId: 'm' }));
  expect((await ketbench.run('run', specs[0] as string)).code).toBe(0);
  const whole = new Set<string>();
  const seedOf = async (): Promise<number> => {
    const file = join(folder.path, 'm.json');
    const { code, stderr } = await ketbench.run('models', 'export', 'm', '-o', file);
    expect(`${code} ${stderr}`).toBe('0 ');
    const { predictions } = await predicted(ketbench, 'm');
    whole.add(JSON.stringify(predictions));
    return (JSON.parse(readFileSync(file, 'utf8')) as { spec: { seed: number } }).spec.seed;
  };
  expect(await seedOf()).toBe(1);
  for (let i = 0; i < 10; i++) {
    const child = ketbench.start('run', specs[(i + 1) % 2] as string);
    const timer = setTimeout(() => child.kill('SIGKILL'), 300 + rng.below(1500));
    await finish(child);
    clearTimeout(timer);
    expect([1, 2]).toContain(await seedOf());
  }
  // Two models say two things; half of one would say a third.
  expect(whole.size).toBeLessThanOrEqual(2);
  const check = await ketbench.json('library', 'check');
  expect(check.value).toMatchObject({ problems: [] });
}, 240_000);
