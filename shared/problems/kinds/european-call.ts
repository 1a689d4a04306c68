import { blackScholes } from '../pricing/black-scholes.ts';
import {
  type European,
  europeanFaults,
  europeanFields,
  europeanPayoff,
} from '../pricing/european.ts';
import { defineProblem } from '../problem-kind.ts';
import { offer } from '../view.ts';
import { payoffView } from '../views/payoff.ts';

export const europeanCall = defineProblem({
  kind: 'european-call',
  title: 'European call',
  summary: 'The right to buy at a strike: pays what the price at maturity is above it.',
  fields: europeanFields,
  faults: europeanFaults,
  views: [
    offer(payoffView, (option: European) =>
      europeanPayoff(option, {
        payoff: (price) => Math.max(price - option.strike, 0),
        slope: (price) => (price >= option.strike ? 1 : 0),
        closedForm: blackScholes(option, option.strike, option.maturityYears, 'call'),
      }),
    ),
  ],
  example: {
    // Prices 1 and 3 with weights e^{-z²/2}/x at z = 0 and ln 3; the one above the strike pays 1.
    problem: {
      spot: 1,
      strike: 2,
      volatility: 1,
      rate: 0.5,
      maturityYears: 1,
      qubits: 1,
      bounds: [1, 3],
    },
    answers: { estimation: 1 / (1 + 3 * Math.exp(Math.log(3) ** 2 / 2)) },
  },
});
