import { z } from 'zod';
import { estimateField, numberField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';
import { trainingMetrics } from '../training-metrics.ts';

const schema = z.object({
  names: z.array(z.string()),
  /** Qubits before and after. */
  inputs: z.number(),
  kept: z.number(),
  /** Mean probability that all that is thrown away was |0…0⟩, which is the fidelity of what comes back. */
  fidelity: z.object({ train: estimateField, test: estimateField }),
  /** One a row that was used, in the order of the data. */
  rows: z.array(
    z.object({ row: z.number(), fidelity: numberField, stderr: numberField, isTest: z.boolean() }),
  ),
  parameters: z.record(z.string(), z.array(z.number())),
  evaluations: z.number(),
  iterations: z.number(),
  converged: z.boolean(),
  /** Share of the training rows' variance that as many principal components keep. */
  baseline: z.object({ algorithm: z.string(), explained: numberField }),
  ...usageFields,
});

const bins = 20;

/** How many fidelities lie in each twentieth from 0 to 1. */
function countsOf(rows: readonly { readonly fidelity: number }[]): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const { fidelity } of rows) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(bins * fidelity)));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/** States of rows on fewer qubits. */
export const compression = defineResult({
  kind: 'compression',
  title: 'Compression',
  summary: 'States that were put on fewer qubits, and how well they come back.',
  schema,
  metrics: [
    {
      id: 'fidelity',
      title: 'Fidelity, test',
      unit: '',
      better: 'higher',
      of: (result) => result.fidelity.test.value,
    },
  ],
  live: [
    { id: 'loss', title: 'Training loss', unit: '', better: 'lower' },
    { id: 'bestLoss', title: 'Best training loss', unit: '', better: 'lower' },
    ...trainingMetrics,
  ],
  read(result) {
    const { fidelity, rows, inputs, kept, baseline } = result;
    const counts = (isTest: boolean) => countsOf(rows.filter((one) => one.isTest === isTest));
    return {
      headline: { title: 'Fidelity of the test rows', value: fidelity.test },
      facts: [
        { title: 'Fidelity of the training rows', value: fidelity.train },
        {
          title: 'Variance kept by as many principal components',
          value: baseline.explained,
          unit: '%',
        },
        { title: 'Iterations', value: result.iterations },
      ],
      notes: [
        { tone: 'plain' as const, text: `${inputs} qubits were put on ${kept}.` },
        ...(result.converged
          ? []
          : [
              {
                tone: 'warning' as const,
                text: 'Training stopped at its limit before it converged.',
              },
            ]),
      ],
      tables: [
        {
          id: 'rows',
          title: 'Rows, the worst first',
          isDetail: true,
          columns: [
            { id: 'row', title: 'Row' },
            { id: 'fidelity', title: 'Fidelity' },
            { id: 'part', title: 'Part' },
          ],
          rows: rows
            .toSorted((a, b) => a.fidelity - b.fidelity || a.row - b.row)
            .map(({ row, fidelity: value, isTest }) => [row, value, isTest ? 'test' : 'training']),
        },
      ],
      figures: [
        {
          kind: 'histogram',
          id: 'fidelities',
          title: 'Fidelity of the rows',
          note: 'Rows far to the left are unlike the others.',
          x: { title: 'Fidelity', unit: '' },
          y: { title: 'Rows', unit: '', isCount: true },
          edges: Array.from({ length: bins + 1 }, (_, k) => k / bins),
          groups: [
            { name: 'training rows', counts: counts(false) },
            { name: 'test rows', counts: counts(true) },
          ],
        },
      ],
    };
  },
});
