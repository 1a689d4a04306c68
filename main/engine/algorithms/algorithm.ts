import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import type { ProblemKind } from '#shared/problems/problem-kind.ts';
import type { View } from '#shared/problems/view.ts';
import { gives, look, type Posed } from '#shared/problems/views.ts';
import { AppError } from '#shared/base/errors.ts';
import type { Steps } from '#shared/results/curve.ts';
import type { ResultKind } from '#shared/results/result-kind.ts';
import type { JobOutcome } from '../programs/outcome.ts';
import type { TrainedModel } from '#shared/models/kept-model.ts';
import type { Parts, Teaching } from '../parts.ts';
import type { Finish } from '../programs/finish.ts';
import type { AskKind, Program, QuestionKind, Usage } from '../programs/program.ts';

/** What a run is given; the answerer decides where circuits run. */
export interface AlgorithmInput extends Posed {
  /** What `settings` may name. */
  readonly parts: Parts;
  /** How an algorithm learns; null where it does not or is not there. */
  readonly learners: (algorithm: string) => Teaching | null;
  /** Checked against `parameters`, defaults filled in. */
  readonly settings: Settings;
  readonly seed: number;
  /** Null: answers are exact. */
  readonly shots: number | null;
  /** The one machine whose noise its circuits meet here; null: none, several, or one elsewhere. */
  readonly device: DeviceRecord | null;
  /** What the backend answers by itself; everything else that a program asks is lowered to it. */
  readonly answers: ReadonlySet<AskKind>;
  /** Where an earlier run of the same spec got to, as it told in a `snapshot`; absent at first. */
  readonly snapshot?: unknown;
  /** What the backend has run so far. */
  readonly usage: () => Usage;
  /** Whether the run was asked to finish where it is. */
  readonly finish: Finish;
}

/** The input of a run with its problem looked at in the way that the algorithm takes. */
export interface ViewInput<V> extends AlgorithmInput {
  readonly view: V;
}

export type Settings = Readonly<Record<string, unknown>>;

/** What a run holds at once, for forecasts. */
export interface Needs {
  /** Bytes of tables of the method's own, wherever its circuits run. */
  readonly ownBytes: number;
  /** Qubits of the widest circuit that it asks about; null: it asks about none one by one. */
  readonly qubits: number | null;
  /** Bytes of answers and states that are kept beside, where circuits are simulated here. */
  readonly answerBytes: number;
}

/** One view that an algorithm takes, and what it does with it. */
export interface Way {
  readonly view: View<unknown>;
  readonly result: ResultKind;
  readonly needs: (posed: Posed, settings: Settings) => Needs;
  readonly run: (input: AlgorithmInput) => Program<JobOutcome>;
}

/** A method that jobs can name. One file and one line in the registry each. */
export interface Algorithm extends Head {
  /** The first that a problem gives is the one that runs. */
  readonly ways: readonly Way[];
  readonly run: (input: AlgorithmInput) => Program<JobOutcome>;
}

interface Head {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Who published it, and where. */
  readonly source?: string;
  /** What it reaches, where that is not only a matter of memory. */
  readonly limits?: string;
  readonly kind: 'quantum' | 'classical';
  readonly parameters: readonly ParameterDescriptor[];
  /** What is wrong between settings that are each well formed; `path` counts from the settings. */
  readonly fault?: (
    settings: Settings,
  ) => { readonly path: string; readonly message: string } | null;
  /** Offered before the others of its kind that take the same view. */
  readonly isUsual?: boolean;
  /** False: it computes inside a library that cannot be interrupted. */
  readonly canPause: boolean;
  /**
   * True: where an answer to its progress asks it to finish, it stops there and makes a result of what it has.
   * Absent: it has none before its last step.
   */
  readonly canFinish?: boolean;
  /** Starts a library that its run needs and that takes a moment; awaited before the run. */
  readonly load?: () => Promise<void>;
  /** How far its answer on a small example may lie from the known one under its standard settings; absent: rounding. */
  readonly accuracy?: number;
  /** What its curves count. */
  readonly steps: Steps;
  /** Of one whose models can be kept. */
  readonly teaches?: Teaching;
  /** Questions that its program asks under these settings (`samples` also where it takes probabilities); none: it is classical. */
  readonly asks: (settings: Settings, parts: Parts) => readonly QuestionKind[];
}

interface Taking<V, R> {
  readonly takes: View<V>;
  readonly result: ResultKind<R>;
  readonly needs: (view: V, settings: Settings) => Needs;
  readonly run: (input: ViewInput<V>) => Program<Outcome<NoInfer<R>>>;
}

/** A result without its kind, and what is to be told with it. */
export interface Outcome<R> {
  readonly result: R;
  readonly warnings: readonly string[];
  /** What it learned, to be kept. */
  readonly model?: TrainedModel;
}

/** An algorithm that takes one view; every problem that gives it can be solved. */
export function defineAlgorithm<V, R>({
  takes,
  result,
  needs,
  run,
  ...head
}: Head & Taking<V, R>): Algorithm {
  return algorithmOf(head, [wayOf({ takes, result, needs, run })]);
}

/** An algorithm that takes several views, each in a way of its own. */
export function algorithmOf(head: Head, ways: readonly Way[]): Algorithm {
  const algorithm = { ...head, ways };
  return { ...algorithm, run: (input) => wayFor(algorithm, input.kind).run(input) };
}

/** The way for a view. What its making has to tell is told with the result. */
export function wayOf<V, R>({ takes, result, needs, run }: Taking<V, R>): Way {
  return {
    view: takes,
    result,
    needs: (posed, settings) => needs(look(takes, posed).value, settings),
    *run(input) {
      const { value, warnings } = look(takes, input);
      const outcome = yield* run({ ...input, view: value });
      return {
        result: { kind: result.kind, ...outcome.result },
        warnings: [...outcome.warnings, ...warnings],
        ...(outcome.model === undefined ? {} : { model: outcome.model }),
      };
    },
  };
}

/** The way in which an algorithm takes problems of a kind. */
export function wayFor({ id, ways }: Pick<Algorithm, 'id' | 'ways'>, kind: ProblemKind): Way {
  const found = ways.find(({ view }) => gives(kind, view));
  if (found !== undefined) return found;
  throw new AppError('bad-input', `“${id}” solves no “${kind.kind}” problems.`, {
    path: 'problem.kind',
  });
}

/** Those of the kinds of problems that an algorithm solves. */
export function kindsTaken(
  { ways }: Pick<Algorithm, 'ways'>,
  kinds: readonly ProblemKind[],
): readonly ProblemKind[] {
  return kinds.filter((kind) => ways.some(({ view }) => gives(kind, view)));
}
