import { z } from 'zod';
import type { Figure } from '../../figures/figure.ts';
import { numberField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';
import { trainingMetrics } from '../training-metrics.ts';

const schema = z.object({
  names: z.array(z.string()),
  /** Cells of each column are equally wide from `low` to `high`; there are 2^bits of them. */
  grid: z.object({ bits: z.number(), low: z.array(numberField), high: z.array(numberField) }),
  /** Probabilities of the cells: column k has bits k·bits … of the index, least significant first. */
  model: z.array(z.number()),
  /** Shares of the training rows in the cells. */
  data: z.array(z.number()),
  /** ½Σ|p − q| of the model's and the rows' shares. */
  totalVariation: z.object({ train: numberField, test: numberField }),
  /** Σ q ln(q/p) of the training rows' shares q; infinite where the model has no weight on one. */
  divergence: numberField,
  /** Whether rows drawn from the model can be told from those that were kept back. */
  twoSample: z.object({
    /** Unbiased estimate of the squared maximum mean discrepancy. */
    mmd: numberField,
    pValue: numberField,
    permutations: z.number(),
    drawn: z.number(),
    kept: z.number(),
  }),
  /** Rows drawn from the model, in the units of the columns. */
  samples: z.array(z.array(numberField)),
  parameters: z.record(z.string(), z.array(z.number())),
  course: z.array(z.object({ step: z.number(), loss: numberField })),
  evaluations: z.number(),
  iterations: z.number(),
  converged: z.boolean(),
  ...usageFields,
});

export type Generative = z.output<typeof schema>;

/** Cells that a figure shows at most. */
const shown = 64;

/** A model that rows can be drawn from. */
export const generative = defineResult({
  kind: 'generative',
  title: 'Generative model',
  summary:
    'A distribution that was learned from rows, and whether its rows can be told from others.',
  schema,
  metrics: [
    {
      id: 'totalVariation',
      title: 'Total variation distance, test',
      unit: '',
      better: 'lower',
      of: (result) => result.totalVariation.test,
    },
    {
      id: 'mmd',
      title: 'Squared maximum mean discrepancy',
      unit: '',
      better: 'lower',
      of: (result) => result.twoSample.mmd,
    },
  ],
  live: [
    { id: 'loss', title: 'Training loss', unit: '', better: 'lower' },
    { id: 'bestLoss', title: 'Best training loss', unit: '', better: 'lower' },
    { id: 'discriminatorLoss', title: 'Loss of the discriminator', unit: '', better: null },
    ...trainingMetrics,
  ],
  read(result) {
    const { model, data, totalVariation, twoSample, names } = result;
    const cells = heaviest(result);
    const label = (index: number): string =>
      cornersOf(result, index)
        .map((x) => x.toPrecision(3))
        .join(', ');
    return {
      headline: {
        title: 'Total variation distance from the training rows',
        value: { value: totalVariation.train, stderr: null },
      },
      facts: [
        { title: 'Total variation distance from the test rows', value: totalVariation.test },
        { title: 'Divergence', value: result.divergence },
        { title: 'Squared maximum mean discrepancy', value: twoSample.mmd },
        { title: 'p-value of the two-sample test', value: twoSample.pValue },
      ],
      notes: notesOf(result),
      tables: [
        {
          id: 'cells',
          title: 'Cells',
          columns: [
            { id: 'cell', title: `Middle of the cell (${names.join(', ')})` },
            { id: 'model', title: 'Model' },
            { id: 'data', title: 'Training rows' },
          ],
          rows: cells.map((index) => [label(index), model[index] as number, data[index] as number]),
        },
        {
          id: 'samples',
          title: 'Rows drawn from the model',
          isDetail: true,
          columns: names.map((title, k) => ({ id: `column-${k}`, title })),
          rows: result.samples.map((row) => [...row]),
        },
      ],
      figures: figuresOf(result, cells),
    };
  },
});

/** The middle of a cell, one number a column. */
function cornersOf({ names, grid: { bits, low, high } }: Generative, index: number): number[] {
  return names.map((_, k) => {
    const cell = Math.floor(index / 2 ** (k * bits)) % 2 ** bits;
    const [start, end] = [low[k] as number, high[k] as number];
    return start + ((cell + 0.5) / 2 ** bits) * (end - start);
  });
}

function notesOf({ twoSample, model, converged }: Generative) {
  const { pValue, drawn, kept } = twoSample;
  return [
    {
      tone: 'plain' as const,
      text:
        pValue < 0.05
          ? `${drawn} drawn rows can be told from the ${kept} that were kept back (p = ${pValue.toPrecision(2)}).`
          : `${drawn} drawn rows cannot be told from the ${kept} that were kept back (p = ${pValue.toPrecision(2)}).`,
    },
    ...(model.length > shown
      ? [
          {
            tone: 'plain' as const,
            text: `The ${shown} heaviest of ${model.length} cells are shown.`,
          },
        ]
      : []),
    ...(converged
      ? []
      : [{ tone: 'plain' as const, text: 'Training stopped at its limit of steps.' }]),
  ];
}

/** The cells on which the model and the rows have most weight, ascending. */
function heaviest({ model, data }: Generative): number[] {
  const order = [...model.keys()]
    .sort(
      (a, b) =>
        (data[b] as number) + (model[b] as number) - (data[a] as number) - (model[a] as number) ||
        a - b,
    )
    .slice(0, shown);
  return order.toSorted((a, b) => a - b);
}

function figuresOf({ model, data, course }: Generative, cells: readonly number[]): Figure[] {
  return [
    {
      kind: 'lines',
      id: 'distribution',
      title: 'Model and data',
      x: { title: 'Cell', unit: '', isCount: true },
      y: { title: 'Probability', unit: '' },
      lines: [
        { name: 'model', mark: 'line', x: cells, y: cells.map((k) => model[k] as number) },
        {
          name: 'training rows',
          mark: 'points',
          x: cells,
          y: cells.map((k) => data[k] as number),
        },
      ],
    },
    {
      kind: 'lines',
      id: 'loss',
      title: 'Training loss',
      x: { title: 'Evaluations', unit: '', isCount: true },
      y: { title: 'Loss', unit: '' },
      lines: [
        {
          name: 'loss',
          mark: 'line',
          x: course.map(({ step }) => step),
          y: course.map(({ loss }) => loss),
        },
      ],
    },
  ];
}
