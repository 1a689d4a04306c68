import { resolve } from 'node:path';
import { CancelFlag } from '#shared/base/cancel.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import type { JobFile, JobOutcome } from '#engine/jobs/prepared.ts';
import { driveNow } from '#engine/programs/drive.ts';
import { jobFileOf } from '#main/jobs/job-file.ts';
import { tableFile } from '#test/support/csv.ts';

/** Validates and runs a spec in this thread; data sets are paths below `folder`. */
export function runSpec(input: unknown, folder = '.'): JobOutcome {
  return runWith(input, (name) => tableFile(resolve(folder, name)));
}

/** Runs a spec on a CSV text, whatever name the spec has for it. */
export function runText(input: unknown, csv: string): JobOutcome {
  return runWith(input, (name) => jobFileOf(name, { kind: 'table', text: csv, hash: '' }));
}

function runWith(input: unknown, fileOf: (name: string) => JobFile): JobOutcome {
  const spec = jobEngine.validate(input);
  if (!spec.ok) throw new Error(JSON.stringify(spec.error));
  const files = new Map(
    jobEngine.filesOf(spec.value).map(({ name }) => [name, fileOf(name)] as const),
  );
  const job = jobEngine.prepare(spec.value, files, 2 ** 32);
  try {
    return driveNow(job.program, job.answerer, { seed: spec.value.seed, cancel: new CancelFlag() });
  } finally {
    job.answerer.dispose();
  }
}
