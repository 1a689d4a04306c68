import { filesNamed, filesOfProblem } from '#shared/problems/problem.ts';
import { algorithmById } from '../algorithms/registry.ts';
import { engineCatalog } from './catalog.ts';
import { dryRun } from './dry-run.ts';
import type { JobEngine } from './prepared.ts';
import { prepareJob } from './prepare.ts';
import { memberParameters, validateSpec } from './validate.ts';

/** The door of the engine for the job machinery. */
export const jobEngine: JobEngine = {
  validate: validateSpec,
  filesOf: ({ problem, algorithm, settings }) => [
    ...filesOfProblem(problem),
    ...filesNamed(algorithmById(algorithm)?.parameters ?? [], settings, memberParameters),
  ],
  load: async ({ algorithm }) => algorithmById(algorithm)?.load?.(),
  prepare: prepareJob,
  dryRun,
  catalog: engineCatalog,
};
