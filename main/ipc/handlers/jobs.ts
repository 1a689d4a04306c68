import { aimOf } from '#shared/problems/problem.ts';
import { readingOf } from '#shared/results/result.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Everything that can be done with jobs. */
export function createJobHandlers({ jobs, forecaster, engine }: App): HandlersOf<'jobs'> {
  return {
    'jobs.submit': ({ spec, priority }) => jobs.submit(spec, priority),
    'jobs.validate': ({ spec }, signal) => forecaster.validate(spec, signal),
    'jobs.list': (filter) => jobs.list(filter),
    'jobs.get': ({ jobId }) => jobs.document(jobId),
    'jobs.reading': async ({ jobId }) => {
      const [{ result }, spec] = await Promise.all([jobs.document(jobId), jobs.spec(jobId)]);
      const { results, problems } = engine.members;
      return { reading: readingOf(results, result), objective: aimOf(problems, spec) };
    },
    'jobs.spec': async ({ jobId }) => ({ spec: await jobs.spec(jobId) }),
    'jobs.pause': ({ jobId }) => jobs.pause(jobId),
    'jobs.resume': ({ jobId }) => jobs.resume(jobId),
    'jobs.finish': ({ jobId }) => jobs.finish(jobId),
    'jobs.cancel': ({ jobId }) => jobs.cancel(jobId),
    'jobs.remove': async ({ jobId }) => {
      await jobs.remove(jobId);
      return { ok: true };
    },
    'jobs.log': ({ jobId }) => jobs.log(jobId),
  };
}

/** Runs as rows and curves, for tables and charts of many. */
export function createRunHandlers({ jobs }: App): HandlersOf<'runs'> {
  return {
    'runs.curves': ({ runs, ...window }) => runs.flatMap((run) => jobs.curves(run, window)),
    'runs.query': ({ columns, ...filter }) => {
      const { jobs: found, next } = jobs.list(filter);
      return { columns, rows: found.map((job) => columns.map((column) => job[column])), next };
    },
  };
}
