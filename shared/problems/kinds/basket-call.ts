import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { blackScholes } from '../pricing/black-scholes.ts';
import {
  maturityField,
  qubitsFault,
  qubitsField,
  rateField,
  spotField,
  strikeField,
  volatilityField,
} from '../pricing/european.ts';
import { covarianceFaults, jointNormal } from '../pricing/joint-normal.ts';
import { logNormalGrid, logNormalOf } from '../pricing/log-normal.ts';
import { onPoints } from '../pricing/product-grid.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { offer, type Seen } from '../view.ts';
import { type PayoffProblem, payoffView } from '../views/payoff.ts';

const fields = [
  {
    kind: 'list',
    id: 'assets',
    title: 'Assets',
    help: 'One of each is in the basket.',
    default: null,
    required: true,
    minCount: 1,
    members: [spotField, volatilityField, qubitsField],
  },
  {
    kind: 'matrix',
    id: 'correlation',
    title: 'Correlation',
    help: 'Of the log-returns, in the order of the assets. Empty: none.',
    default: null,
    isSquare: true,
  },
  strikeField,
  rateField,
  maturityField,
] as const satisfies readonly ParameterDescriptor[];

type BasketCall = ValuesOf<typeof fields>;

export const basketCall = defineProblem({
  kind: 'basket-call',
  title: 'Basket call',
  summary: 'The right to buy a basket of assets, which may be correlated, at a strike.',
  fields,
  faults: ({ assets, correlation }) => [
    ...qubitsFault(
      'assets',
      assets.reduce((sum, { qubits }) => sum + qubits, 0),
    ),
    ...(correlation === undefined ? [] : correlationFaults(correlation, assets.length)),
  ],
  views: [offer(payoffView, payoffOf)],
  example: {
    // The lower price of each is 0, where a price never is: the basket is worth twice the higher one,
    // e^0.5 (1 + 3 √(e − 1)), and the strike is 1 below.
    problem: {
      assets: [
        { spot: 1, volatility: 1, qubits: 1 },
        { spot: 1, volatility: 1, qubits: 1 },
      ],
      correlation: [
        [1, 0.5],
        [0.5, 1],
      ],
      strike: 2 * Math.exp(0.5) * (1 + 3 * Math.sqrt(Math.E - 1)) - 1,
      rate: 0.5,
      maturityYears: 1,
    },
    answers: { estimation: 1 },
  },
});

function correlationFaults(
  correlation: readonly (readonly number[])[],
  assets: number,
): ProblemFault[] {
  const faults = covarianceFaults('correlation', correlation, assets);
  const off = correlation.findIndex((row, i) => row[i] !== 1);
  if (faults.length > 0 || off === -1) return faults;
  const got = correlation[off]?.[off];
  return [
    {
      path: `correlation[${off}][${off}]`,
      message: `expected 1, of an asset with itself; got ${got}`,
    },
  ];
}

function payoffOf({
  assets,
  correlation,
  strike,
  rate,
  maturityYears,
}: BasketCall): Seen<PayoffProblem> {
  const markets = assets.map((asset) => ({ ...asset, rate, dividendYield: 0 }));
  const grids = markets.map((one) => logNormalGrid(one, maturityYears, one.qubits));
  const logs = markets.map((one) => logNormalOf(one, maturityYears));
  const covariance = logs.map(({ scale }, i) =>
    logs.map((other, j) => scale * other.scale * (correlation?.[i]?.[j] ?? (i === j ? 1 : 0))),
  );
  const axes = grids.map(({ values }, i) => ({
    qubits: markets[i]?.qubits ?? 0,
    mean: logs[i]?.location ?? 0,
    points: values.map(Math.log),
    // Where the price is 0, the normal part has no weight already.
    logFactors: values.map((price) => (price > 0 ? -Math.log(price) : 0)),
  }));
  const worth = onPoints(
    grids.map(({ values }) => values),
    (prices) => prices.reduce((sum, price) => sum + price, 0),
  );
  const [only, ...others] = markets;
  return {
    value: {
      factors: jointNormal(axes, covariance),
      payoff: worth.map((price) => Math.max(price - strike, 0)),
      underlying: { title: 'Worth of the basket at maturity', values: worth },
      discountFactor: Math.exp(-rate * maturityYears),
      slope: worth.map((price) => (price >= strike ? 1 : 0)),
      // A sum of log-normal prices has no closed form.
      closedForm:
        only === undefined || others.length > 0
          ? null
          : blackScholes(only, strike, maturityYears, 'call'),
      tail: null,
    },
    warnings: [],
  };
}
