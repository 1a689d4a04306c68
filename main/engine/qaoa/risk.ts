/** A cost, and how likely it is. */
export interface WeightedCost {
  readonly cost: number;
  readonly probability: number;
}

/** What is trained in place of the mean, as a function of the distribution of costs. */
export type Risk =
  | { readonly kind: 'cvar'; readonly fraction: number }
  | { readonly kind: 'gibbs'; readonly eta: number };

export function riskOf(settings: { readonly cvar?: number; readonly gibbs?: number }): Risk | null {
  if (settings.gibbs !== undefined) return { kind: 'gibbs', eta: settings.gibbs };
  if (settings.cvar === undefined || settings.cvar === 1) return null;
  return { kind: 'cvar', fraction: settings.cvar };
}

/** The value of a distribution in the unit of the costs; `sign` is 1 where low costs are good and −1 otherwise. */
export function riskValue(
  risk: Risk,
  costs: readonly WeightedCost[],
  { sign, spread }: { readonly sign: number; readonly spread: number },
): number {
  return risk.kind === 'cvar'
    ? tailMean(costs, risk.fraction, sign)
    : freeEnergy(costs, risk.eta / spread, sign);
}

/** Mean of the best fraction (Barkoutsos et al. 2020, arXiv:1907.04769). */
function tailMean(costs: readonly WeightedCost[], fraction: number, sign: number): number {
  let left = fraction;
  let sum = 0;
  for (const { probability, cost } of costs.toSorted((a, b) => sign * (a.cost - b.cost))) {
    const part = Math.min(left, probability);
    sum += part * cost;
    left -= part;
    if (left <= 0) break;
  }
  return sum / (fraction - Math.max(0, left));
}

/** −log⟨exp(−ηC)⟩/η (Li et al. 2020, arXiv:1909.07621): the mean for η → 0, the best cost for η → ∞. */
function freeEnergy(costs: readonly WeightedCost[], eta: number, sign: number): number {
  const best = sign * costs.reduce((least, { cost }) => Math.min(least, sign * cost), Infinity);
  const mean = costs.reduce(
    (sum, { cost, probability }) => sum + probability * Math.exp(-eta * sign * (cost - best)),
    0,
  );
  return best - (sign * Math.log(mean)) / eta;
}
