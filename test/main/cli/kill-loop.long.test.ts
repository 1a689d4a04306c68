import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { finish, Ketbench, waitFor } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const kills = 12;

test('a run that is killed at any moment, over and over, ends with the same bytes', async () => {
  const folder = temporaryFolder();
  const spec = join(folder.path, 'spec.json');
  const edges = Array.from({ length: 12 }, (_, i) => [i, (i + 1) % 12, 1 + i / 10]);
  writeFileSync(
    spec,
    JSON.stringify({
      algorithm: 'qaoa',
      problem: { kind: 'maxcut', nodes: 12, edges },
      settings: { layers: 8, mixer: 'x', optimizer: { id: 'cobyla' } },
      seed: 2,
    }),
  );
  const whole = await new Ketbench(join(folder.path, 'whole')).json('run', spec);
  const expected = JSON.stringify((whole.value as { result: unknown }).result);

  const ketbench = new Ketbench(join(folder.path, 'killed'));
  const rng = rngOf(3);
  const first = ketbench.start('run', spec, '--watch');
  const [, jobId = ''] = await waitFor(first.stderr, /"jobId":"([0-9a-f-]+)"/);
  first.kill('SIGKILL');
  await finish(first);
  for (let i = 0; i < kills; i++) {
    const child = ketbench.start('jobs', 'resume', jobId);
    // From before the library is open to far into the run.
    const timer = setTimeout(() => child.kill('SIGKILL'), rng.below(1500));
    const { code } = await finish(child);
    clearTimeout(timer);
    if (code === 0) break;
  }
  const check = await ketbench.json('library', 'check');
  expect(check.value).toMatchObject({ problems: [] });
  const { value } = await ketbench.json('jobs', 'show', jobId);
  const document =
    (value as { status: string }).status === 'completed'
      ? value
      : (await ketbench.json('jobs', 'resume', jobId)).value;
  expect(JSON.stringify((document as { result: unknown }).result)).toBe(expected);
  folder.remove();
}, 240_000);
