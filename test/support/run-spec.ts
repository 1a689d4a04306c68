import { resolve } from 'node:path';
import { CancelFlag } from '#shared/base/cancel.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import type { JobFile, JobOutcome } from '#engine/jobs/prepared.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { Progress } from '#engine/programs/program.ts';
import { tableFile } from '#test/support/csv.ts';

/** Validates and runs a spec in this thread; data sets are paths below `folder`. */
export function runSpec(
  input: unknown,
  folder = '.',
  onProgress: (progress: Progress) => void = () => undefined,
): JobOutcome {
  const spec = jobEngine.validate(input);
  if (!spec.ok) throw new Error(JSON.stringify(spec.error));
  const files = new Map<string, JobFile>(
    jobEngine.filesOf(spec.value).map(({ name }) => [name, tableFile(resolve(folder, name))]),
  );
  const job = jobEngine.prepare(spec.value, files, 2 ** 32);
  const { answerer } = job;
  const watched: typeof answerer = {
    answer: (ask, context) => {
      if (ask.kind === 'progress') onProgress(ask.progress);
      return answerer.answer(ask, context);
    },
    dispose: () => answerer.dispose(),
  };
  try {
    return driveNow(job.program, watched, { seed: spec.value.seed, cancel: new CancelFlag() });
  } finally {
    answerer.dispose();
  }
}
