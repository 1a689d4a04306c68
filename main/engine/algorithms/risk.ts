import type { PayoffProblem } from '#shared/problems/views/payoff.ts';
import type { RiskMeasures } from '#shared/results/kinds/estimation.ts';
import type { Program } from '../programs/program.ts';

/** How a mean over the grid is found. */
export type MeanOf = (values: Float64Array, name: string) => Program<{ readonly value: number }>;

/**
 * Value at risk by bisection of P(L ≤ x) over the losses that there are (Woerner and Egger,
 * arXiv:1806.06893), and what lies beyond it by the mean excess; null where the payoff is no such loss.
 */
export function* riskBy(problem: PayoffProblem, meanOf: MeanOf): Program<RiskMeasures | null> {
  const { tail, payoff } = problem;
  if (tail === null) return null;
  const losses = differentLosses(payoff);
  const most = losses.length - 1;
  const known = new Map([[most, 1]]);
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    const loss = losses[middle] as number;
    const within = payoff.map((one) => (one <= loss ? 1 : 0));
    const { value } = yield* meanOf(within, `loss ${middle}`);
    known.set(middle, value);
    if (value >= 1 - tail) high = middle;
    else low = middle + 1;
  }
  const valueAtRisk = losses[high] as number;
  const excess = payoff.map((one) => Math.max(0, one - valueAtRisk));
  const { value } = high === most ? { value: 0 } : yield* meanOf(excess, 'excess');
  const cdf = [...known]
    .toSorted(([a], [b]) => a - b)
    .map(([k, probability]) => ({ loss: losses[k] as number, probability }));
  const beyond = 1 - (known.get(high) ?? 1);
  return measures({ valueAtRisk, excess: value, beyond, tail, most: losses[most] as number }, cdf);
}

/** The same from the probabilities of all points of the grid, or from how often each was drawn. */
export function riskOf(
  { tail, payoff }: Pick<PayoffProblem, 'tail' | 'payoff'>,
  probabilities: Float64Array,
): RiskMeasures | null {
  if (tail === null) return null;
  const weights = new Map<number, number>();
  payoff.forEach((loss, k) =>
    weights.set(loss, (weights.get(loss) ?? 0) + (probabilities[k] as number)),
  );
  let sum = 0;
  const cdf = differentLosses(payoff).map((loss) => {
    sum += weights.get(loss) ?? 0;
    return { loss, probability: Math.min(1, sum) };
  });
  const last = cdf.at(-1) ?? { loss: 0, probability: 1 };
  // Rounding may leave the last sum a little below 1.
  const at = cdf.find(({ probability }) => probability >= 1 - tail - 1e-12) ?? last;
  const excess = payoff.reduce(
    (mean, loss, k) => mean + (probabilities[k] as number) * Math.max(0, loss - at.loss),
    0,
  );
  const beyond = at === last ? 0 : 1 - at.probability;
  return measures({ valueAtRisk: at.loss, excess, beyond, tail, most: last.loss }, cdf);
}

interface Tail {
  readonly valueAtRisk: number;
  /** E[max(0, L − VaR)]. */
  readonly excess: number;
  /** P(L > VaR). */
  readonly beyond: number;
  readonly tail: number;
  readonly most: number;
}

/** Estimates may contradict each other: no mean of losses beyond one lies below it, or above the largest. */
function measures(
  { valueAtRisk, excess, beyond, tail, most }: Tail,
  cdf: RiskMeasures['cdf'],
): RiskMeasures {
  const above = (extra: number): number =>
    Math.min(most, valueAtRisk + (Number.isFinite(extra) ? Math.max(0, extra) : 0));
  return {
    valueAtRisk,
    conditionalValueAtRisk: above(excess / beyond),
    expectedShortfall: above(excess / tail),
    cdf,
  };
}

function differentLosses(payoff: Float64Array): number[] {
  return [...new Set(payoff)].toSorted((a, b) => a - b);
}
