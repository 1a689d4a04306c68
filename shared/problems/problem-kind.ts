import type { Objective } from './objective.ts';
import type { ParameterDescriptor } from '../catalog/parameter.ts';
import type { ValuesOf } from '../catalog/values.ts';
import type { Offer } from './view.ts';
import type { Example } from './example.ts';

/** A checked problem of any kind; its kind's fields stand beside `kind`. */
export interface Problem {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** What is wrong between fields that are each well formed; `path` counts from the problem. */
export interface ProblemFault {
  readonly path: string;
  readonly message: string;
}

/** A kind of problem that jobs may carry (CONTRACT §4). One file and one line in the registry each. */
export interface ProblemKind {
  readonly kind: string;
  readonly title: string;
  readonly summary: string;
  /** Schema, form, files and REST description derive from these. */
  readonly fields: readonly ParameterDescriptor[];
  /** Every fault between the fields, e.g. an edge to a node that is not there. */
  readonly faults: (problem: Problem) => readonly ProblemFault[];
  /** Whether the problem's own objective is made small or large; null where it has none. */
  readonly aim: (problem: Problem) => Objective | null;
  readonly views: readonly Offer[];
  readonly example: Example;
  readonly start: Start;
}

/** What a form begins with where a kind is about a table: a size that a laptop answers in seconds. */
export interface Start {
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Settings that suit the kind, for every algorithm that has them. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The kind that a form shows to somebody who has chosen none. */
  readonly isFirst?: boolean;
}

/** A kind as it is written down: its functions know the type that its fields describe. */
interface Definition<F extends readonly ParameterDescriptor[]> {
  readonly kind: string;
  readonly title: string;
  readonly summary: string;
  readonly fields: F;
  readonly faults?: (problem: ValuesOf<F>) => readonly ProblemFault[];
  readonly aim?: (problem: ValuesOf<F>) => Objective | null;
  readonly views: readonly Offer[];
  readonly example: Example;
  readonly start?: Start;
}

/** A member of the registry from its description. */
export function defineProblem<const F extends readonly ParameterDescriptor[]>({
  faults = () => [],
  aim,
  start = {},
  ...definition
}: Definition<F>): ProblemKind {
  return {
    ...definition,
    start,
    // Problems reach a kind's functions only after the schema of its fields has passed them.
    faults: (problem) => faults(problem as unknown as ValuesOf<F>),
    aim: (problem) => aim?.(problem as unknown as ValuesOf<F>) ?? null,
  };
}
