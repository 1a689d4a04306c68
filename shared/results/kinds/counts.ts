import { z } from 'zod';
import { estimateField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';

const schema = z.object({
  /** Shots by outcome: bit 0 of the first register rightmost. */
  counts: z.record(z.string(), z.number()),
  /** Shares of the shots with their standard errors. */
  probabilities: z.record(z.string(), estimateField),
  ...usageFields,
});

const shownOutcomes = 24;

/** Outcomes of shots. */
export const counts = defineResult({
  kind: 'counts',
  title: 'Counts',
  summary: 'How often each outcome was measured.',
  schema,
  metrics: [],
  live: [],
  read({ counts: found, probabilities }) {
    const outcomes = Object.entries(probabilities)
      .map(([key, { value, stderr }]) => ({ key, value, stderr, shots: found[key] ?? 0 }))
      .toSorted((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
    const first = outcomes[0] ?? { key: '', value: 0, stderr: 0 };
    const rest = outcomes.length - shownOutcomes;
    return {
      headline: {
        title: 'Most frequent outcome',
        ...(first.key === '' ? {} : { bits: first.key }),
        value: { value: first.value, stderr: first.stderr },
        unit: '%',
      },
      facts: [{ title: 'Different outcomes', value: outcomes.length }],
      notes: [],
      tables: [
        {
          id: 'outcomes',
          title: 'Outcomes',
          isDetail: true,
          columns: [
            { id: 'outcome', title: 'Outcome', areBits: true },
            { id: 'shots', title: 'Shots' },
            { id: 'probability', title: 'Probability' },
          ],
          rows: outcomes.map(({ key, shots, value, stderr }) => [key, shots, { value, stderr }]),
        },
      ],
      figures: [
        {
          kind: 'bars',
          id: 'histogram',
          title: 'Measured outcomes',
          ...(rest > 0
            ? { note: `The ${shownOutcomes} most frequent of ${outcomes.length}.` }
            : {}),
          x: { title: 'Outcome', unit: '' },
          y: { title: 'Probability', unit: '' },
          areBits: true,
          bars: outcomes
            .slice(0, shownOutcomes)
            .map(({ key, value, stderr }) => ({ label: key, value, stderr })),
        },
      ],
    };
  },
});
