import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestName, packed } from '#main/reports/formats/bundle.ts';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
const ketbench = new Ketbench(join(folder.path, 'home'));
const elsewhere = new Ketbench(join(folder.path, 'another-home'));
const out = join(folder.path, 'out');

const rows = Array.from({ length: 24 }, (_, k) => `${Math.sin(k)},${Math.cos(k)},${k % 2}`);

beforeAll(() => {
  folder.write('moves.csv', `a,b,side\n${rows.join('\n')}\n`);
});
afterAll(() => folder.remove());

async function bundled(command: 'run' | 'benchmark', spec: object): Promise<string> {
  const path = folder.write(`${command}.json`, JSON.stringify(spec));
  const { value } = await ketbench.json(command, path);
  const { jobId, benchmarkId } = value as { jobId?: string; benchmarkId?: string };
  const id = jobId ?? benchmarkId ?? '';
  const target = join(out, command);
  expect((await ketbench.run('report', id, '--to', 'bundle', '-o', target)).code).toBe(0);
  return join(target, readdirSync(target)[0] ?? '');
}

describe('a bundle', () => {
  test('of a job on an imported table is the same in another installation, and what was changed is told', async () => {
    const zip = await bundled('run', {
      algorithm: 'ridge',
      problem: { kind: 'regression', data: 'moves.csv', target: 'b' },
      seed: 2,
    });
    const whole = await elsewhere.json('verify', zip);
    expect(whole).toEqual({
      code: 0,
      value: { verdict: 'identical', differences: [], notReplayed: [], runs: 1 },
    });
    // Whoever makes a bundle anew around another result has a whole bundle, and another result.
    const files = unzipSync(readFileSync(zip));
    const document = JSON.parse(strFromU8(files['document.json'] ?? new Uint8Array())) as {
      result: { evaluations?: number; folds?: unknown[] };
    };
    document.result.evaluations = 12_345;
    const changed = Object.entries(files)
      .filter(([path]) => path !== manifestName)
      .map(([path, bytes]) => ({
        path,
        bytes: path === 'document.json' ? strToU8(JSON.stringify(document)) : bytes,
      }));
    const forged = join(folder.path, 'forged.zip');
    writeFileSync(forged, packed(changed));
    const { code, value } = await elsewhere.json('verify', forged);
    expect(code).toBe(1);
    expect(value).toMatchObject({ verdict: 'different', differences: [{ path: 'evaluations' }] });
    const cut = join(folder.path, 'cut.zip');
    writeFileSync(cut, readFileSync(zip).subarray(0, 2000));
    expect((await elsewhere.json('verify', cut)).code).toBe(2);
  });

  test('of a comparison repeats every run', async () => {
    const zip = await bundled('benchmark', {
      name: 'A ring',
      problem: {
        kind: 'maxcut',
        nodes: 4,
        edges: [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 0],
        ],
      },
      contenders: [
        { label: 'QAOA', kind: 'quantum', algorithm: 'qaoa', settings: { layers: 1 }, shots: 100 },
        { label: 'exact', kind: 'classical', algorithm: 'exact' },
      ],
      seeds: [1, 2],
    });
    const { code, value } = await elsewhere.json('verify', zip);
    expect(code).toBe(0);
    expect(value).toMatchObject({ verdict: 'identical', runs: 4 });
  });
});
