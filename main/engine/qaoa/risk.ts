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

/** A value of a distribution, and its standard error where the distribution is that of shots; 0 where it is exact. */
export interface RiskEstimate {
  readonly value: number;
  readonly stderr: number;
}

export interface RiskScale {
  /** 1 where low costs are good, −1 otherwise. */
  readonly sign: number;
  readonly spread: number;
  /** Null: the distribution is exact. */
  readonly shots: number | null;
}

/** The value of a distribution in the unit of the costs. */
export function riskValue(
  risk: Risk,
  costs: readonly WeightedCost[],
  { sign, spread, shots }: RiskScale,
): RiskEstimate {
  const { value, variance } =
    risk.kind === 'cvar'
      ? tailMean(costs, risk.fraction, { sign, slack: shotNoise(risk.fraction, shots) })
      : freeEnergy(costs, risk.eta / spread, sign);
  return { value, stderr: shots === null ? 0 : Math.sqrt(Math.max(0, variance) / shots) };
}

/** How far the share of shots below a quantile is off. */
function shotNoise(fraction: number, shots: number | null): number {
  return shots === null ? 0 : Math.sqrt((fraction * (1 - fraction)) / shots);
}

/** An estimate, and the variance of it times the number of shots, for many shots. */
interface Asymptotic {
  readonly value: number;
  readonly variance: number;
}

/**
 * Mean of the best fraction α (Barkoutsos et al. 2020, arXiv:1907.04769). Its variance is that of (q − C)₊/α with the last cost q of
 * that part (Trindade et al. 2007, J. Banking & Finance 31, 3524); `slack`: q is taken from so much further, as shots may.
 */
function tailMean(
  costs: readonly WeightedCost[],
  fraction: number,
  { sign, slack }: { readonly sign: number; readonly slack: number },
): Asymptotic {
  const sorted = costs.toSorted((a, b) => sign * (a.cost - b.cost));
  let left = fraction;
  let sum = 0;
  for (const { probability, cost } of sorted) {
    const part = Math.min(left, probability);
    sum += part * cost;
    left -= part;
    if (left <= 0) break;
  }
  let further = fraction + slack;
  const last = sorted.find(({ probability }) => (further -= probability) <= 0) ?? sorted.at(-1);
  let mean = 0;
  let square = 0;
  for (const { probability, cost } of sorted) {
    const below = Math.max(0, sign * ((last?.cost ?? 0) - cost));
    mean += probability * below;
    square += probability * below * below;
  }
  return {
    value: sum / (fraction - Math.max(0, left)),
    variance: (square - mean * mean) / fraction ** 2,
  };
}

/** −log⟨exp(−ηC)⟩/η (Li et al. 2020, arXiv:1909.07621): the mean for η → 0, the best cost for η → ∞; its error to first order. */
function freeEnergy(costs: readonly WeightedCost[], eta: number, sign: number): Asymptotic {
  const best = sign * costs.reduce((least, { cost }) => Math.min(least, sign * cost), Infinity);
  let mean = 0;
  let square = 0;
  for (const { cost, probability } of costs) {
    const weight = Math.exp(-eta * sign * (cost - best));
    mean += probability * weight;
    square += probability * weight * weight;
  }
  return {
    value: best - (sign * Math.log(mean)) / eta,
    variance: (square - mean * mean) / (eta * mean) ** 2,
  };
}
