import { resolve } from 'node:path';
import type { ProblemKind } from '#shared/problems/problem-kind.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { algorithms } from '#engine/algorithms/registry.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import type { JobFile } from '#engine/jobs/prepared.ts';
import type { JobOutcome } from '#engine/programs/outcome.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { Answerer, Progress } from '#engine/programs/program.ts';
import { jobFileOf } from '#main/jobs/job-file.ts';
import { jobFileOfExample } from '#test/support/example-files.ts';
import { tableFile } from '#test/support/csv.ts';

// Specs are run at once here, so every library is there before the first.
await Promise.all(algorithms.map(async ({ load }) => load?.()));

/** Sees progress; `finish` asks the run to end there. */
type Watch = (progress: Progress) => unknown;
const unwatched: Watch = () => undefined;

/** Validates and runs a spec in this thread; data sets are paths below `folder`. */
export function runSpec(input: unknown, folder = '.', onProgress = unwatched): JobOutcome {
  return runWith(input, (name) => tableFile(resolve(folder, name)), onProgress);
}

/** Runs a spec on the problem of an example. */
export function runExample(
  { kind, example }: Pick<ProblemKind, 'kind' | 'example'>,
  spec: object,
  onProgress = unwatched,
): JobOutcome {
  const { problem } = example;
  const fileOf = (name: string) => jobFileOfExample(example, name);
  return runWith({ ...spec, problem: { kind, ...problem } }, fileOf, onProgress);
}

/** Runs a spec on a CSV text, whatever name the spec has for it; `texts` holds models and other texts by name. */
export function runText(
  input: unknown,
  csv: string,
  texts: Readonly<Record<string, string>> = {},
): JobOutcome {
  const fileOf = (name: string) => {
    const written = texts[name];
    return written === undefined
      ? jobFileOf(name, { kind: 'table', text: csv, hash: '' })
      : jobFileOf(name, { kind: 'text', text: written, hash: '' });
  };
  return runWith(input, fileOf, unwatched);
}

function runWith(input: unknown, fileOf: (name: string) => JobFile, onProgress: Watch): JobOutcome {
  const spec = jobEngine.validate(input);
  if (!spec.ok) throw new Error(JSON.stringify(spec.error));
  const files = new Map(
    jobEngine.filesOf(spec.value).map(({ name }) => [name, fileOf(name)] as const),
  );
  const job = jobEngine.prepare(spec.value, files, { freeBytes: 2 ** 32 });
  const { answerer } = job;
  if (answerer === null) throw new Error('this spec runs elsewhere');
  const watched: Answerer = {
    answer: (ask, context) => {
      if (ask.kind === 'progress' && onProgress(ask.progress) === 'finish') {
        return { kind: 'finish' };
      }
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
