import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { mostGridQubits, qubitsFault } from '../pricing/european.ts';
import { covarianceFaults, jointNormal } from '../pricing/joint-normal.ts';
import { equalSteps } from '../pricing/log-normal.ts';
import { onPoints } from '../pricing/product-grid.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { offer, type Seen } from '../view.ts';
import { type PayoffProblem, payoffView } from '../views/payoff.ts';

const fields = [
  {
    kind: 'numbers',
    id: 'cashFlows',
    title: 'Cash flows',
    help: 'What is paid at the end of each period.',
    default: null,
    required: true,
    minCount: 1,
  },
  {
    kind: 'numbers',
    id: 'means',
    title: 'Mean rates',
    help: 'Mean interest rate by which each cash flow is discounted, such as 0.03.',
    default: null,
    required: true,
    minCount: 1,
  },
  {
    kind: 'matrix',
    id: 'covariance',
    title: 'Covariance',
    help: 'Of the rates, which are normally distributed.',
    default: null,
    required: true,
    isSquare: true,
  },
  {
    kind: 'matrix',
    id: 'bounds',
    title: 'Bounds',
    help: 'Lowest and highest rate of the grid, a row for each cash flow.',
    default: null,
    required: true,
  },
  {
    kind: 'numbers',
    id: 'qubits',
    title: 'Qubits',
    help: 'Each rate is put on 2^n points; a number for each cash flow.',
    default: null,
    required: true,
    minCount: 1,
  },
] as const satisfies readonly ParameterDescriptor[];

type FixedIncome = ValuesOf<typeof fields>;

export const fixedIncome = defineProblem({
  kind: 'fixed-income',
  title: 'Fixed income',
  summary:
    'The present value of cash flows under uncertain interest rates: Σ cfᵢ / (1 + rᵢ)^(i+1).',
  fields,
  faults: faultsOf,
  views: [offer(payoffView, payoffOf)],
  example: {
    // Rates of 0 and 1 are equally far from the mean: 2 or 1 with the same weight.
    problem: {
      cashFlows: [2],
      means: [0.5],
      covariance: [[0.01]],
      bounds: [[0, 1]],
      qubits: [1],
    },
    answers: { estimation: 1.5 },
  },
});

function faultsOf({ cashFlows, means, covariance, bounds, qubits }: FixedIncome): ProblemFault[] {
  const count = cashFlows.length;
  const lengths = { means: means.length, bounds: bounds.length, qubits: qubits.length };
  const unequal = Object.entries(lengths).flatMap(([path, length]) =>
    length === count
      ? []
      : [{ path, message: `expected ${count}, one for each cash flow; got ${length}` }],
  );
  return [
    ...unequal,
    ...covarianceFaults('covariance', covariance, count),
    ...bounds.flatMap(([low = Number.NaN, high = Number.NaN, ...more], i) =>
      more.length === 0 && low > -1 && low < high
        ? []
        : [
            {
              path: `bounds[${i}]`,
              message: `expected a lowest rate above −1 and a higher one; got ${bounds[i]?.join(', ')}`,
            },
          ],
    ),
    ...qubits.flatMap((one, i) =>
      Number.isInteger(one) && one >= 1 && one <= mostGridQubits
        ? []
        : [
            {
              path: `qubits[${i}]`,
              message: `expected a whole number from 1 to ${mostGridQubits}; got ${one}`,
            },
          ],
    ),
    ...qubitsFault(
      'qubits',
      qubits.reduce((sum, one) => sum + one, 0),
    ),
  ];
}

function payoffOf({
  cashFlows,
  means,
  covariance,
  bounds,
  qubits,
}: FixedIncome): Seen<PayoffProblem> {
  const axes = qubits.map((count, i) => ({
    qubits: count,
    mean: means[i] ?? Number.NaN,
    points: equalSteps(bounds[i]?.[0] ?? Number.NaN, bounds[i]?.[1] ?? Number.NaN, count),
  }));
  const values = onPoints(
    axes.map(({ points }) => points),
    (rates) => rates.reduce((sum, rate, i) => sum + (cashFlows[i] ?? 0) / (1 + rate) ** (i + 1), 0),
  );
  return {
    value: {
      factors: jointNormal(axes, covariance),
      payoff: values,
      underlying: { title: 'Present value', values },
      // The rates have discounted it.
      discountFactor: 1,
      slope: null,
      closedForm: null,
      tail: null,
    },
    warnings: [],
  };
}
