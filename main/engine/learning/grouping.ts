import type { Rng } from '#shared/base/rng.ts';

/** Groups of the first `size` rows of a kernel. */
export interface Grouping {
  /** Of each row. */
  readonly groups: readonly number[];
  /** Squared distances of the rows from the middles of their groups. */
  readonly inertia: number;
  readonly rounds: number;
}

const mostRounds = 100;

/** A symmetric kernel, row-major. */
export interface Kernel {
  readonly values: Float64Array;
  readonly size: number;
}

/** Σ_{y∈C} K(i, y)/|C| of every row and group, and Σ_{x,y∈C} K(x, y)/|C|² of every group. */
function meansOf({ values, size }: Kernel, groups: readonly number[], count: number) {
  const sizes = new Float64Array(count);
  for (const group of groups) sizes[group] = (sizes[group] as number) + 1;
  const rows = new Float64Array(size * count);
  const own = new Float64Array(count);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const group = groups[j] as number;
      const at = i * count + group;
      const share = (values[i * size + j] as number) / (sizes[group] as number);
      rows[at] = (rows[at] as number) + share;
      if (groups[i] === group)
        own[group] = (own[group] as number) + share / (sizes[group] as number);
    }
  }
  return { sizes, rows, own };
}

/** Squared distance K(x, x) − 2·mean K(x, y) + mean K(y, y') of a row from the middle of a group. */
function distanceFrom(self: number, mean: number, own: number): number {
  return self - 2 * mean + own;
}

/** Each row in the group whose middle is nearest; of equally near ones the first. Empty groups take nobody. */
function nearest({ values, size }: Kernel, groups: readonly number[], count: number) {
  const { sizes, rows, own } = meansOf({ values, size }, groups, count);
  const next: number[] = [];
  let inertia = 0;
  for (let i = 0; i < size; i++) {
    let [best, least] = [groups[i] as number, Infinity];
    for (let c = 0; c < count; c++) {
      if (sizes[c] === 0) continue;
      const self = values[i * size + i] as number;
      const distance = distanceFrom(self, rows[i * count + c] as number, own[c] as number);
      if (distance < least - 1e-12) [best, least] = [c, distance];
    }
    next.push(best);
    inertia += distanceFrom(
      values[i * size + i] as number,
      rows[i * count + (groups[i] as number)] as number,
      own[groups[i] as number] as number,
    );
  }
  return { next, inertia };
}

/** Rows far apart as the first of their groups, drawn by their squared distances (Arthur and Vassilvitskii 2007). */
function started({ values, size }: Kernel, count: number, rng: Rng): number[] {
  const between = (i: number, j: number): number =>
    Math.max(
      0,
      (values[i * size + i] as number) +
        (values[j * size + j] as number) -
        2 * (values[i * size + j] as number),
    );
  const chosen = [rng.below(size)];
  while (chosen.length < count) {
    const away = Array.from({ length: size }, (_, i) =>
      Math.min(...chosen.map((j) => between(i, j))),
    );
    const total = away.reduce((sum, d) => sum + d, 0);
    let left = rng.uniform() * total;
    const found = away.findIndex((d) => d > 0 && (left -= d) < 0);
    // Rows that are all alike make no more groups.
    if (found < 0) break;
    chosen.push(found);
  }
  return Array.from({ length: size }, (_, i) => {
    const distances = chosen.map((j) => between(i, j));
    return distances.indexOf(Math.min(...distances));
  });
}

/**
 * Lloyd's k-means in the space of a kernel, whose middles need not be rows (Schölkopf, Smola and Müller 1998): the best of
 * `restarts` starts. O(n²) a round.
 */
export function groupedBy(
  kernel: Kernel,
  {
    count,
    restarts,
    rng,
  }: { readonly count: number; readonly restarts: number; readonly rng: Rng },
): Grouping {
  let best: Grouping | null = null;
  for (let start = 0; start < restarts; start++) {
    let groups = started(kernel, count, rng);
    let round = 0;
    let { next, inertia } = nearest(kernel, groups, count);
    while (round < mostRounds && next.some((group, i) => group !== groups[i])) {
      groups = next;
      ({ next, inertia } = nearest(kernel, groups, count));
      round++;
    }
    if (best === null || inertia < best.inertia - 1e-12)
      best = { groups, inertia, rounds: round + 1 };
  }
  return best ?? { groups: [], inertia: 0, rounds: 0 };
}

/** The nearest group of a row, from its kernel with itself and with the rows that were grouped. */
export function nearestGroup(
  kernel: Kernel,
  groups: readonly number[],
): (self: number, row: Float64Array) => { readonly group: number; readonly distance: number } {
  const count = Math.max(...groups) + 1;
  const { sizes, own } = meansOf(kernel, groups, count);
  return (self, row) => {
    const means = new Float64Array(count);
    groups.forEach((c, j) => {
      means[c] = (means[c] as number) + (row[j] as number) / (sizes[c] as number);
    });
    let best = { group: 0, distance: Infinity };
    for (let c = 0; c < count; c++) {
      if (sizes[c] === 0) continue;
      const distance = distanceFrom(self, means[c] as number, own[c] as number);
      if (distance < best.distance) best = { group: c, distance };
    }
    return best;
  };
}

/** Squared distances of all rows from the middle of all. */
export function spreadIn({ values, size }: Kernel): number {
  let [trace, sum] = [0, 0];
  for (let i = 0; i < size; i++) {
    trace += values[i * size + i] as number;
    for (let j = 0; j < size; j++) sum += values[i * size + j] as number;
  }
  return trace - sum / size;
}

/** Mean silhouette by distances (Rousseeuw 1987); NaN where there is one group alone. */
export function silhouetteOf(
  groups: readonly number[],
  distance: (i: number, j: number) => number,
): number {
  const count = Math.max(...groups) + 1;
  const sizes = Array.from({ length: count }, (_, c) => groups.filter((g) => g === c).length);
  if (sizes.filter((size) => size > 0).length < 2) return Number.NaN;
  let sum = 0;
  groups.forEach((own, i) => {
    const means = new Float64Array(count);
    groups.forEach((c, j) => (means[c] = (means[c] as number) + distance(i, j)));
    // A row alone in its group has a silhouette of 0.
    if (sizes[own] === 1) return;
    const inside = (means[own] as number) / ((sizes[own] as number) - 1);
    const outside = Math.min(
      ...sizes.flatMap((size, c) => (c === own || size === 0 ? [] : [(means[c] as number) / size])),
    );
    sum += (outside - inside) / (Math.max(inside, outside) || 1);
  });
  return sum / groups.length;
}

/** How far two groupings agree beyond chance (Hubert and Arabie 1985): 1 where they are the same. */
export function adjustedRandIndex(a: readonly number[], b: readonly number[]): number {
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  const countPairs = (keys: readonly (string | number)[]): number => {
    const counts = new Map<string | number, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()].reduce((sum, n) => sum + pairs(n), 0);
  };
  const both = countPairs(a.map((group, i) => `${group} ${b[i]}`));
  const [inA, inB] = [countPairs(a), countPairs(b)];
  const chance = (inA * inB) / pairs(a.length);
  const most = (inA + inB) / 2;
  return most === chance ? 1 : (both - chance) / (most - chance);
}
