import { z } from 'zod';
import { formatNumber } from '#renderer/lib/format.ts';
import { type LearnerResult, learnerSchema } from './learner.ts';

const optional = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined);

const anglesSchema = z.record(z.string(), z.array(z.number()));

export type Angles = z.infer<typeof anglesSchema>;

const optimisationSchema = z.object({
  best: z.object({
    x: z.array(z.number()),
    bits: z.string(),
    value: z.number(),
    feasible: z.boolean(),
    labels: z.array(z.string()).optional(),
  }),
  exact: z.object({ value: z.number() }).optional(),
  approximationRatio: optional,
  feasibleProbability: optional,
  optimumProbability: optional,
  samples: z.array(z.object({ bits: z.string(), probability: z.number() })).default([]),
  expectation: optional,
  parameters: anglesSchema.optional(),
  optimizer: z.object({ converged: z.boolean(), iterations: z.number() }).optional(),
});

const countsSchema = z.object({ counts: z.record(z.string(), z.number()) });

const observablesSchema = z.object({
  observables: z.array(
    z.object({
      observable: z.string(),
      raw: z.object({ value: z.number().nullable(), stderr: z.number().nullable() }),
      mitigated: z
        .object({ value: z.number().nullable(), stderr: z.number().nullable() })
        .optional(),
    }),
  ),
});

export type OptimisationResult = z.infer<typeof optimisationSchema>;

/** What can be drawn of a result; anything else is listed figure by figure. */
export type ResultView =
  | { readonly kind: 'optimisation'; readonly result: OptimisationResult }
  | { readonly kind: 'learner'; readonly result: LearnerResult }
  | { readonly kind: 'counts'; readonly counts: Readonly<Record<string, number>> }
  | {
      readonly kind: 'observables';
      readonly rows: readonly {
        readonly observable: string;
        readonly value: number | null;
        readonly stderr: number | null;
      }[];
    }
  | { readonly kind: 'other' };

/** Recognises a result by its shape (CONTRACT §4). */
export function readResult(result: unknown): ResultView {
  const optimisation = optimisationSchema.safeParse(result);
  if (optimisation.success) return { kind: 'optimisation', result: optimisation.data };
  const learner = learnerSchema.safeParse(result);
  if (learner.success) return { kind: 'learner', result: learner.data };
  const counts = countsSchema.safeParse(result);
  if (counts.success) return { kind: 'counts', counts: counts.data.counts };
  const observables = observablesSchema.safeParse(result);
  if (observables.success) {
    const rows = observables.data.observables.map(({ observable, raw, mitigated }) => ({
      observable: mitigated === undefined ? observable : `${observable} (mitigated)`,
      ...(mitigated ?? raw),
    }));
    return { kind: 'observables', rows };
  }
  return { kind: 'other' };
}

const soFarSchema = z.object({ parameters: anglesSchema, value: z.number() });

/** What a variational run had reached when it was stopped; null where it left nothing. */
export function soFarOf(details: unknown): z.infer<typeof soFarSchema> | null {
  const found = z.object({ soFar: soFarSchema }).safeParse(details);
  return found.success ? found.data.soFar : null;
}

/** Whether an optimiser ended before it had converged; false where a result says nothing of one. */
export function stoppedEarly(result: unknown): boolean {
  const found = z.object({ optimizer: z.object({ converged: z.boolean() }) }).safeParse(result);
  return found.success && !found.data.optimizer.converged;
}

const deepest = 3;

/** Every number, word and truth value of a result with its path; lists are left out. */
export function scalarsOf(
  value: unknown,
  path = '',
  depth = 0,
): readonly (readonly [string, string])[] {
  if (typeof value === 'number') return [[path, formatNumber(value, 8)]];
  if (typeof value === 'string' || typeof value === 'boolean') return [[path, String(value)]];
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth >= deepest) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    scalarsOf(inner, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}
