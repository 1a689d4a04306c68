import { z } from 'zod';
import { anglesTable } from '../angles.ts';
import type { Fact, Reading } from '../reading.ts';
import { numberField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';
import { trainingMetrics } from '../training-metrics.ts';

const bit = z.literal([0, 1]);

const assignment = z.object({
  /** Variables in their order. */
  x: z.array(bit),
  /** The same with variable 0 rightmost. */
  bits: z.string(),
  value: z.number(),
  feasible: z.boolean(),
  /** Names of the variables that are 1, where they have names. */
  labels: z.array(z.string()).optional(),
});

const schema = z.object({
  /** The best feasible assignment that was found; null where none was. */
  best: assignment.nullable(),
  /** Mean of the objective over all outcomes. */
  expectation: numberField,
  expectationStderr: numberField,
  /** Where the problem is small enough to know it. */
  exact: z
    .object({ x: z.array(bit), bits: z.string(), value: z.number(), worst: z.number() })
    .optional(),
  /** (worst − mean of the feasible outcomes)/(worst − best). */
  approximationRatio: z.number().optional(),
  feasibleProbability: z.number(),
  optimumProbability: z.number().optional(),
  /** The most probable outcomes, at most 100. */
  samples: z.array(
    z.object({
      bits: z.string(),
      value: z.number(),
      feasible: z.boolean(),
      probability: z.number(),
    }),
  ),
  /** All optimal assignments, where they were counted. */
  optima: z.array(z.string()).optional(),
  evaluations: z.number(),
  ...usageFields,
  /** Angles of a trained circuit in radians, one a layer. */
  parameters: z.record(z.string(), z.array(z.number())).optional(),
  /** Largest minus smallest value among random assignments. */
  objectiveSpread: z.number().optional(),
  /** Weight of the penalty on the constraint; null where none was needed. */
  penalty: z.number().nullable().optional(),
  optimizer: z.object({ iterations: z.number(), converged: z.boolean() }).optional(),
});

/** An assignment of bits, and how it compares with the best there is. */
export type OptimisationResult = z.infer<typeof schema>;
export type Assignment = z.infer<typeof assignment>;

const shownSamples = 24;

export const optimisation = defineResult({
  kind: 'optimisation',
  title: 'Optimisation',
  summary: 'The best assignment that was found, and how likely good ones are.',
  schema,
  metrics: [
    {
      id: 'approximationRatio',
      title: 'Approximation ratio',
      unit: '',
      better: 'higher',
      of: (result) => result.approximationRatio ?? null,
    },
    {
      // Distance of the best assignment from the worst feasible one, as a share of the optimum's.
      id: 'bestRatio',
      title: 'Ratio of the best assignment',
      unit: '',
      better: 'higher',
      of: ({ best, exact }) => {
        if (exact === undefined || best === null) return null;
        const spread = exact.worst - exact.value;
        return spread === 0 ? 1 : (exact.worst - best.value) / spread;
      },
    },
    {
      id: 'optimumProbability',
      title: 'Probability of the optimum',
      unit: '',
      better: 'higher',
      of: (result) => result.optimumProbability ?? null,
    },
  ],
  live: [
    { id: 'expectation', title: 'Expectation', unit: '', better: 'objective' },
    { id: 'best', title: 'Best', unit: '', better: 'objective' },
    ...trainingMetrics,
  ],
  isSolved: (result) => (result.exact === undefined ? null : isOptimal(result)),
  read: readOptimisation,
});

function isOptimal({ best, exact }: OptimisationResult): boolean {
  if (best === null || exact === undefined) return false;
  return Math.abs(best.value - exact.value) <= 1e-9 * Math.max(1, Math.abs(exact.value));
}

function readOptimisation(result: OptimisationResult): Reading {
  const { best, exact, optimizer, samples } = result;
  const mean = { value: result.expectation, stderr: result.expectationStderr };
  const angles = anglesTable(result.parameters ?? {});
  const isProvisional = optimizer?.converged === false;
  return {
    headline:
      best === null
        ? { title: 'Mean value', value: mean }
        : { title: 'Best found', value: { value: best.value, stderr: null } },
    ...(best === null ? {} : { chosen: chosenOf(best) }),
    facts: [
      ...(exact === undefined
        ? []
        : [
            {
              title: 'Exact optimum',
              value: exact.value,
              ...(isOptimal(result) ? { praise: 'reached' } : {}),
            },
          ]),
      ...factOf('Approximation ratio', result.approximationRatio, ''),
      ...factOf('Feasible', result.feasibleProbability, '%'),
      ...factOf('Optimum', result.optimumProbability, '%'),
      ...(best === null ? [] : [{ title: 'Mean value', value: mean }]),
    ],
    ...(isProvisional ? { caveat: 'stopped before converging' } : {}),
    notes: isProvisional
      ? [
          {
            tone: 'warning',
            text: 'The optimiser stopped before converging. Give it more iterations, or take the result as provisional.',
          },
        ]
      : [],
    tables: [
      ...(angles === null ? [] : [angles]),
      {
        id: 'samples',
        title: 'Samples',
        isDetail: true,
        columns: [
          { id: 'bits', title: 'Bits', areBits: true },
          { id: 'value', title: 'Value' },
          { id: 'feasible', title: 'Feasible' },
          { id: 'probability', title: 'Probability' },
        ],
        rows: samples.map(({ bits, value, feasible, probability }) => [
          bits,
          value,
          feasible ? 'yes' : 'no',
          probability,
        ]),
      },
    ],
    figures:
      samples.length === 0
        ? []
        : [
            {
              kind: 'bars',
              id: 'samples',
              title: 'Most probable samples',
              x: { title: 'Bits', unit: '' },
              y: { title: 'Probability', unit: '' },
              areBits: true,
              bars: samples
                .slice(0, shownSamples)
                .map(({ bits, probability }) => ({ label: bits, value: probability })),
            },
          ],
  };
}

function chosenOf({ labels, x }: Assignment): readonly string[] {
  return labels ?? x.flatMap((one, i) => (one === 1 ? [`x${i}`] : []));
}

function factOf(title: string, value: number | undefined, unit: string): Fact[] {
  return value === undefined ? [] : [{ title, value, unit }];
}
