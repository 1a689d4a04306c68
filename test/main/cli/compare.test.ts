import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
const ketbench = new Ketbench(join(folder.path, 'home'));
afterAll(() => folder.remove());

function table(lines: readonly string[]): string {
  const path = join(folder.path, 'scores.csv');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const sets = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const scores = [
  'dataset,model,seed,accuracy',
  ...sets.flatMap((set, s) =>
    [0, 1, 2, 3, 4, 5, 6, 7].flatMap((seed) => [
      `${set},good,${seed},${0.9 - 0.01 * s + 0.001 * seed}`,
      `${set},fair_1,${seed},${0.8 - 0.02 * s + 0.002 * seed}`,
      `${set},poor,${seed},${0.7 - 0.005 * s - 0.001 * seed}`,
    ]),
  ),
];

describe('ketbench compare', () => {
  test('ranks models over data sets and tests every pair', async () => {
    const { code, value: json } = await ketbench.json('compare', table(scores));
    expect(code).toBe(0);
    expect(json).toMatchObject({
      datasets: sets,
      models: ['good', 'fair_1', 'poor'],
      averageRanks: { good: 1 },
      friedman: { df: 2 },
      warnings: [],
    });
    const { pairs, table: cells } = json as {
      pairs: { a: string; b: string; wilcoxon: object; bayesianSignedRank: { left: number } }[];
      table: { cells: { best: boolean; deviation: number }[][] };
    };
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([
      ['good', 'fair_1'],
      ['good', 'poor'],
      ['fair_1', 'poor'],
    ]);
    expect(pairs[0]?.wilcoxon).toEqual({ W: 0, p: 2 / 256, pHolm: 6 / 256 });
    expect(pairs[0]?.bayesianSignedRank.left).toBeGreaterThan(0.9);
    expect(cells.cells[0]?.map(({ best }) => best)).toEqual([true, false, false]);
  });

  test('turns round where lower is better', async () => {
    const { value } = await ketbench.json('compare', table(scores), '--lower-is-better');
    expect(value).toMatchObject({ averageRanks: { good: 3 } });
  });

  test('writes a table for a paper and the ranks as a drawing', async () => {
    const { stdout: text } = await ketbench.run('compare', table(scores), '--to', 'latex');
    expect(text).toContain('Data set & good & fair\\_1 & poor \\\\');
    expect(text).toContain('\\mathbf{0.90');
    const out = join(folder.path, 'ranks.svg');
    await ketbench.run('compare', table(scores), '--to', 'svg', '-o', out);
    expect(readFileSync(out, 'utf8')).toContain('Critical difference');
  });

  test('leaves out what is missing, and says so', async () => {
    const path = table(['dataset,model,x', 'a,m,1', 'a,n,2', 'b,m,2', 'b,n,3', 'c,m,1', 'c,n,']);
    const { value: json } = await ketbench.json('compare', path);
    expect(json).toMatchObject({
      averageRanks: { m: 2, n: 1 },
      pairs: [{ shared: 2, meanDifference: -1 }],
    });
    expect((json as { warnings: string[] }).warnings.join(' ')).toMatch(
      /Line 7 has no “x”.*1 of 3 data sets lack a model.*1 pairs of models are compared/,
    );
  });

  test.each([
    [['dataset,score', 'a,1'], [], /no column “model”/],
    [['dataset,model,x,y', 'a,m,1,2'], [], /Say with “--metric”/],
    [['dataset,model,x', 'a,m,1', 'a,n,bad'], ['--metric', 'x'], /3: “x” must be a number/],
    [['dataset,model,x', 'a,m,1'], [], /two models at least/],
    [['dataset,model,x', 'a,m,1', 'a,n,1'], ['--alpha', '2'], /“--alpha” must be/],
  ])('says what is wrong with it: %j %j', async (lines, options, words) => {
    const { code, stderr } = await ketbench.run('compare', table(lines), ...options);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});
