import {
  gridProbabilities,
  meanOnGrid,
  type PayoffProblem,
} from '#shared/problems/views/payoff.ts';
import type { CoursePoint, RiskMeasures } from '#shared/results/kinds/estimation.ts';
import { riskOf } from './risk.ts';

/** A mean over the grid with the interval that is known to hold it. */
interface Mean {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** What was found of a payoff. */
interface Found {
  readonly payoff: Mean;
  /** Of its slope, where it has one. */
  readonly delta: Mean | null;
  readonly risk: RiskMeasures | null;
  /** How the interval of the payoff narrowed. */
  readonly course: readonly CoursePoint[];
}

/** What a payoff and its slope were found to be, beside what is known of them without estimating. */
export function expectedPayoff(
  problem: PayoffProblem,
  { payoff: { value, interval }, delta, risk, course }: Found,
) {
  const { closedForm, discountFactor } = problem;
  const confidenceInterval: [number, number] = [...interval];
  const exactRisk = riskOf(problem, gridProbabilities(problem));
  const deltaInterval: [number, number] | null = delta === null ? null : [...delta.interval];
  return {
    estimate: value,
    discounted: discountFactor * value,
    delta: delta?.value ?? null,
    confidenceInterval,
    deltaInterval,
    ...(risk === null ? {} : { expectedLoss: value, ...risk }),
    exact: {
      ...meansOnGrid(problem),
      blackScholes: closedForm?.price ?? null,
      greeks: closedForm?.greeks ?? null,
      ...(exactRisk === null ? {} : { risk: exactRisk }),
    },
    course: [...course],
    distribution: distributionOf(problem),
  };
}

export function meansOnGrid(problem: PayoffProblem) {
  const { payoff, slope } = problem;
  return {
    grid: meanOnGrid(problem, payoff),
    delta: slope === null ? null : meanOnGrid(problem, slope),
  };
}

const mostSteps = 64;

/** Every value of the underlying, or so many equal steps of it, with the mean payoff in each. */
function distributionOf(problem: PayoffProblem) {
  const { underlying, payoff } = problem;
  const probabilities = gridProbabilities(problem);
  const different = [...new Set(underlying.values)].toSorted((a, b) => a - b);
  const low = different[0] as number;
  const width = ((different.at(-1) as number) - low) / mostSteps;
  const stepOf = (value: number): number =>
    Math.min(mostSteps - 1, Math.floor((value - low) / width));
  const isListed = different.length <= mostSteps;
  const values = isListed
    ? different
    : Array.from({ length: mostSteps }, (_, k) => low + (k + 0.5) * width);
  const place = new Map(different.map((value, k) => [value, isListed ? k : stepOf(value)]));
  const [weights, paid, counts] = [values.map(() => 0), values.map(() => 0), values.map(() => 0)];
  underlying.values.forEach((value, k) => {
    const at = place.get(value) as number;
    weights[at] = (weights[at] as number) + (probabilities[k] as number);
    paid[at] = (paid[at] as number) + (payoff[k] as number);
    counts[at] = (counts[at] as number) + 1;
  });
  return {
    title: underlying.title,
    values,
    probabilities: weights,
    payoffs: paid.map((sum, k) => sum / Math.max(1, counts[k] as number)),
  };
}
