import { z } from 'zod';
import { numberField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';

const schema = z.object({
  /** What was looked for and found, with variable 0 rightmost; null where nothing was. */
  found: z.object({ x: z.array(z.literal([0, 1])), bits: z.string() }).nullable(),
  /** Amplifications in the circuit that was read last. */
  iterations: z.number(),
  /** How likely that circuit is to be read as a solution: exactly, or by its shots. */
  successProbability: numberField,
  /** The most probable outcomes of that circuit, at most 100. */
  samples: z.array(
    z.object({ bits: z.string(), isSolution: z.boolean(), probability: z.number() }),
  ),
  /** How often it was asked whether a string is a solution, in superposition or of one string. */
  oracleCalls: z.number(),
  exact: z.object({
    solutions: z.number(),
    strings: z.number(),
    /** Strings that are tried in the mean until one is a solution, none of them twice. */
    classicalCalls: z.number(),
  }),
  ...usageFields,
});

export type SearchResult = z.output<typeof schema>;

export const search = defineResult({
  kind: 'search',
  title: 'Search',
  summary: 'A string of bits that was looked for, and how often its mark was asked for.',
  schema,
  metrics: [
    {
      id: 'oracleCalls',
      title: 'Oracle calls',
      unit: '',
      better: 'lower',
      of: ({ oracleCalls }) => oracleCalls,
    },
    {
      id: 'successProbability',
      title: 'Probability of a solution',
      unit: '',
      better: 'higher',
      of: ({ successProbability }) => successProbability,
    },
  ],
  live: [],
  // That there is none is known where all of them were looked at.
  isSolved: ({ found, exact }) => found !== null || exact.solutions === 0,
  read({ found, iterations, successProbability, samples, oracleCalls, exact }) {
    const value = { value: found === null ? 0 : 1, stderr: null };
    const shown = samples.slice(0, 24);
    return {
      headline: {
        title: 'Solutions found',
        value,
        ...(found === null ? {} : { bits: found.bits }),
      },
      facts: [
        { title: 'Probability of a solution', value: successProbability },
        { title: 'Iterations', value: iterations },
        { title: 'Oracle calls', value: oracleCalls },
        { title: 'Calls by trying', value: exact.classicalCalls },
      ],
      notes: [
        {
          tone: found === null && exact.solutions > 0 ? ('warning' as const) : ('plain' as const),
          text: `${exact.solutions} of ${exact.strings} strings are solutions.`,
        },
      ],
      tables: [
        {
          id: 'samples',
          title: 'Outcomes',
          columns: [
            { id: 'bits', title: 'String' },
            { id: 'solution', title: 'Solution' },
            { id: 'probability', title: 'Probability' },
          ],
          rows: samples.map(({ bits, isSolution, probability }) => [
            bits,
            isSolution ? 'yes' : 'no',
            probability,
          ]),
        },
      ],
      figures: [
        {
          kind: 'bars',
          id: 'samples',
          title: 'Most probable outcomes',
          x: { title: 'String', unit: '' },
          y: { title: 'Probability', unit: '' },
          areBits: true,
          bars: shown.map(({ bits, probability }) => ({ label: bits, value: probability })),
        },
      ],
    };
  },
});
