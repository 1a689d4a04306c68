import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { jobSpecSchema } from '#shared/jobs/job.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { Answer, Ask } from '#engine/programs/program.ts';
import { readRecords, RecordFile } from '#main/storage/record-file.ts';
import { RunLog } from '#main/jobs/run-log.ts';
import { runJob } from '#main/workers/run-job.ts';
import { jobEngine } from '#test/support/small-engine.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'run.log');
});
afterEach(() => folder.remove());

const spec = jobSpecSchema.parse({
  algorithm: 'walk',
  problem: { kind: 'maxcut', nodes: 1, edges: [] },
});

function openLog(version = '1', bought = false): RunLog {
  return new RunLog({ path, version, spec, bought });
}

function askAt(x: number): Ask {
  return {
    kind: 'expectations',
    key: 'c',
    items: 1,
    bindings: Float64Array.of(x),
    observables: [0],
  };
}

function answerOf(...values: number[]): Answer {
  const numbers = Float64Array.from(values);
  return { kind: 'expectations', values: numbers, stderrs: new Float64Array(values.length) };
}

describe('a run log', () => {
  test('hands back the recorded answers, bit for bit, and then asks again', () => {
    const log = openLog();
    const answers = [answerOf(0.1), answerOf(NaN), answerOf(-0)];
    answers.forEach((answer, i) => {
      expect(log.recall(askAt(i), i)).toBeNull();
      log.answered(askAt(i), i, { answer: answer, seconds: i });
    });
    log.dispose();
    const again = openLog();
    expect(answers.map((_, i) => again.recall(askAt(i), i))).toStrictEqual(answers);
    expect(again.recall(askAt(3), 3)).toBeNull();
    expect(again.secondsBefore).toBe(2);
    again.dispose();
  });

  test('cut at any byte hands back a prefix of the truth', () => {
    const log = openLog();
    for (let i = 0; i < 6; i++) {
      log.recall(askAt(i), i);
      log.answered(askAt(i), i, { answer: answerOf(i), seconds: i });
    }
    log.dispose();
    const whole = readFileSync(path);
    const rng = rngOf(1);
    for (let cut = 0; cut < 60; cut++) {
      writeFileSync(path, whole.subarray(0, rng.below(whole.length)));
      const again = openLog();
      const recalled = Array.from({ length: 6 }, (_, i) => again.recall(askAt(i), i));
      const known = recalled.filter((answer) => answer !== null).length;
      expect(recalled).toStrictEqual(
        Array.from({ length: 6 }, (_, i) => (i < known ? answerOf(i) : null)),
      );
      again.dispose();
    }
  });

  test('keeps where it was asked to finish, and not before what it has gone on from', () => {
    const log = openLog();
    log.recall(askAt(0), 0);
    log.answered(askAt(0), 0, { answer: answerOf(1), seconds: 1 });
    log.recall(askAt(1), 2);
    log.answered(askAt(1), 2, { answer: answerOf(2), seconds: 2 });
    expect(log.isFinishing(3)).toBe(false);
    log.dispose();
    // Progress at 1 was followed by an ask: whoever comes there again goes on as before.
    const again = openLog();
    expect([again.finish(1), again.isFinishing(1)]).toEqual([false, false]);
    expect([again.finish(3), again.isFinishing(2), again.isFinishing(3)]).toEqual([
      true,
      false,
      true,
    ]);
    again.dispose();
    for (const version of ['1', '2']) {
      const later = openLog(version);
      expect([later.isFinishing(1), later.isFinishing(3), later.isFinishing(9)]).toEqual([
        false,
        true,
        true,
      ]);
      later.dispose();
    }
  });

  test('refuses a program that asks something else than before', () => {
    const log = openLog();
    log.recall(askAt(1), 0);
    log.dispose();
    const again = openLog();
    expect(() => again.recall(askAt(2), 0)).toThrow(expect.objectContaining({ code: 'conflict' }));
    again.dispose();
  });

  test('of another version goes on from its last snapshot, with asks that count on', () => {
    const log = openLog('1');
    log.recall(askAt(0), 0);
    log.answered(askAt(0), 0, { answer: answerOf(5), seconds: 3 });
    log.snapshot(1, { point: [1] });
    log.recall(askAt(1), 2);
    log.dispose();
    const second = openLog('2');
    expect([second.first, second.snapshotBefore, second.begunBy, second.secondsBefore]).toEqual([
      3,
      { point: [1] },
      '1',
      3,
    ]);
    // It may ask whatever it likes: nothing of the other version is handed back.
    expect(second.recall(askAt(0), 3)).toBeNull();
    second.answered(askAt(0), 3, { answer: answerOf(6), seconds: 4 });
    second.dispose();
    const again = openLog('2');
    expect(again.recall(askAt(0), 3)).toStrictEqual(answerOf(6));
    expect([again.first, again.askedBefore, again.snapshotBefore]).toEqual([3, 1, { point: [1] }]);
    again.dispose();
    const third = openLog('3');
    expect([third.first, third.snapshotBefore]).toEqual([4, { point: [1] }]);
    third.dispose();
  });

  test('of another version without a snapshot begins anew, unless answers were bought', () => {
    for (const bought of [false, true]) {
      writeFileSync(path, '');
      const log = openLog('1', bought);
      log.recall(askAt(0), 0);
      log.dispose();
      if (bought) {
        expect(() => openLog('2', true)).toThrow(/begun by Ketbench 1 .* Ketbench 2/);
        continue;
      }
      const second = openLog('2');
      expect([second.first, second.snapshotBefore]).toEqual([1, undefined]);
      second.dispose();
    }
  });

  test('leaves large answers out, unless they were bought', () => {
    const large = answerOf(...Array.from({ length: 20_000 }, (_, i) => i));
    for (const bought of [false, true]) {
      writeFileSync(path, '');
      const log = openLog('1', bought);
      log.recall(askAt(0), 0);
      log.answered(askAt(0), 0, { answer: large, seconds: 1 });
      log.dispose();
      const again = openLog('1', bought);
      expect(again.recall(askAt(0), 0)).toStrictEqual(bought ? large : null);
      again.dispose();
    }
  });
});

/** Runs the walk of the small engine over the log; asked to finish as soon as it tells of this step. */
async function walked(finishAt: number): Promise<unknown> {
  const cancel = new CancelFlag();
  const { port1 } = new MessageChannel();
  let [seconds, result]: [number, unknown] = [0, null];
  await runJob({
    order: {
      jobId: 'walk',
      version: '1',
      spec: { ...spec, settings: { steps: 60 } },
      files: [],
      calibrations: [],
      freeBytes: 2 ** 30,
      cancel: cancel.buffer,
      folder: folder.path,
      remote: [],
      shares: [],
      engineModule: null,
    },
    engine: jobEngine,
    cancel,
    logPath: path,
    seriesFolder: join(folder.path, 'series'),
    port: port1,
    report(message) {
      if (message.kind === 'progress' && message.progress.step >= finishAt) cancel.requestFinish();
      if (message.kind === 'done') result = message.outcome.result;
      if (message.kind === 'failed') throw new Error(message.error.message);
    },
    onCommand: () => undefined,
    // Every progress is reported.
    now: () => seconds++,
  });
  port1.close();
  return result;
}

test('a finished run that was killed on its way to the end, anywhere, ends with the same bits', async () => {
  const whole = await walked(Infinity);
  writeFileSync(path, '');
  const finished = await walked(7);
  expect(finished).toMatchObject({ circuits: 8, stopped: 'finish' });
  expect(whole).toMatchObject({ circuits: 60 });
  const bytes = readFileSync(path);
  const upTo = readRecords(path).records.length;
  expect(readRecords(path).records.at(-1)).toMatchObject({ kind: 'finish' });
  // What is lost of the record itself is asked for anew; what it has gone on from before is not taken back.
  for (const cut of [bytes.length, bytes.length - 3]) {
    writeFileSync(path, bytes.subarray(0, cut));
    expect(readRecords(path).records).toHaveLength(cut === bytes.length ? upTo : upTo - 1);
    expect(await walked(cut === bytes.length ? Infinity : 0)).toEqual(finished);
  }
});

describe('a record file', () => {
  test('ends at the first record whose checksum is wrong, and goes on from there', () => {
    const file = new RecordFile(path, 0);
    for (const record of ['a', 'b', 'c']) file.append(record);
    file.dispose();
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    appendFileSync(path, 'rest');
    const { records, wholeBytes } = readRecords(path);
    expect(records).toStrictEqual(['a', 'b']);
    const again = new RecordFile(path, wholeBytes);
    again.append('d');
    again.dispose();
    expect(readRecords(path).records).toStrictEqual(['a', 'b', 'd']);
  });
});
