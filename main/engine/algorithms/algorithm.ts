import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Problem, ProblemKind } from '#shared/jobs/problem.ts';
import type { JobFiles, JobOutcome } from '../jobs/prepared.ts';
import type { AskKind, Program, QuestionKind, Usage } from '../programs/program.ts';

/** What a run is given; the answerer decides where circuits run. */
export interface AlgorithmInput {
  readonly problem: Problem;
  readonly files: JobFiles;
  /** Checked against `parameters`, defaults filled in. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Null: answers are exact. */
  readonly shots: number | null;
  /** What the backend answers by itself; everything else that a program asks is lowered to it. */
  readonly answers: ReadonlySet<AskKind>;
  /** Where an earlier run of the same spec got to, as it told in a `snapshot`; absent at first. */
  readonly snapshot?: unknown;
  /** What the backend has run so far. */
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
  /** Questions that its program asks under these settings (`samples` also where it takes probabilities); none: it is classical. */
  readonly asks: (settings: Readonly<Record<string, unknown>>) => readonly QuestionKind[];
  readonly run: (input: AlgorithmInput) => Program<JobOutcome>;
}
