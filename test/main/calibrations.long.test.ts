import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ibmqManila } from '#shared/devices/records/ibmq-manila.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
const ketbench = new Ketbench(join(folder.path, 'home'));
afterAll(() => folder.remove());

const bell = folder.write(
  'bell.qasm',
  'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nh q[0];\ncx q[0], q[1];\nc = measure q;\n',
);
const table = folder.write(
  'ibmq_manila_calibrations_2031-02-03T04_05_06Z.csv',
  [
    'Qubit,T1 (us),T2 (us),Readout assignment error ,Prob meas0 prep1 ,Prob meas1 prep0 ,√x (sx) error ,CNOT error ,Gate time (ns)',
    ...[0, 1, 2, 3, 4].map((q) => {
      const ends = [q - 1, q + 1].filter((one) => one >= 0 && one < 5);
      const pairs = (value: number) => ends.map((one) => `${q}_${one}:${value}`).join(';');
      return `Q${q},90,80,0.2,0.25,0.15,0.001,${pairs(0.3)},${pairs(300)}`;
    }),
  ].join('\n'),
);
const spec = folder.write(
  'job.json',
  JSON.stringify({
    algorithm: 'expectation',
    problem: { kind: 'circuit', qasm: readFileSync(bell, 'utf8'), observables: ['ZZ'] },
    settings: {},
    backend: 'simulator',
    noise: 'ibmq-manila',
    shots: null,
    seed: 1,
  }),
);

interface Shown {
  readonly calibratedAt: string;
  readonly from: string;
  readonly kept: string[];
  readonly drift: { figure: string; after: number }[];
}

test('an imported calibration is kept, and noise, compiling and jobs use and name the newest', async () => {
  const at = '2031-02-03T04:05:06Z';
  const noisy = async () =>
    (await ketbench.json('simulate', bell, '--noise', 'ibmq-manila')).value as {
      probabilities: Record<string, number>;
      warnings: string[];
    };
  const wrong = ({ probabilities }: Awaited<ReturnType<typeof noisy>>): number =>
    (probabilities['01'] ?? 0) + (probabilities['10'] ?? 0);
  const before = await noisy();
  expect(before.warnings.join()).toContain(ibmqManila.calibratedAt);
  expect((await ketbench.json('calibration', 'show', 'ibmq-manila')).value).toMatchObject({
    calibratedAt: ibmqManila.calibratedAt,
    from: 'record',
    kept: [],
    drift: [],
  });

  const imported = await ketbench.json('calibration', 'import', 'ibmq_manila', table);
  expect(imported.code).toBe(0);
  expect(imported.value).toMatchObject({
    calibratedAt: at,
    format: 'ibm-csv',
    from: 'calibration',
  });
  const shown = (await ketbench.json('calibration', 'show', 'ibmq-manila')).value as Shown;
  expect(shown).toMatchObject({ calibratedAt: at, kept: [at] });
  expect(shown.drift.find(({ figure }) => figure === 'cx error')?.after).toBe(0.3);

  const after = await noisy();
  expect(after.warnings.join()).toContain(at);
  expect(wrong(after)).toBeGreaterThan(wrong(before) + 0.2);
  const { value } = await ketbench.json('compile', bell, '--target', 'ibmq-manila');
  expect(value).toMatchObject({ calibratedAt: at });
  expect((value as { estimatedFidelity: number }).estimatedFidelity).toBeLessThan(0.6);
  const job = (await ketbench.json('run', spec)).value as JobDocument;
  expect(job.provenance).toMatchObject({ calibrations: { 'ibmq-manila': at } });
  const pinned = join(folder.path, 'home', 'jobs', job.jobId, 'calibrations.json');
  expect(JSON.parse(readFileSync(pinned, 'utf8'))).toMatchObject([{ calibratedAt: at }]);

  // An older one is kept beside it and used by nobody; a damaged one is told and left out.
  const old = await ketbench.json(
    'calibration',
    'import',
    'ibmq-manila',
    table,
    '--at',
    '2001-01-01',
  );
  expect(old.value).toMatchObject({ calibratedAt: at, kept: ['2001-01-01', at] });
  const path = join(folder.path, 'home', 'calibrations', 'ibmq-manila');
  writeFileSync(join(path, '2032.json'), '{"id":');
  const { stderr, code } = await ketbench.run('compile', bell, '--target', 'ibmq-manila');
  expect([code, stderr]).toEqual([0, expect.stringMatching(/2032\.json is damaged/)]);

  const refused = await ketbench.json('calibration', 'import', 'ibm-fez', table);
  expect(refused.code).toBe(2);
  const nobody = await ketbench.json('calibration', 'show', 'ibm-nowhere');
  expect(nobody.value).toMatchObject({ error: { code: 'not-found' } });
});
