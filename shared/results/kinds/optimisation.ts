import { z } from 'zod';
import type { DataTable } from '../../figures/data-table.ts';
import type { Figure } from '../../figures/figure.ts';
import { numberLabel } from '../../figures/scale.ts';
import { anglesTable } from '../angles.ts';
import type { Fact, Note, Reading } from '../reading.ts';
import { numberField, usageFields } from '../fields.ts';
import { pictureSchema, pictureFigure } from '../picture.ts';
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
  /** What a feasible assignment means in the problem's own words. */
  solution: z.record(z.string(), z.json()).optional(),
});

/** What is known of the optimum. */
const proof = z.object({
  status: z.enum(['proven', 'best-known']),
  /** No value is better than this; null where nothing bounds it. */
  bound: z.number().nullable(),
  /** |value − bound| / max(1, |value|); null without a bound or a value. */
  gap: z.number().nullable(),
});

const bound = z.number().nullable();

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
  /** The mixer of each layer, where each has its own. */
  mixers: z.array(z.string()).optional(),
  /** The mean of the relaxed cost, and how many qubits hold how many variables. */
  relaxation: z
    .object({
      value: numberField,
      stderr: numberField,
      qubits: z.number(),
      variables: z.number(),
    })
    .optional(),
  optimizer: z.object({ iterations: z.number(), converged: z.boolean() }).optional(),
  /** Whether the best is proven to be the optimum, for methods that look for it. */
  proof: proof.optional(),
  /**
   * What it takes to see the optimum (or the best that was found) with probability 0.99, from the share of independent reads that
   * reached it, with an interval of 95 %; null: without end.
   */
  timeToSolution: z
    .object({
      target: z.enum(['optimum', 'best-found']),
      hits: z.number(),
      reads: z.number(),
      /** Reads, and evaluations of single moves, that are needed: value, and both ends of the interval. */
      readsNeeded: z.tuple([bound, bound, bound]),
      evaluationsNeeded: z.tuple([bound, bound, bound]),
    })
    .optional(),
  /** The chains of qubits that stood for the variables, where the method stood for a machine. */
  embedding: z
    .object({
      topology: z.string(),
      /** Of the part of the topology that was taken. */
      size: z.number(),
      qubits: z.number(),
      chainStrength: z.number(),
      longestChain: z.number(),
      meanChain: z.number(),
      /** Share of chains whose qubits disagreed, over all reads. */
      brokenChains: z.number(),
      /** Share of reads with such a chain. */
      brokenReads: z.number(),
    })
    .optional(),
  /** What is drawn of the best assignment. */
  picture: pictureSchema.optional(),
});

/** An assignment of bits, and how it compares with the best there is. */
export type OptimisationResult = z.infer<typeof schema>;
export type Assignment = z.infer<typeof assignment>;
export type Proof = z.infer<typeof proof>;

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

/** What reads of a search or of a machine came to. */
function factsOfReads({ timeToSolution, embedding }: OptimisationResult): Fact[] {
  return [
    ...factOf('Reads to the best with 99 %', timeToSolution?.readsNeeded[0] ?? undefined, ''),
    ...factOf('Qubits of the machine', embedding?.qubits, ''),
    ...factOf('Longest chain', embedding?.longestChain, ''),
    ...factOf('Mean length of a chain', embedding?.meanChain, ''),
    ...factOf('Chain strength', embedding?.chainStrength, ''),
    ...factOf('Broken chains', embedding?.brokenChains, '%'),
  ];
}

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
      ...factOf('Samples that are feasible', result.feasibleProbability, '%'),
      ...factOf('Samples at the optimum', result.optimumProbability, '%'),
      ...(best === null ? [] : [{ title: 'Mean value', value: mean }]),
      ...factsOfReads(result),
    ],
    ...(isProvisional ? { caveat: 'stopped before converging' } : {}),
    notes: [
      ...(isProvisional ? [provisionalNote] : []),
      ...(result.proof === undefined ? [] : [noteOfProof(result.proof)]),
    ],
    tables: [
      ...solutionTables(best),
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
    figures: [
      ...(result.picture === undefined ? [] : [pictureFigure(result.picture)]),
      ...(samples.length === 0
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
            } satisfies Figure,
          ]),
    ],
  };
}

const provisionalNote: Note = {
  tone: 'warning',
  text: 'The optimiser stopped before converging. Give it more iterations, or take the result as provisional.',
};

function noteOfProof({ status, bound, gap }: Proof): Note {
  if (status === 'proven') return { tone: 'plain', text: 'Proven: no assignment is better.' };
  const known =
    bound === null || gap === null
      ? 'Nothing here bounds how much better another one could be.'
      : `No value is better than ${numberLabel(bound)}: a gap of ${(100 * gap).toPrecision(3)} %.`;
  return { tone: 'plain', text: `Best known, not proven. ${known}` };
}

/** The solution in the problem's own words, one row a part. */
function solutionTables(best: Assignment | null): DataTable[] {
  const parts = Object.entries(best?.solution ?? {});
  if (parts.length === 0) return [];
  return [
    {
      id: 'solution',
      title: 'Solution',
      columns: [
        { id: 'part', title: 'Part' },
        { id: 'value', title: 'Value' },
      ],
      rows: parts.flatMap(([name, value]) => {
        const isNested = Array.isArray(value) && value.some(Array.isArray);
        return isNested
          ? value.map((one, k) => [`${name} ${k + 1}`, wordsOf(one)])
          : [[name, wordsOf(value)]];
      }),
    },
  ];
}

function wordsOf(value: unknown): string {
  return Array.isArray(value) ? value.map(wordsOf).join(', ') : String(value);
}

function chosenOf({ labels, x, solution }: Assignment): readonly string[] {
  // Whoever has words of its own says there what its variables stand for.
  if (labels === undefined && solution !== undefined) return [];
  return labels ?? x.flatMap((one, i) => (one === 1 ? [`x${i}`] : []));
}

function factOf(title: string, value: number | undefined, unit: string): Fact[] {
  return value === undefined ? [] : [{ title, value, unit }];
}
