import { binShares, type FeatureProfile } from './profile.ts';

/** How far the rows of a file lie from those that a model was fitted to, in one feature. */
export interface Drift {
  readonly feature: string;
  /** Population stability index, Σ (p − q)·ln(p/q) over the bins of the profile. */
  readonly psi: number;
  /** What it must pass to count: 0.2, or what chance alone passes once in a thousand times, if that is more. */
  readonly threshold: number;
  /** Of the rows, beyond the least and the largest training value. */
  readonly outside: number;
  readonly drifts: boolean;
}

/** The usual border between a slight and a real change. */
const usual = 0.2;
/** An empty bin counts as half a row, so that the logarithm stays finite. */
const half = 0.5;
/** The normal quantile of 0.999. */
const quantile = 3.0902;

/**
 * Under equal distributions PSI·(1/n + 1/N)⁻¹ is about χ² with one degree of freedom less than there are bins
 * (Yurdakul and Naranjo 2020, J. Risk Model Validation 14, 89). `known` is the number of training rows.
 */
export function driftOf(
  profile: readonly FeatureProfile[],
  rows: readonly Float64Array[],
  known: number,
): Drift[] {
  const n = rows.length;
  if (n === 0) return [];
  return profile.map(({ name, edges, shares, least, most }, k) => {
    const values = Float64Array.from(rows, (row) => row[k] as number);
    const found = binShares(edges, values);
    const psi = shares.reduce((sum, share, b) => {
      const p = Math.max(found[b] as number, half / n);
      const q = Math.max(share, half / known);
      return sum + (p - q) * Math.log(p / q);
    }, 0);
    const outside = values.filter((v) => v < least || v > most).length / n;
    const chance = chiSquared(shares.length - 1) * (1 / n + 1 / known);
    const threshold = Math.max(usual, chance);
    return { feature: name, psi, threshold, outside, drifts: psi > threshold };
  });
}

/** The 0.999 quantile of χ² by Wilson and Hilferty; infinite without a degree of freedom. */
function chiSquared(freedom: number): number {
  if (freedom < 1) return Infinity;
  const part = 2 / (9 * freedom);
  return freedom * (1 - part + quantile * Math.sqrt(part)) ** 3;
}
