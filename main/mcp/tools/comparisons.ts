import { z } from 'zod';
import type { BenchmarkDocument, BenchmarkSpec } from '#shared/jobs/benchmark.ts';
import type { Said } from '../answer.ts';
import { defineTool } from '../tool.ts';

const benchmarkId = z.string();

export const runBenchmark = defineTool({
  name: 'run_benchmark',
  title: 'Compare methods',
  description:
    'Compares contenders on one problem over seeds and answers at once with an id; read_benchmark waits for the verdict. A claim of advantage needs this: with the best classical method among the contenders, and at least five seeds.',
  scope: 'act',
  input: z.strictObject({
    spec: z
      .record(z.string(), z.unknown())
      .describe(
        'A benchmark spec: {name, problem, contenders: [{label, kind: quantum|classical, algorithm, settings?}], seeds, …}.',
      ),
  }),
  async run(input, context) {
    // Checked by the handler, which tells every fault of it.
    const spec = input.spec as unknown as BenchmarkSpec;
    const { benchmarkId: id } = await context.request('benchmarks.run', { spec });
    return {
      result: { benchmarkId: id },
      uncertainty: { kind: 'unknown', note: 'It has no verdict yet.' },
      latency: { queueSeconds: null, runSeconds: null, note: 'As long as all its runs together.' },
      format: 'read_benchmark takes the id.',
      next: ['read_benchmark'],
    };
  },
});

const pollMs = 500;

export const readBenchmark = defineTool({
  name: 'read_benchmark',
  title: 'Read a comparison',
  description:
    'The verdict with its intervals (“no advantage” is one), the metrics of every contender and the warnings. Waits for so many seconds where it still runs.',
  scope: 'read',
  input: z.strictObject({ benchmarkId, waitSeconds: z.number().gte(0).lte(600).default(30) }),
  async run({ benchmarkId: id, waitSeconds }, context) {
    const end = performance.now() + 1000 * waitSeconds;
    let told = -1;
    for (;;) {
      const document = await context.request('benchmarks.get', { benchmarkId: id });
      const isOver = ['completed', 'failed', 'cancelled'].includes(document.status);
      const share = document.fraction ?? 0;
      if (share > told) await context.progress(share, document.status);
      told = share;
      if (isOver || performance.now() >= end || context.signal.aborted) {
        return standing(document, isOver);
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  },
});

function standing(document: BenchmarkDocument, isOver: boolean): Said {
  return {
    result: document,
    uncertainty: isOver
      ? {
          kind: 'statistical',
          note: 'Means over seeds with 95 % intervals; differences are paired.',
        }
      : { kind: 'unknown', note: 'It is still running.' },
    latency: isOver
      ? { queueSeconds: [0, 0], runSeconds: [0, 0], note: 'It has ended.' }
      : { queueSeconds: null, runSeconds: null, note: 'fraction says how much is done.' },
    toCome: isOver ? [0, 0] : null,
    format: 'A positive difference favours the challenger.',
    limits: document.warnings,
    next: isOver ? ['write_report'] : ['read_benchmark'],
  };
}

export const listBenchmarks = defineTool({
  name: 'list_benchmarks',
  title: 'List comparisons',
  description: 'Comparisons of the library with their verdicts.',
  scope: 'read',
  input: z.strictObject({}),
  async run(_input, context) {
    return {
      result: await context.request('benchmarks.list', {}),
      format: 'Newest last.',
      next: ['read_benchmark'],
    };
  },
});
