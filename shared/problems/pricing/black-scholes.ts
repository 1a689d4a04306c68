import { normalDensity, normalDistribution } from '../../math/normal.ts';
import type { ClosedForm, Greeks } from '../views/payoff.ts';
import type { Market } from './log-normal.ts';

export type OptionSide = 'call' | 'put';

/**
 * Price and greeks of a European option with a continuous dividend yield (Black and Scholes 1973,
 * Merton 1973): per unit of the underlying, theta a year, vega and rho per 1.0.
 */
export function blackScholes(
  { spot, volatility, rate, dividendYield }: Market,
  strike: number,
  years: number,
  side: OptionSide,
): ClosedForm {
  const sign = side === 'call' ? 1 : -1;
  const deviation = volatility * Math.sqrt(years);
  const drift = rate - dividendYield + volatility ** 2 / 2;
  const d1 = (Math.log(spot / strike) + drift * years) / deviation;
  const held = spot * Math.exp(-dividendYield * years);
  const owed = strike * Math.exp(-rate * years);
  const heldShare = sign * held * normalDistribution(sign * d1);
  const owedShare = sign * owed * normalDistribution(sign * (d1 - deviation));
  const density = normalDensity(d1);
  return {
    price: heldShare - owedShare,
    greeks: {
      delta: heldShare / spot,
      gamma: (held * density) / (spot * spot * deviation),
      vega: held * density * Math.sqrt(years),
      theta:
        (-held * density * volatility) / (2 * Math.sqrt(years)) -
        rate * owedShare +
        dividendYield * heldShare,
      rho: years * owedShare,
    },
  };
}

/** One bought and another one sold. */
export function spreadOf(bought: ClosedForm, sold: ClosedForm): ClosedForm {
  const greek = (name: keyof Greeks): number => bought.greeks[name] - sold.greeks[name];
  return {
    price: bought.price - sold.price,
    greeks: {
      delta: greek('delta'),
      gamma: greek('gamma'),
      vega: greek('vega'),
      theta: greek('theta'),
      rho: greek('rho'),
    },
  };
}
