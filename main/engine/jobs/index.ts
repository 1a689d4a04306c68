import { filesOfProblem } from '#shared/problems/problem.ts';
import { dryRun } from './dry-run.ts';
import { engineCatalog } from './catalog.ts';
import type { JobEngine } from './prepared.ts';
import { prepareJob } from './prepare.ts';
import { validateSpec } from './validate.ts';

/** The door of the engine for the job machinery. */
export const jobEngine: JobEngine = {
  validate: validateSpec,
  filesOf: (spec) => filesOfProblem(spec.problem),
  prepare: prepareJob,
  dryRun,
  catalog: engineCatalog,
};
