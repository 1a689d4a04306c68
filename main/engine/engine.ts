import { AppError } from '#shared/base/errors.ts';
import { jobSpecSchemaFor } from '#shared/jobs/job.ts';
import { filesNamed, filesOfProblem, kindOf } from '#shared/problems/problem.ts';
import { evaluateBenchmark } from './benchmarks/evaluate.ts';
import { engineCatalog } from './jobs/catalog.ts';
import { dryRun } from './jobs/dry-run.ts';
import type { JobEngine } from './jobs/prepared.ts';
import { prepareJob } from './jobs/prepare.ts';
import { memberParameters, validateSpec } from './jobs/validate.ts';
import { builtIn, type Members } from './members.ts';

/**
 * The one door of the engine: everything that it can do follows from its members. Two members of one
 * kind with the same id are `bad-input`.
 */
export function createEngine({
  members = builtIn,
}: {
  readonly members?: Members;
} = {}): JobEngine {
  requireOwnIds(members);
  const schema = jobSpecSchemaFor(members.problems);
  return {
    members,
    validate: (input) => validateSpec(members, schema, input),
    filesOf: ({ problem, algorithm, settings }) => [
      ...filesOfProblem(kindOf(members.problems, problem), problem),
      ...filesNamed(
        members.algorithms.find(({ id }) => id === algorithm)?.parameters ?? [],
        settings,
        memberParameters(members),
      ),
    ],
    load: async ({ algorithm }) => members.algorithms.find(({ id }) => id === algorithm)?.load?.(),
    prepare: (spec, files, room) => prepareJob(members, spec, files, room),
    dryRun,
    catalog: (kind) => engineCatalog(members, kind),
    evaluate: (spec, runs) => evaluateBenchmark(spec, runs, members.results),
  };
}

function requireOwnIds(members: Members): void {
  for (const [kind, list] of Object.entries(members)) {
    const ids = (list as readonly { readonly id?: string; readonly kind?: string }[]).map(
      ({ id, kind: named }) => id ?? named,
    );
    const twice = ids.find((id, k) => ids.indexOf(id) !== k);
    if (twice === undefined) continue;
    throw new AppError('bad-input', `There are two ${kind} “${twice}”; give each its own name.`, {
      kind,
      id: twice,
    });
  }
}
