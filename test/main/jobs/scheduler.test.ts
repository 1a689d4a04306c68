import { expect, test } from 'vitest';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { jobSpecSchema } from '#shared/jobs/job.ts';
import { Scheduler } from '#main/jobs/scheduler.ts';
import { hasEnded, type JobRow, rowOf } from '#main/storage/job-row.ts';
import { walkSpec } from '#test/support/temporary-app.ts';

const capacities = { local: 2, remote: 3 };
const spec = jobSpecSchema.parse(walkSpec({}));
const part = { benchmarkId: null, benchmarkRun: null };

function laneOf({ qpuBackend }: JobRow): 'local' | 'remote' {
  return qpuBackend === 'machine' ? 'remote' : 'local';
}

function rowAt(k: number, rng: Rng): JobRow {
  const submittedAt = new Date(1e12 + 1000 * rng.below(50)).toISOString();
  const given = { jobId: `job ${k}`, priority: rng.below(5) - 2, submittedAt, ...part };
  const backend = rng.below(2) === 0 ? 'machine' : 'simulator';
  return rowOf({ ...spec, backend }, given);
}

const places: readonly Partial<JobRow>[] = [
  { status: 'queued', phase: null },
  { status: 'queued', phase: 'paused' },
  { status: 'running', phase: null },
  { status: 'running', phase: 'pausing' },
  { status: 'running', phase: 'paused' },
  { status: 'running', phase: 'waiting' },
  { status: 'running', phase: 'saving' },
  { status: 'running', phase: 'cancelling' },
  { status: 'completed', phase: null },
];

const isReady = ({ status, phase }: JobRow): boolean =>
  phase === 'waiting' || (status === 'queued' && phase === null);
const isWorking = ({ status, phase }: JobRow): boolean =>
  status === 'running' && [null, 'pausing', 'cancelling'].includes(phase);

/** The law, said by looking at every row: highest priority, then oldest, where the lane has room. */
function nextByLooking(rows: ReadonlyMap<string, JobRow>, wanted: ReadonlySet<string>) {
  const all = [...rows.values()];
  const room = (lane: string): number =>
    capacities[lane as 'local'] -
    all.filter((row) => laneOf(row) === lane && isWorking(row)).length;
  return all
    .filter((row) => isReady(row) && wanted.has(row.jobId) && room(laneOf(row)) > 0)
    .toSorted(
      (a, b) =>
        b.priority - a.priority ||
        (a.submittedAt < b.submittedAt ? -1 : a.submittedAt > b.submittedAt ? 1 : 0),
    )[0];
}

test('after any changes the next job is the one that looking at all rows finds', () => {
  const rng = rngOf(11);
  for (let round = 0; round < 30; round++) {
    const scheduler = new Scheduler({ capacities, laneOf });
    const rows = new Map<string, JobRow>();
    const wanted = new Set<string>();
    for (let step = 0; step < 300; step++) {
      const k = rng.below(40);
      const before = rows.get(`job ${k}`);
      const made = before === undefined || hasEnded(before) ? rowAt(k, rng) : before;
      const row = { ...made, ...(before === undefined ? {} : places[rng.below(places.length)]) };
      rows.set(row.jobId, row);
      if (rng.below(4) > 0) wanted.add(row.jobId);
      scheduler.see(row, wanted.has(row.jobId));
      const expected = nextByLooking(rows, wanted);
      const found = scheduler.next();
      expect(found === null).toBe(expected === undefined);
      const same = rows.get(found ?? '');
      // Of equal ones any may be next.
      expect([same?.priority, same?.submittedAt]).toEqual([
        expected?.priority,
        expected?.submittedAt,
      ]);
      if (found !== null) expect(isReady(rows.get(found) as JobRow)).toBe(true);
      const ready = [...rows.values()].filter((one) => isReady(one) && wanted.has(one.jobId));
      expect(scheduler.length).toBe(ready.length);
    }
  }
});

test('a turn looks at the logarithm of the queue, not at its length', () => {
  /** How often rows are looked at for their priority in so many turns of a queue of `count`. */
  const looksFor = (count: number): number => {
    const rng = rngOf(5);
    const scheduler = new Scheduler({ capacities, laneOf });
    let looks = 0;
    const rows = Array.from({ length: count }, (_, k) => {
      const { priority, ...row } = rowAt(k, rng);
      return Object.defineProperty(row, 'priority', {
        enumerable: true,
        get: () => {
          looks++;
          return priority;
        },
      }) as JobRow;
    });
    for (const row of rows) scheduler.see(row, true);
    const byId = new Map(rows.map((row) => [row.jobId, row]));
    looks = 0;
    for (let turn = 0; turn < 2000; turn++) {
      const row = byId.get(scheduler.next() ?? '') as JobRow;
      scheduler.see({ ...row, status: 'running' }, true);
      scheduler.see({ ...row, status: 'completed' }, true);
    }
    return looks;
  };
  // Sixteen times as many are four levels more of a heap.
  expect(looksFor(48_000)).toBeLessThan(2 * looksFor(3000));
});
