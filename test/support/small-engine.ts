import { AppError } from '#shared/base/errors.ts';
import { failure, success } from '#shared/base/result.ts';
import { rngOf } from '#shared/base/rng.ts';
import { emptyCircuit } from '#shared/circuit/circuit.ts';
import { filesOfProblem, kindOf } from '#shared/problems/problem.ts';
import { jobSpecSchemaFor } from '#shared/jobs/job.ts';
import { builtIn } from '#engine/members.ts';
import type { JobEngine, PreparedJob } from '#engine/jobs/prepared.ts';
import type { JobOutcome } from '#engine/programs/outcome.ts';
import { type Answer, type Answerer, done, type Program } from '#engine/programs/program.ts';

const noUsage = { circuits: 0, shots: 0, gates: 0, qubits: 0 };

/**
 * An engine for tests of the machinery around it. `walk` asks `steps` times, each taking `stepMs` of
 * computing, and sums what it is told; `stuck` never looks up; `crash` ends its thread; those of
 * `hoards` take memory without end.
 */
export const jobEngine: JobEngine = {
  validate(input) {
    const parsed = jobSpecSchemaFor(builtIn.problems).safeParse(input);
    if (!parsed.success) {
      return failure(
        parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      );
    }
    const known = ['walk', 'stuck', 'crash', ...Object.keys(hoards)].includes(
      parsed.data.algorithm,
    );
    if (!known) return failure([{ path: 'algorithm', message: 'There is no such algorithm.' }]);
    return success(parsed.data);
  },
  members: builtIn,
  filesOf: ({ problem }) => filesOfProblem(kindOf(builtIn.problems, problem), problem),
  load: () => Promise.resolve(),
  prepare(spec, files, { freeBytes, elsewhere }): PreparedJob {
    const answerer =
      spec.backend === 'machine'
        ? (elsewhere?.('machine') ?? null)
        : new DrawingAnswerer(Number(spec.settings.stepMs ?? 0));
    if (freeBytes < 1000) {
      throw new AppError('too-large', 'Too large.', { needed: 1000, available: freeBytes });
    }
    return {
      program: programOf(spec.algorithm, Number(spec.settings.steps ?? 10)),
      answerer,
      canPause: spec.algorithm !== 'stuck',
      canFinish: spec.algorithm === 'walk',
      provenance: { files: [...files.keys()] },
      memoryBytes: 1000,
      usage: () => noUsage,
    };
  },
  dryRun: () => ({ usage: noUsage, isWhole: true, work: null }),
  catalog: () => [],
  /** Compares nothing: tells only that it was called. */
  evaluate() {
    const verdict = { verdict: 'no advantage shown' as const, text: 'No advantage shown.' };
    return { metrics: [], comparisons: [], tests: [], runs: [], verdict, warnings: [] };
  },
};

function programOf(algorithm: string, steps: number): Program<JobOutcome> {
  switch (algorithm) {
    case 'stuck':
      return stuck();
    case 'crash':
      return crash();
    default:
      return algorithm in hoards ? hoard(hoards[algorithm as keyof typeof hoards]) : walk(steps);
  }
}

function* walk(steps: number): Program<JobOutcome> {
  yield { kind: 'define', key: 'c', circuit: emptyCircuit, observables: [] };
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const answer = yield {
      kind: 'expectations',
      key: 'c',
      items: 1,
      bindings: Float64Array.of(sum),
      observables: [0],
    };
    if (answer.kind === 'expectations') sum += answer.values[0] ?? NaN;
    const told = yield {
      kind: 'progress',
      progress: {
        fraction: (step + 1) / steps,
        message: `step ${step + 1} of ${steps}`,
        step,
        metrics: { sum },
      },
    };
    if (told.kind === 'finish') {
      return { result: { sum, circuits: step + 1, stopped: 'finish' }, warnings: [] };
    }
  }
  return { result: { sum, circuits: steps, shots: 10 * steps, odd: NaN }, warnings: [] };
}

function* stuck(): Program<JobOutcome> {
  const forever = performance.now() + 60_000;
  while (performance.now() < forever);
  yield { kind: 'snapshot', state: null };
  return { result: null, warnings: [] };
}

function* crash(): Program<JobOutcome> {
  yield { kind: 'snapshot', state: null };
  process.exit(7);
}

/** Ways of filling a heap: by little, by one array or map that doubles, and beside it. */
export const hoards = {
  'hoard of strings'(): void {
    const kept: string[][] = [];
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => `${kept.length} ${i}`));
  },
  'hoard in an array'(): void {
    const kept: number[] = [];
    for (;;) kept.push(kept.length + 0.5);
  },
  'hoard in a map'(): void {
    const kept = Array.from({ length: 100 }, () => new Map<number, number>());
    for (let key = 0; ; key++) kept[Math.floor(key / 1e7)]?.set(key, key);
  },
  'hoard of large texts'(): void {
    const kept: string[] = [];
    // Reading a character makes one flat text of it.
    for (;;) if (kept.push('x'.repeat(1e7) + kept.length) > 0) kept.at(-1)?.charCodeAt(0);
  },
  'hoard of typed arrays'(): void {
    const kept: Float64Array[] = [];
    for (;;) kept.push(new Float64Array(10_000));
  },
} as const;

function* hoard(take: () => void): Program<JobOutcome> {
  yield { kind: 'snapshot', state: null };
  take();
  throw new AppError('internal', 'There was no end to the memory.');
}

class DrawingAnswerer implements Answerer {
  readonly #stepMs: number;
  #defined = false;

  constructor(stepMs: number) {
    this.#stepMs = stepMs;
  }

  answer(
    ask: Parameters<Answerer['answer']>[0],
    { seed, askIndex }: Parameters<Answerer['answer']>[1],
  ): Answer {
    if (ask.kind === 'define') this.#defined = true;
    if (ask.kind !== 'expectations') return done;
    if (!this.#defined) throw new AppError('internal', 'The circuit was not defined.');
    const until = performance.now() + this.#stepMs;
    while (performance.now() < until);
    const value = rngOf(seed, askIndex).normal() + Math.sin(ask.bindings[0] ?? 0);
    return {
      kind: 'expectations',
      values: Float64Array.of(value),
      stderrs: Float64Array.of(0),
    };
  }

  dispose(): void {
    this.#defined = false;
  }
}
