import type { AmplitudeRow } from './amplitudes.ts';

/** A basis state on the unit sphere: by its ones from the north pole down, its kind spread on a circle. */
export interface SphereNode {
  readonly row: AmplitudeRow;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Places of the rows that have weight. |0…0⟩ is the north pole, |1…1⟩ the south pole. */
export function sphereNodes(rows: readonly AmplitudeRow[], qubitCount: number): SphereNode[] {
  return rows
    .filter(({ magnitude }) => magnitude > 1e-6)
    .map((row) => {
      const ones = countOnes(row.index);
      const polar = (Math.PI * ones) / qubitCount;
      const share = rankOf(row.index) / choose(qubitCount, ones);
      const azimuth = 2 * Math.PI * share;
      return {
        row,
        x: Math.sin(polar) * Math.cos(azimuth),
        y: Math.sin(polar) * Math.sin(azimuth),
        z: Math.cos(polar),
      };
    });
}

function countOnes(index: number): number {
  let ones = 0;
  for (let rest = index; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

/** Which one it is among the states with as many ones, in counting order (combinatorial number system). */
export function rankOf(index: number): number {
  let rank = 0;
  let ones = 0;
  for (let bit = 0, rest = index; rest > 0; bit++, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 0) continue;
    ones++;
    rank += choose(bit, ones);
  }
  return rank;
}

export function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return Math.round(result);
}
