import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import {
  mostGridQubits,
  qubitsFault,
  rateField,
  spotField,
  volatilityField,
} from '../pricing/european.ts';
import { logNormalGrid } from '../pricing/log-normal.ts';
import { onPoints } from '../pricing/product-grid.ts';
import { defineProblem } from '../problem-kind.ts';
import { offer, type Seen } from '../view.ts';
import { type PayoffProblem, payoffView } from '../views/payoff.ts';

const fields = [
  spotField,
  volatilityField,
  rateField,
  {
    kind: 'numbers',
    id: 'stepYears',
    title: 'Steps',
    help: 'Length of each step in years; the last one ends at maturity.',
    default: null,
    required: true,
    minCount: 1,
  },
  {
    kind: 'integer',
    id: 'qubits',
    title: 'Qubits a step',
    help: 'The value of each step is put on 2^n points.',
    default: null,
    required: true,
    min: 1,
    max: mostGridQubits,
  },
  {
    kind: 'numbers',
    id: 'strikes',
    title: 'Strikes',
    help: 'The payoff of the sum of all values begins at the first and grows no more at the second.',
    default: null,
    required: true,
    minCount: 2,
  },
  {
    kind: 'number',
    id: 'barrier',
    title: 'Barrier',
    help: 'Nothing is paid where any value is above it.',
    default: null,
    required: true,
  },
] as const satisfies readonly ParameterDescriptor[];

type AsianBarrierSpread = ValuesOf<typeof fields>;

export const asianBarrierSpread = defineProblem({
  kind: 'asian-barrier-spread',
  title: 'Asian barrier spread',
  summary:
    'A bull spread of the sum of the values of independent steps, knocked out above a barrier.',
  fields,
  faults: ({ stepYears, qubits, strikes }) => [
    ...stepYears.flatMap((years, k) =>
      years > 0 ? [] : [{ path: `stepYears[${k}]`, message: `expected more than 0; got ${years}` }],
    ),
    ...qubitsFault('qubits', stepYears.length * qubits),
    ...(strikes.length === 2 && (strikes[0] ?? 0) < (strikes[1] ?? 0)
      ? []
      : [
          {
            path: 'strikes',
            message: `expected a strike and a higher one; got ${strikes.join(', ')}`,
          },
        ]),
  ],
  views: [offer(payoffView, payoffOf)],
  example: {
    // The lower point of each step is 0, where a price never is; twice the higher one, 8.13, is above both strikes.
    problem: {
      spot: 1,
      volatility: 1,
      rate: 0.5,
      stepYears: [1, 1],
      qubits: 1,
      strikes: [10, 11],
      barrier: 100,
    },
    answers: { estimation: 1 },
  },
});

function payoffOf(problem: AsianBarrierSpread): Seen<PayoffProblem> {
  const { stepYears, qubits, strikes, barrier, rate } = problem;
  const [low = 0, high = 0] = strikes;
  const steps = stepYears.map((years) =>
    logNormalGrid({ ...problem, dividendYield: 0 }, years, qubits),
  );
  const axes = steps.map(({ values }) => values);
  const sumOf = (point: readonly number[]): number => point.reduce((sum, value) => sum + value, 0);
  return {
    value: {
      factors: steps.map(({ probabilities }) => ({ qubits, probabilities })),
      payoff: onPoints(axes, (point) =>
        point.every((value) => value <= barrier)
          ? Math.min(Math.max(sumOf(point) - low, 0), high - low)
          : 0,
      ),
      underlying: { title: 'Sum of the values', values: onPoints(axes, sumOf) },
      discountFactor: Math.exp(-rate * stepYears.reduce((sum, years) => sum + years, 0)),
      slope: null,
      closedForm: null,
      tail: null,
    },
    warnings: [],
  };
}
