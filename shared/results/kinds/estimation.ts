import { z } from 'zod';
import { normalHalfWidth } from '../../math/normal.ts';
import { numberLabel } from '../../figures/scale.ts';
import { estimationFigures } from '../estimation-figures.ts';
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

const riskFields = {
  /** The least loss that is exceeded with a probability of at most the tail. */
  valueAtRisk: numberField,
  /** Mean of the losses above the value at risk; the value at risk where none is. */
  conditionalValueAtRisk: numberField,
  /** Mean of the worst share of all cases, that of the tail: VaR + E[max(0, L − VaR)]/tail. */
  expectedShortfall: numberField,
  /** P(L ≤ loss), ascending: for every loss, or for those that the method asked about. */
  cdf: z.array(z.object({ loss: numberField, probability: numberField })),
};

const riskField = z.object(riskFields);

export type RiskMeasures = z.output<typeof riskField>;

/** An interval of the estimate, and how often the operator had been applied by then. */
const coursePoint = z.object({ oracleCalls: numberField, low: numberField, high: numberField });

export type CoursePoint = z.output<typeof coursePoint>;

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
    risk: riskField.optional(),
  }),
  /** Of losses: their mean, which is the estimate, and their tail. */
  expectedLoss: numberField.optional(),
  ...z.object(riskFields).partial().shape,
  /** After each round of the estimate. */
  course: z.array(coursePoint).optional(),
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

export type EstimationResult = z.output<typeof schema>;

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
  live: [
    { id: 'halfWidth', title: 'Half width of the interval', unit: '', better: 'lower' },
    { id: 'deltaHalfWidth', title: 'Half width of the delta', unit: '', better: 'lower' },
  ],
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
          text:
            low === high
              ? `Exact on the grid: ${numberLabel(exact.grid)}.`
              : `With a confidence of ${percent} between ${numberLabel(low)} and ${numberLabel(high)}; on the grid it is ${numberLabel(exact.grid)}.`,
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
      figures: estimationFigures(result),
    };
  },
});

/** As of a normal distribution with the same interval. */
function standardError([low, high]: readonly [number, number], confidence: number): number {
  return (high - low) / 2 / normalHalfWidth(confidence);
}

/** How the measures of a tail are called. */
const riskTitles = {
  valueAtRisk: 'Value at risk',
  conditionalValueAtRisk: 'Conditional value at risk',
  expectedShortfall: 'Expected shortfall',
} as const;

function factsOf(result: EstimationResult): Fact[] {
  const { discounted, delta, deltaInterval, confidence, oracleCalls } = result;
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
    ...Object.entries(riskTitles).flatMap(([id, title]) => {
      const value = result[id as keyof typeof riskTitles];
      return value === undefined ? [] : [{ title, value }];
    }),
    { title: 'Oracle calls', value: oracleCalls },
  ];
}

function rowsOf(result: EstimationResult): (string | number | null)[][] {
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
    ...Object.entries(riskTitles).flatMap(([name, title]) => {
      const id = name as keyof typeof riskTitles;
      const value = result[id];
      return value === undefined
        ? []
        : [[title, value, null, null, exact.risk?.[id] ?? null, null]];
    }),
  ];
}
