import { z } from 'zod';
import { normalHalfWidth } from '../../math/normal.ts';
import type { Figure } from '../../figures/figure.ts';
import { numberLabel } from '../../figures/scale.ts';
import { numberField, usageFields } from '../fields.ts';
import type { Fact } from '../reading.ts';
import { defineResult } from '../result-kind.ts';

const greeksField = z.object({
  delta: numberField,
  gamma: numberField,
  vega: numberField,
  theta: numberField,
  rho: numberField,
});

const schema = z.object({
  /** Expected payoff on the grid, not discounted. */
  estimate: numberField,
  /** The same, worth today. */
  discounted: numberField,
  /** Expected slope of the payoff on the grid; null where it has no single one. */
  delta: numberField.nullable(),
  /** Of the estimate. */
  confidenceInterval: z.tuple([numberField, numberField]),
  /** Of the delta. */
  deltaInterval: z.tuple([numberField, numberField]).nullable(),
  confidence: numberField,
  /** How often the operator was applied for the estimate, counted as by the method's authors. */
  oracleCalls: numberField,
  exact: z.object({
    grid: numberField,
    delta: numberField.nullable(),
    /** Price today in closed form; null where there is none. */
    blackScholes: numberField.nullable(),
    greeks: greeksField.nullable(),
  }),
  /** The distribution behind it, in at most 64 steps of what the payoff is about. */
  distribution: z.object({
    title: z.string(),
    values: z.array(numberField),
    probabilities: z.array(numberField),
    /** Mean payoff in each step. */
    payoffs: z.array(numberField),
  }),
  ...usageFields,
});

type Estimation = z.output<typeof schema>;

/** Expected payoffs. */
export const estimation = defineResult({
  kind: 'estimation',
  title: 'Estimation',
  summary: 'An expected payoff with its confidence interval, and what it is worth today.',
  schema,
  metrics: [
    {
      id: 'estimationError',
      title: 'Error of the estimate',
      unit: '',
      better: 'lower',
      of: ({ estimate, exact }) => Math.abs(estimate - exact.grid),
    },
    {
      id: 'oracleCalls',
      title: 'Oracle calls',
      unit: '',
      better: 'lower',
      of: ({ oracleCalls }) => oracleCalls,
    },
  ],
  live: [{ id: 'halfWidth', title: 'Half width of the interval', unit: '', better: 'lower' }],
  read(result) {
    const { estimate, confidenceInterval, confidence, exact } = result;
    const [low, high] = confidenceInterval;
    const percent = `${numberLabel(100 * confidence)} %`;
    return {
      headline: {
        title: 'Expected payoff',
        value: { value: estimate, stderr: standardError(confidenceInterval, confidence) },
      },
      facts: factsOf(result),
      notes: [
        {
          tone: exact.grid >= low - 1e-12 && exact.grid <= high + 1e-12 ? 'plain' : 'warning',
          text: `With a confidence of ${percent} between ${numberLabel(low)} and ${numberLabel(high)}; on the grid it is ${numberLabel(exact.grid)}.`,
        },
      ],
      tables: [
        {
          id: 'estimates',
          title: 'Estimates',
          columns: [
            { id: 'quantity', title: 'Quantity' },
            { id: 'estimate', title: 'Estimate' },
            { id: 'low', title: 'From' },
            { id: 'high', title: 'To' },
            { id: 'grid', title: 'On the grid' },
            { id: 'closed', title: 'In closed form' },
          ],
          rows: rowsOf(result),
        },
        ...(exact.greeks === null
          ? []
          : [
              {
                id: 'greeks',
                title: 'Greeks of Black and Scholes',
                isDetail: true,
                columns: [
                  { id: 'greek', title: 'Greek' },
                  { id: 'value', title: 'Value' },
                ],
                rows: Object.entries(exact.greeks),
              },
            ]),
      ],
      figures: figuresOf(result),
    };
  },
});

/** As of a normal distribution with the same interval. */
function standardError([low, high]: readonly [number, number], confidence: number): number {
  return (high - low) / 2 / normalHalfWidth(confidence);
}

function factsOf({
  discounted,
  delta,
  deltaInterval,
  confidence,
  oracleCalls,
}: Estimation): Fact[] {
  return [
    { title: 'Worth today', value: discounted },
    ...(delta === null || deltaInterval === null
      ? []
      : [
          {
            title: 'Delta',
            value: { value: delta, stderr: standardError(deltaInterval, confidence) },
          },
        ]),
    { title: 'Oracle calls', value: oracleCalls },
  ];
}

function rowsOf(result: Estimation): (string | number | null)[][] {
  const { estimate, discounted, delta, confidenceInterval, deltaInterval, exact } = result;
  const [low, high] = confidenceInterval;
  // Nothing but a payoff of 0 hides the factor, and then nothing is there to be discounted.
  const factor = estimate === 0 ? 1 : discounted / estimate;
  return [
    ['Expected payoff', estimate, low, high, exact.grid, null],
    [
      'Worth today',
      discounted,
      factor * low,
      factor * high,
      factor * exact.grid,
      exact.blackScholes,
    ],
    ...(delta === null || deltaInterval === null
      ? []
      : [['Delta', delta, ...deltaInterval, exact.delta, exact.greeks?.delta ?? null]]),
  ];
}

function figuresOf({ distribution }: Estimation): Figure[] {
  const { title, values, probabilities, payoffs } = distribution;
  const bars = (heights: readonly number[]) =>
    heights.map((value, k) => ({ label: numberLabel(values[k] ?? Number.NaN), value }));
  const x = { title, unit: '' };
  return [
    {
      kind: 'bars',
      id: 'distribution',
      title: 'Distribution',
      x,
      y: { title: 'Probability', unit: '' },
      areBits: false,
      bars: bars(probabilities),
    },
    {
      kind: 'bars',
      id: 'payoff',
      title: 'Payoff',
      x,
      y: { title: 'Payoff', unit: '' },
      areBits: false,
      bars: bars(payoffs),
    },
  ];
}
