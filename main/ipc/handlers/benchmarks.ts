import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Comparisons of methods on one problem. */
export function createBenchmarkHandlers({ benchmarks }: App): HandlersOf<'benchmarks'> {
  return {
    'benchmarks.run': ({ spec }) => benchmarks.run(spec),
    'benchmarks.list': () =>
      benchmarks.list().map(({ benchmarkId, name, status, fraction, verdict, executedAt }) => ({
        benchmarkId,
        name,
        status,
        fraction,
        verdict,
        executedAt,
      })),
    'benchmarks.get': ({ benchmarkId }) => benchmarks.document(benchmarkId),
    'benchmarks.resume': ({ benchmarkId }) => {
      benchmarks.resume(benchmarkId);
      return { ok: true };
    },
    'benchmarks.cancel': async ({ benchmarkId }) => {
      await benchmarks.cancel(benchmarkId);
      return { ok: true };
    },
    'benchmarks.rename': async ({ benchmarkId, name }) => {
      await benchmarks.rename(benchmarkId, name);
      return { ok: true };
    },
    'benchmarks.remove': async ({ benchmarkId }) => {
      await benchmarks.remove(benchmarkId);
      return { ok: true };
    },
  };
}
