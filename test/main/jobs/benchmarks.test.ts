import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { benchmarkSpecSchema } from '#shared/jobs/benchmark.ts';
import { openTestApp, type TemporaryFolder, temporaryFolder } from '#test/support/temporary-app.ts';

let folder: TemporaryFolder;
let app: App;

beforeEach(async () => {
  folder = temporaryFolder();
  app = await openTestApp(folder.path);
});

afterEach(async () => {
  await app.close();
  folder.remove();
});

function specOf(name: string, labels: readonly string[], seeds: readonly number[]) {
  return benchmarkSpecSchema.parse({
    name,
    problem: { kind: 'maxcut', nodes: 2, edges: [] },
    contenders: labels.map((label, c) => ({
      label,
      algorithm: 'walk',
      kind: 'quantum',
      settings: { steps: c + 1 },
    })),
    seeds,
  });
}

describe('a benchmark', () => {
  test('whose name fills a job’s is, after a kill between submission and its note, the same', async () => {
    // 200 letters leave no room for the label: jobs are not told apart by their names.
    const spec = specOf('n'.repeat(200), ['A', 'B', 'C'], [4, 5]);
    const { benchmarkId } = await app.benchmarks.run(spec);
    const first = await app.benchmarks.whenEnded(benchmarkId);
    const ids = first.contenders.flatMap(({ jobIds }) => jobIds);
    expect(new Set(ids).size).toBe(6);
    const names = await Promise.all(ids.map(async (id) => (await app.jobs.spec(id)).name));
    expect(new Set(names).size).toBe(6);

    const rows = app.library.tables.benchmarks;
    const row = rows.get(benchmarkId);
    if (row === undefined) throw new Error('no row');
    await rows.put({ ...row, status: 'running', jobIds: [[], [], []] });
    app.benchmarks.recover();
    const again = await app.benchmarks.whenEnded(benchmarkId);
    expect(again.contenders).toEqual(first.contenders);
    expect(again.comparisons).toEqual(first.comparisons);
    expect(app.jobs.rows()).toHaveLength(6);
  });

  test('is frozen by the hash of its spec, and tells every run with what repeats it', async () => {
    const ended = async (spec: ReturnType<typeof specOf>) => {
      const { benchmarkId } = await app.benchmarks.run(spec);
      return app.benchmarks.whenEnded(benchmarkId);
    };
    const first = await ended(specOf('one', ['A', 'B'], [4, 5]));
    const same = await ended(specOf('one', ['A', 'B'], [4, 5]));
    const other = await ended(specOf('one', ['A', 'B'], [4, 6]));
    expect(same.protocol?.sha256).toBe(first.protocol?.sha256);
    expect(other.protocol?.sha256).not.toBe(first.protocol?.sha256);
    expect(first.rows?.map(({ contender, seed, status }) => [contender, seed, status])).toEqual([
      ['A', 4, 'PASSED'],
      ['A', 5, 'PASSED'],
      ['B', 4, 'PASSED'],
      ['B', 5, 'PASSED'],
    ]);
    const [, spec = ''] = /<<'SPEC'\n(.*)\nSPEC$/s.exec(first.rows?.[2]?.command ?? '') ?? [];
    expect(JSON.parse(spec)).toMatchObject({ algorithm: 'walk', seed: 4, settings: { steps: 2 } });
    await expect(
      app.benchmarks.run({ ...specOf('one', ['A', 'B'], [4]), metric: 'happiness' }),
    ).rejects.toMatchObject({ details: { errors: [{ path: 'metric' }] } });
  });

  test('takes another name, before and after its end, and keeps what it ran', async () => {
    const spec = specOf('first', ['A', 'B'], [1]);
    const { benchmarkId } = await app.benchmarks.run(spec);
    await app.benchmarks.rename(benchmarkId, 'second');
    const ended = await app.benchmarks.whenEnded(benchmarkId);
    expect(ended).toMatchObject({ name: 'second', spec: { name: 'first' } });
    await app.benchmarks.rename(benchmarkId, 'third');
    expect(await app.benchmarks.document(benchmarkId)).toEqual({ ...ended, name: 'third' });
    expect(app.benchmarks.list()[0]?.name).toBe('third');
  });

  test('is removed with its runs, and not before its end', async () => {
    const kept = await app.benchmarks.run(specOf('kept', ['A', 'B'], [1]));
    const gone = await app.benchmarks.run(specOf('gone', ['A', 'B'], [1, 2]));
    await expect(app.benchmarks.remove(gone.benchmarkId)).rejects.toMatchObject({
      code: 'conflict',
    });
    await app.benchmarks.whenEnded(gone.benchmarkId);
    await app.benchmarks.whenEnded(kept.benchmarkId);
    await app.benchmarks.remove(gone.benchmarkId);
    expect(app.benchmarks.list().map(({ name }) => name)).toEqual(['kept']);
    expect(app.jobs.rows()).toHaveLength(2);
    await expect(app.benchmarks.document(gone.benchmarkId)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('that was cancelled can be removed at once', async () => {
    const { benchmarkId } = await app.benchmarks.run(specOf('c', ['A', 'B'], [1, 2, 3]));
    await app.benchmarks.cancel(benchmarkId);
    await app.benchmarks.remove(benchmarkId);
    expect(app.benchmarks.list()).toEqual([]);
    expect(app.jobs.rows()).toEqual([]);
  });

  test('says what its times were measured on', async () => {
    const { benchmarkId } = await app.benchmarks.run(specOf('m', ['A', 'B'], [1]));
    const { measured } = await app.benchmarks.whenEnded(benchmarkId);
    expect(measured).toMatchObject({ machine: { node: process.version } });
    expect(measured['runsAtOnce']).toBeGreaterThanOrEqual(1);
  });

  test('with equal labels or seeds is refused before anything is submitted', async () => {
    await expect(app.benchmarks.run(specOf('b', ['QAOA', ' QAOA'], [1, 2]))).rejects.toThrow(
      /contenders\.1\.label: The label “QAOA” is that of contender 0/,
    );
    await expect(app.benchmarks.run(specOf('b', ['A', 'B'], [1, 2, 1]))).rejects.toThrow(
      /seeds\.2: The seed 1 is listed twice/,
    );
    expect(app.jobs.rows()).toEqual([]);
  });

  test('that is cancelled while it submits leaves no job behind that runs on', async () => {
    const spec = specOf(
      'b',
      ['A', 'B'],
      Array.from({ length: 40 }, (_, k) => k),
    );
    const { benchmarkId } = await app.benchmarks.run(spec);
    await app.benchmarks.cancel(benchmarkId);
    await app.benchmarks.whenEnded(benchmarkId);
    for (const { jobId } of app.jobs.rows()) await app.jobs.whenEnded(jobId);
    const before = app.jobs.rows().length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(app.jobs.rows()).toHaveLength(before);
    expect(before).toBeLessThan(80);
    expect((await app.benchmarks.document(benchmarkId)).status).toBe('cancelled');
  });
});
