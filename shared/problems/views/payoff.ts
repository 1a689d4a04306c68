import type { View } from '../view.ts';

/** An expected payoff over a grid: what amplitude estimation estimates. */
export interface PayoffProblem {
  /** Independent parts of the distribution, lowest qubits first; their product is that of the grid. */
  readonly factors: readonly Distribution[];
  /** The payoff at every point of the grid, by its index. */
  readonly payoff: Float64Array;
  /** What the payoff is about, at every point: the price at maturity, the worth of a basket. */
  readonly underlying: { readonly title: string; readonly values: Float64Array };
  /** What a unit at maturity is worth today. */
  readonly discountFactor: number;
  /** The slope of the payoff at every point, −1, 0 or 1; null where it has no single one. */
  readonly slope: Float64Array | null;
  /** What is known in closed form, of a continuous price; null where nothing is. */
  readonly closedForm: ClosedForm | null;
  /** The payoff is a loss whose value at risk is asked for: how likely more may be lost. Null: it is none. */
  readonly tail: number | null;
}

/** Probabilities of the 2^qubits points of one part, adding up to 1. */
export interface Distribution {
  readonly qubits: number;
  readonly probabilities: Float64Array;
}

/** Price today with its derivatives: theta by a year, vega and rho by 1.0. */
export interface ClosedForm {
  readonly price: number;
  readonly greeks: Greeks;
}

export interface Greeks {
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
  readonly rho: number;
}

export const payoffView: View<PayoffProblem> = { id: 'payoff', title: 'a payoff on a grid' };

export function qubitsOfGrid({ factors }: PayoffProblem): number {
  return factors.reduce((sum, { qubits }) => sum + qubits, 0);
}

/** Probabilities of all points of the grid: the product of its factors, the first one fastest. */
export function gridProbabilities({ factors }: PayoffProblem): Float64Array {
  return factors.reduce<Float64Array>(
    (product, { probabilities }) =>
      Float64Array.from({ length: product.length * probabilities.length }, (_, k) => {
        const [low, high] = [k % product.length, Math.floor(k / product.length)];
        return (product[low] as number) * (probabilities[high] as number);
      }),
    Float64Array.of(1),
  );
}

/** Σ p·f over the grid. */
export function meanOnGrid(problem: PayoffProblem, values: Float64Array): number {
  return gridProbabilities(problem).reduce((sum, p, k) => sum + p * (values[k] as number), 0);
}
