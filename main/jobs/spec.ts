import { AppError } from '#shared/base/errors.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { JobEngine } from '#engine/jobs/prepared.ts';
import type { Backends } from '../hardware/backend.ts';
import type { RawFile } from './job-protocol.ts';
import type { DataSets } from '../storage/data-sets.ts';

/** The spec with its defaults; throws every fault at once, those of its backend after the engine's. */
export function checkSpec(engine: JobEngine, backends: Backends, input: unknown): JobSpec {
  const checked = engine.validate(input);
  const problems = checked.ok ? backends.problemsOf(checked.value) : checked.error;
  if (checked.ok && problems.length === 0) return checked.value;
  const list = problems
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  throw new AppError('bad-input', `The job spec was not accepted: ${list.replace(/\.$/, '')}.`, {
    errors: problems,
  });
}

/** Everything that a spec names, from the library; throws where something is not there. */
export function loadFiles(
  engine: JobEngine,
  dataSets: DataSets,
  spec: JobSpec,
): Promise<[string, RawFile][]> {
  const needs = engine.filesOf(spec);
  return Promise.all(
    needs.map(async (need): Promise<[string, RawFile]> => [need.name, await dataSets.load(need)]),
  );
}
