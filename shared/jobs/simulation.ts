import { z } from 'zod';
import { shotsSchema } from './sizes.ts';
import { noiseModelSchema } from './noise.ts';
import { stateViewSchema, tableRestSchema, viewRequestSchema } from './simulation-view.ts';

export const simulationMethods = [
  'auto',
  'statevector',
  'density',
  'trajectories',
  'stabilizer',
  'mps',
  'pauli',
] as const;

/** `simulate` of the command line and the window's live simulation (CONTRACT §2). */
export const simulationRequestSchema = z.strictObject({
  /** OpenQASM text. */
  source: z.string(),
  language: z.union([z.literal(2), z.literal(3)]).optional(),
  shots: shotsSchema.optional(),
  seed: z.int().gte(0).default(0),
  method: z.enum(simulationMethods).default('auto'),
  precision: z.enum(['f32', 'f64']).default('f64'),
  threads: z.int().gte(1).optional(),
  kernel: z.enum(['auto', 'portable']).default('auto'),
  noise: noiseModelSchema.optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  probabilities: z.boolean().default(false),
  state: z.boolean().default(false),
  /** Bloch vectors and purity of each qubit before terminal measurements. */
  bloch: z.boolean().default(false),
  observables: z.array(z.string()).default([]),
  /** Estimating methods stop once every standard error is at or below this; `shots` is the most. */
  targetError: z.number().gt(0).optional(),
  /**
   * Follows one run alone: each outcome is drawn with the seed, and state and tables are those after
   * it. The beginning of a program draws the same outcomes as all of it.
   */
  path: z.boolean().optional(),
  /** For windows: what they draw, and how much of each table. */
  view: viewRequestSchema.optional(),
  /** For windows: the run is called so in `circuit.progress`. */
  ticket: z.string().max(64).optional(),
});

/** What a run that takes long says of itself. */
export const simulationProgressSchema = z.object({
  method: z.string(),
  methodReason: z.string(),
  /** How much of it is done, from 0 to 1; null where that cannot be known. */
  share: z.number().gte(0).lte(1).nullable(),
});

export type SimulationProgress = z.infer<typeof simulationProgressSchema>;

export type SimulationRequest = z.infer<typeof simulationRequestSchema>;

const distribution = z.record(z.string(), z.number());

export const simulationResultSchema = z.object({
  qubits: z.array(z.tuple([z.string(), z.number()])),
  registers: z.array(z.tuple([z.string(), z.number()])),
  method: z.string(),
  methodReason: z.string(),
  precision: z.enum(['f32', 'f64']),
  probabilities: distribution.optional(),
  qubitProbabilities: distribution.nullable().optional(),
  unresolved: z.number().optional(),
  state: z
    .array(z.tuple([z.number(), z.number()]))
    .nullable()
    .optional(),
  counts: distribution.optional(),
  expectations: z
    .array(
      z.object({
        observable: z.string(),
        value: z.number().nullable(),
        stderr: z.number().nullable(),
      }),
    )
    .nullable()
    .optional(),
  /** Per qubit [x, y, z] of the Bloch vector; null where the state before measurement is not defined. */
  bloch: z
    .array(z.tuple([z.number(), z.number(), z.number()]))
    .nullable()
    .optional(),
  /** Answers `path`: what was measured, in the order in which it ran. */
  path: z.object({ outcomes: z.array(z.union([z.literal(0), z.literal(1)])) }).optional(),
  /** Answers `view`. */
  view: stateViewSchema.nullable().optional(),
  /** What the tables left out because of `view.top`. */
  rest: z
    .object({ probabilities: tableRestSchema.optional(), qubits: tableRestSchema.optional() })
    .optional(),
  warnings: z.array(z.string()),
  measured: z.object({
    seconds: z.number(),
    planSeconds: z.number(),
    peakBytes: z.number(),
    threads: z.number(),
    kernel: z.string(),
    /** Shots that were run, where the method decides it. */
    shots: z.number().optional(),
    /** Largest bond of a matrix product state, and the weight that its limit cost. */
    bondDimension: z.number().optional(),
    discardedWeight: z.number().optional(),
    /** No expectation is off by more, where Pauli terms were dropped. */
    truncationBound: z.number().optional(),
  }),
});

export type SimulationResult = z.infer<typeof simulationResultSchema>;
