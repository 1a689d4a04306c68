import { z } from 'zod';
import type { Figure } from '../../figures/figure.ts';
import { numberField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';

const quantityField = z.object({
  /** "T1", "error per Clifford gate", … */
  title: z.string(),
  /** The qubits that it is of. */
  qubits: z.array(z.number()),
  unit: z.enum(['s', '1/s', '']),
  value: numberField,
  stderr: numberField,
  /** Holds the value in 95 of 100 experiments. */
  interval: z.tuple([numberField, numberField]),
});

const curveField = z.object({
  name: z.string(),
  points: z.array(z.object({ x: z.number(), y: z.number(), stderr: z.number() })),
  fit: z.array(z.object({ x: z.number(), y: z.number() })),
});

const schema = z.object({
  /** The first is what the experiment is about. */
  quantities: z.array(quantityField).min(1),
  /** Measured points and what was fitted to them; empty where nothing is. */
  curves: z.array(curveField),
  axes: z.object({
    x: z.object({ title: z.string(), unit: z.string() }),
    y: z.object({ title: z.string(), unit: z.string() }),
  }),
  ...usageFields,
});

export type CharacterisationResult = z.infer<typeof schema>;

/** Times and errors of qubits as an experiment found them. */
export const characterisation = defineResult({
  kind: 'characterisation',
  title: 'Characterisation',
  summary: 'Times and errors of qubits with their intervals, and the curves that show them.',
  schema,
  metrics: [
    {
      id: 'rate',
      title: 'Rate or error',
      unit: '',
      better: 'lower',
      of: ({ quantities }) => quantities[0]?.value ?? Number.NaN,
    },
  ],
  live: [{ id: 'survival', title: 'Share that is read', unit: '', better: null }],
  read(result) {
    const { quantities } = result;
    const [first] = quantities;
    return {
      headline: {
        title: titleOf(first),
        value: { value: first?.value ?? Number.NaN, stderr: first?.stderr ?? Number.NaN },
        ...(first === undefined || first.unit === '' ? {} : { unit: first.unit }),
      },
      facts: quantities.slice(1, 4).map((one) => ({
        title: titleOf(one),
        value: { value: one.value, stderr: one.stderr },
        ...(one.unit === '' ? {} : { unit: one.unit }),
      })),
      notes: [],
      tables: [
        {
          id: 'quantities',
          title: 'What was found',
          columns: [
            { id: 'quantity', title: 'Quantity' },
            { id: 'qubits', title: 'Qubits' },
            { id: 'unit', title: 'Unit' },
            { id: 'value', title: 'Value' },
            { id: 'low', title: '95 % from' },
            { id: 'high', title: '95 % to' },
          ],
          rows: quantities.map(({ title, qubits, unit, value, stderr, interval: [low, high] }) => [
            title,
            qubits.join(', '),
            unit,
            { value, stderr },
            low,
            high,
          ]),
        },
      ],
      figures: result.curves.length === 0 ? [] : [figureOf(result)],
    };
  },
});

function titleOf(one: CharacterisationResult['quantities'][number] | undefined): string {
  if (one === undefined) return '';
  return `${one.title} of ${one.qubits.length > 1 ? 'qubits' : 'qubit'} ${one.qubits.join(', ')}`;
}

function figureOf({ curves, axes }: CharacterisationResult): Figure {
  return {
    kind: 'lines',
    id: 'decay',
    title: `${axes.y.title} against ${axes.x.title.toLowerCase()}`,
    note: 'Lines: what was fitted.',
    x: axes.x,
    y: axes.y,
    lines: curves.flatMap(({ name, points, fit }) => [
      {
        name,
        mark: 'points' as const,
        x: points.map(({ x }) => x),
        y: points.map(({ y }) => y),
        low: points.map(({ y, stderr }) => y - stderr),
        high: points.map(({ y, stderr }) => y + stderr),
      },
      {
        name: `${name}, fitted`,
        mark: 'line' as const,
        x: fit.map(({ x }) => x),
        y: fit.map(({ y }) => y),
      },
    ]),
  };
}
