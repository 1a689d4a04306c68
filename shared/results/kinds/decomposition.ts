import { z } from 'zod';
import { numberField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';

const schema = z.object({
  /** Names of the columns, in the order of each component's entries. */
  names: z.array(z.string()),
  /** Descending. */
  eigenvalues: z.array(numberField).min(1),
  /** Of the sum of all eigenvalues, those that are not kept included. */
  explainedVarianceRatio: z.array(numberField),
  /** One row a component, of length 1; its entry of largest size is positive. */
  components: z.array(z.array(numberField)),
  mean: z.array(numberField),
  /** Tr ρ² and the von Neumann entropy in bits of ρ = C/Tr C. */
  purity: numberField,
  entropyBits: numberField,
  /** Observations. */
  n: z.number(),
  ...usageFields,
});

/** Principal components. */
export const decomposition = defineResult({
  kind: 'decomposition',
  title: 'Decomposition',
  summary: 'Directions along which observations vary, and how much of the variance each has.',
  schema,
  metrics: [
    {
      id: 'explainedVariance',
      title: 'Variance explained by the first component',
      unit: '',
      better: 'higher',
      of: (result) => result.explainedVarianceRatio[0] ?? null,
    },
  ],
  live: [],
  read(result) {
    const { names, eigenvalues, explainedVarianceRatio: ratios, components, mean } = result;
    let sum = 0;
    const cumulative = ratios.map((ratio) => (sum += ratio));
    const labels = eigenvalues.map((_, k) => `PC${k + 1}`);
    return {
      headline: {
        title: 'Variance explained by the first component',
        value: { value: ratios[0] ?? Number.NaN, stderr: 0 },
        unit: '%',
      },
      facts: [
        { title: 'Observations', value: result.n },
        { title: 'Purity', value: result.purity },
        { title: 'Entropy', value: result.entropyBits, unit: 'bit' },
      ],
      notes: [],
      tables: [
        {
          id: 'eigenvalues',
          title: 'Eigenvalues',
          columns: [
            { id: 'component', title: 'Component' },
            { id: 'eigenvalue', title: 'Eigenvalue' },
            { id: 'ratio', title: 'Share of the variance' },
            { id: 'cumulative', title: 'In sum' },
          ],
          rows: labels.map((label, k) => [
            label,
            eigenvalues[k] as number,
            ratios[k] as number,
            cumulative[k] as number,
          ]),
        },
        {
          id: 'components',
          title: 'Components',
          columns: [
            { id: 'column', title: 'Column' },
            { id: 'mean', title: 'Mean' },
            ...labels.map((label) => ({ id: label, title: label })),
          ],
          rows: names.map((name, i) => [
            name,
            mean[i] as number,
            ...components.map((row) => row[i] as number),
          ]),
        },
      ],
      figures: [
        {
          kind: 'bars',
          id: 'explained',
          title: 'Explained variance',
          x: { title: 'Component', unit: '' },
          y: { title: 'Share of the variance', unit: '' },
          areBits: false,
          bars: labels.map((label, k) => ({ label, value: ratios[k] as number })),
        },
        {
          kind: 'heat-map',
          id: 'loadings',
          title: 'Loadings',
          x: { title: 'Column', unit: '' },
          y: { title: 'Component', unit: '' },
          rows: labels,
          columns: names,
          values: components,
        },
      ],
    };
  },
});
