import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const fixtures = 'test/fixtures/real-use';

function messageOf(document: unknown): string {
  return (document as { error: { message: string } }).error.message;
}

describe('tables on the command line', { timeout: 30_000 }, () => {
  const folder = temporaryFolder();
  const ketbench = new Ketbench(join(folder.path, 'home'));
  afterAll(folder.remove);

  test('a word among prices ends with code 2 and its line', async () => {
    const { code, value } = await ketbench.json('run', `${fixtures}/csv-line-number.json`);
    expect(code).toBe(2);
    expect(messageOf(value)).toMatch(/“BBB”.*line 8.*“x”/);
  });

  test('a table without a feature ends with code 2 and the reasons', async () => {
    const spec = join(folder.path, 'learner-no-feature.json');
    copyFileSync(`${fixtures}/learner-no-feature.json`, spec);
    writeFileSync(join(folder.path, 'learner-no-feature.csv'), 'a;y\nx;no\ny;yes\nz;no\n');
    const { code, value } = await ketbench.json('run', spec);
    expect(code).toBe(2);
    expect(messageOf(value)).toMatch(
      /No column is left to learn from: “a” \(“x” in line 2 is no number\)/,
    );
  });

  test('gzip, Windows-1252 and decimal commas are read, and said', async () => {
    const csv = 'Datum;Größe;B\n02.01.2024;1,5;2\n03.01.2024;1,6;2,5\n04.01.2024;1,9;2,4\n';
    writeFileSync(join(folder.path, 'p.csv.gz'), gzipSync(Buffer.from(csv, 'latin1')));
    const problem = { kind: 'portfolio', prices: 'p.csv.gz', riskAversion: 0.5, budget: 1 };
    const spec = join(folder.path, 'spec.json');
    writeFileSync(spec, JSON.stringify({ algorithm: 'exact', problem }));
    const { code, value } = await ketbench.json('run', spec);
    expect(code).toBe(0);
    expect(value).toMatchObject({ result: { best: { labels: ['Größe'] } } });
    expect((value as { warnings: string[] }).warnings).toStrictEqual([
      'The file was read as Windows-1252 (Western European), as it is not UTF-8.',
      'Dates were read as day/month/year in “Datum”.',
      'Decimal commas were read in “Größe”, “B”.',
    ]);
  });
});
