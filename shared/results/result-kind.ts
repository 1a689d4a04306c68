import type { z } from 'zod';
import type { Metric, ResultMetric } from './metric.ts';
import type { Reading } from './reading.ts';

/** What a kind of result is and how it is read. One file and one line in the registry each. */
export interface ResultKind<R = unknown> {
  readonly kind: string;
  readonly title: string;
  readonly summary: string;
  /** Every field beside `kind`. Fields of a later version are passed over. */
  readonly schema: z.ZodType<R>;
  /** The names of those fields. */
  readonly fields: readonly string[];
  /** How runs are compared; the first that all contenders have decides. Like `read`, they take what the schema has passed. */
  readonly metrics: readonly ResultMetric<unknown>[];
  /** What is watched while such a result is made. */
  readonly live: readonly Metric[];
  readonly read: (result: unknown) => Reading;
  /** Whether it holds an optimum; null where that is not known. */
  readonly isSolved: (result: unknown) => boolean | null;
}

/** A kind as it is written down: its functions know the type that its schema gives. */
interface Definition<S extends z.core.$ZodLooseShape, R> {
  readonly kind: string;
  readonly title: string;
  readonly summary: string;
  readonly schema: z.ZodObject<S>;
  readonly metrics: readonly ResultMetric<R>[];
  readonly live: readonly Metric[];
  readonly read: (result: R) => Reading;
  readonly isSolved?: (result: R) => boolean | null;
}

/** A member of the registry from its description. */
export function defineResult<S extends z.core.$ZodLooseShape>({
  metrics,
  read,
  isSolved = () => null,
  ...definition
}: Definition<S, z.output<z.ZodObject<S>>>): ResultKind<z.output<z.ZodObject<S>>> {
  type R = z.output<z.ZodObject<S>>;
  return {
    ...definition,
    fields: Object.keys(definition.schema.shape),
    // Results reach these only after the schema has passed them.
    metrics: metrics.map((metric) => ({ ...metric, of: (result) => metric.of(result as R) })),
    read: (result) => read(result as R),
    isSolved: (result) => isSolved(result as R),
  };
}
