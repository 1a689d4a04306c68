import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import { blackScholes, spreadOf } from '../pricing/black-scholes.ts';
import {
  type European,
  europeanFaults,
  europeanFields,
  europeanPayoff,
} from '../pricing/european.ts';
import { defineProblem } from '../problem-kind.ts';
import { offer } from '../view.ts';
import { payoffView } from '../views/payoff.ts';

const fields = [
  ...europeanFields,
  {
    kind: 'number',
    id: 'upperStrike',
    title: 'Upper strike',
    help: 'Price from which the payoff grows no more.',
    default: null,
    required: true,
    min: 0,
    exclusiveMin: true,
  },
] as const satisfies readonly ParameterDescriptor[];

interface BullSpread extends European {
  readonly upperStrike: number;
}

export const bullSpread = defineProblem({
  kind: 'bull-spread',
  title: 'Bull spread',
  summary: 'A call bought at a strike and another one sold at a higher strike.',
  fields,
  faults: (option) => [
    ...europeanFaults(option),
    ...(option.strike < option.upperStrike
      ? []
      : [
          {
            path: 'upperStrike',
            message: `expected more than the strike, ${option.strike}; got ${option.upperStrike}`,
          },
        ]),
  ],
  views: [
    offer(payoffView, (option: BullSpread) => {
      const { strike, upperStrike, maturityYears } = option;
      return europeanPayoff(option, {
        payoff: (price) => Math.min(Math.max(price - strike, 0), upperStrike - strike),
        slope: (price) => (price >= strike && price < upperStrike ? 1 : 0),
        closedForm: spreadOf(
          blackScholes(option, strike, maturityYears, 'call'),
          blackScholes(option, upperStrike, maturityYears, 'call'),
        ),
      });
    }),
  ],
  example: {
    // Prices 1 and 3 with weights e^{-z²/2}/x at z = 0 and ln 3; the higher one pays all of the half.
    problem: {
      spot: 1,
      strike: 2,
      upperStrike: 2.5,
      volatility: 1,
      rate: 0.5,
      maturityYears: 1,
      qubits: 1,
      bounds: [1, 3],
    },
    answers: { estimation: 0.5 / (1 + 3 * Math.exp(Math.log(3) ** 2 / 2)) },
  },
});
