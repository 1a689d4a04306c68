import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Problem, ProblemKind } from '#shared/jobs/problem.ts';
import type { JobFiles, JobOutcome } from '../jobs/prepared.ts';
import type { Program, Usage } from '../programs/program.ts';

/** What a run is given; the answerer decides where circuits run. */
export interface AlgorithmInput {
  readonly problem: Problem;
  readonly files: JobFiles;
  /** Checked against `parameters`, defaults filled in. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Null: answers are exact. */
  readonly shots: number | null;
  /** What the answerer has run so far. */
  readonly usage: () => Usage;
}

/** A method that jobs can name. One file and one line in the registry each. */
export interface Algorithm {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly kind: 'quantum' | 'classical';
  readonly problems: readonly ProblemKind[];
  readonly parameters: readonly ParameterDescriptor[];
  /** False: it computes inside a library that cannot be interrupted. */
  readonly canPause: boolean;
  readonly run: (input: AlgorithmInput) => Program<JobOutcome>;
}
