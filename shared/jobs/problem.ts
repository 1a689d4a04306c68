import { z } from 'zod';
import { nodesSchema } from './sizes.ts';

const weight = z.number();
const index = z.int().gte(0);
const edge = z.union([z.tuple([index, index]), z.tuple([index, index, weight])]);
const coupling = z.tuple([index, index, weight]);

/** Every kind of problem a job may carry (CONTRACT §4). A CSV is a path or the id of a data set. */
export const problemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('circuit'),
    qasm: z.string().optional(),
    file: z.string().optional(),
    inputs: z.record(z.string(), z.number()).optional(),
    observables: z.array(z.string()).optional(),
  }),
  z.strictObject({
    kind: z.literal('portfolio'),
    prices: z.string(),
    assets: z.array(z.string()).min(1).optional(),
    rows: z.tuple([index, index]).optional(),
    riskAversion: z.number().gte(0),
    budget: z.int().gte(1),
  }),
  z.strictObject({
    kind: z.literal('qubo'),
    linear: z.array(weight).min(1),
    quadratic: z.array(coupling).default([]),
    constant: z.number().default(0),
    sense: z.enum(['min', 'max']).default('min'),
  }),
  z.strictObject({
    kind: z.literal('ising'),
    h: z.array(weight).min(1),
    J: z.array(coupling).default([]),
    offset: z.number().default(0),
  }),
  z.strictObject({
    kind: z.literal('maxcut'),
    nodes: nodesSchema,
    edges: z.array(edge),
  }),
  z.strictObject({
    kind: z.literal('classification'),
    data: z.string(),
    target: z.string(),
    features: z.array(z.string()).min(1).optional(),
    /** Rows used, drawn by the split's seed and stratified by class; absent = all. */
    sampleSize: z.int().gte(10).lte(10_000_000).optional(),
    positiveClass: z.string().optional(),
    split: z
      .strictObject({
        kind: z.enum(['stratified-folds', 'holdout']),
        folds: z.int().gte(2).lte(20).optional(),
        testFraction: z.number().gt(0).lt(1).optional(),
        seed: z.int().gte(0).optional(),
      })
      .default({ kind: 'stratified-folds', folds: 5, seed: 0 }),
  }),
]);

export type Problem = z.infer<typeof problemSchema>;
export type ProblemKind = Problem['kind'];
export type ProblemOf<K extends ProblemKind> = Extract<Problem, { kind: K }>;
