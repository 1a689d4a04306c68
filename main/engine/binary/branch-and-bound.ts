import type { Constraint } from '#shared/problems/binary-problem.ts';
import type { BitModel } from './bit-model.ts';

const nodesPerReport = 100_000;

/** Nodes that were visited. */
export type Nodes = number;

/** A constraint with what its terms can still add, at each depth of the search. */
interface Bounded {
  readonly low: number;
  readonly high: number;
  /** Weight of the variable at each place of the order. */
  readonly weights: Float64Array;
  /** Pairs by the place of the later variable: earlier place and weight. */
  readonly pairs: readonly (readonly (readonly [number, number])[])[];
  /** What the terms from each depth on can add at least and at most. */
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/**
 * A feasible assignment of the least energy, by depth-first branch and bound; null where no assignment is
 * feasible. Strongly bound variables come first. A branch is left where a constraint can no longer hold, or
 * where even the least that the open variables can add is not below the best.
 */
export function* branchAndBound(
  model: BitModel,
  constraints: readonly Constraint[],
): Generator<Nodes, Uint8Array | null> {
  const n = model.size;
  const order = orderOf(model);
  const place = new Int32Array(n);
  order.forEach((variable, p) => (place[variable] = p));
  const bounded = constraints.map((one) => boundedOf(one, place, n));
  const sums = bounded.map(() => new Float64Array(n + 1));
  const fields = Float64Array.from(order, (variable) => model.linear[variable] as number);
  const neighbours = order.map((variable) => laterNeighbours(model, place, variable));
  // Negative weights to later variables: the most that they can add to a variable's field.
  const helps = Float64Array.from(neighbours, (later) =>
    later.reduce((sum, [, w]) => sum + Math.min(0, w), 0),
  );
  const energies = new Float64Array(n + 1);
  energies[0] = model.constant;
  const x = new Int8Array(n).fill(-1);
  let best: Uint8Array | null = null;
  let lowest = Infinity;
  let depth = 0;
  for (let nodes = 1; depth >= 0; nodes++) {
    if (nodes % nodesPerReport === 0) yield nodes;
    if (depth === n) {
      lowest = energies[n] as number;
      best = Uint8Array.from(
        { length: n },
        (_, variable) => x[place[variable] as number] as number,
      );
      depth--;
      continue;
    }
    // The value that the field asks for is tried first.
    const first = (fields[depth] as number) < 0 ? 1 : 0;
    const before = x[depth] as number;
    if (before === 1) raise(fields, neighbours[depth] ?? [], -1);
    const next = before === -1 ? first : before === first ? 1 - first : -1;
    x[depth] = next;
    if (next === -1) {
      depth--;
      continue;
    }
    energies[depth + 1] =
      (energies[depth] as number) + (next === 1 ? (fields[depth] as number) : 0);
    if (next === 1) raise(fields, neighbours[depth] ?? [], 1);
    if (!canHold(bounded, sums, x, depth)) continue;
    let bound = energies[depth + 1] as number;
    for (let p = depth + 1; p < n; p++)
      bound += Math.min(0, (fields[p] as number) + (helps[p] as number));
    if (bound >= lowest - 1e-12 * Math.max(1, Math.abs(lowest)) && best !== null) continue;
    depth++;
  }
  return best;
}

function raise(
  fields: Float64Array,
  later: readonly (readonly [number, number])[],
  sign: 1 | -1,
): void {
  for (const [p, w] of later) fields[p] = (fields[p] as number) + sign * w;
}

/** Updates the sums of all constraints at a depth, and says whether each can still hold. */
function canHold(
  bounded: readonly Bounded[],
  sums: readonly Float64Array[],
  x: Int8Array,
  depth: number,
): boolean {
  return bounded.every(({ low, high, weights, pairs, least, most }, c) => {
    const sum = sums[c] as Float64Array;
    let value = sum[depth] as number;
    if (x[depth] === 1) {
      value += weights[depth] as number;
      for (const [earlier, w] of pairs[depth] ?? []) if (x[earlier] === 1) value += w;
    }
    sum[depth + 1] = value;
    return (
      value + (least[depth + 1] as number) <= high && value + (most[depth + 1] as number) >= low
    );
  });
}

function orderOf({ size, linear, starts, weights }: BitModel): number[] {
  const strength = Float64Array.from({ length: size }, (_, i) => {
    let sum = Math.abs(linear[i] as number);
    for (let at = starts[i] as number; at < (starts[i + 1] as number); at++) {
      sum += Math.abs(weights[at] as number);
    }
    return sum;
  });
  return Array.from({ length: size }, (_, i) => i).sort(
    (a, b) => (strength[b] as number) - (strength[a] as number) || a - b,
  );
}

function laterNeighbours(
  { starts, neighbours, weights }: BitModel,
  place: Int32Array,
  variable: number,
): [number, number][] {
  const later: [number, number][] = [];
  for (let at = starts[variable] as number; at < (starts[variable + 1] as number); at++) {
    const p = place[neighbours[at] as number] as number;
    if (p > (place[variable] as number)) later.push([p, weights[at] as number]);
  }
  return later;
}

function boundedOf(
  { linear, quadratic, relation, bound }: Constraint,
  place: Int32Array,
  n: number,
): Bounded {
  const weights = new Float64Array(n);
  for (const [i, w] of linear) weights[place[i] as number] = w;
  const pairs: [number, number][][] = Array.from({ length: n }, () => []);
  for (const [i, j, w] of quadratic) {
    const [a, b] = [place[i] as number, place[j] as number];
    pairs[Math.max(a, b)]?.push([Math.min(a, b), w]);
  }
  const least = new Float64Array(n + 1);
  const most = new Float64Array(n + 1);
  for (let p = n - 1; p >= 0; p--) {
    const terms = [weights[p] as number, ...(pairs[p] ?? []).map(([, w]) => w)];
    least[p] = (least[p + 1] as number) + terms.reduce((sum, w) => sum + Math.min(0, w), 0);
    most[p] = (most[p + 1] as number) + terms.reduce((sum, w) => sum + Math.max(0, w), 0);
  }
  const largest = [...linear, ...quadratic].reduce(
    (size, term) => Math.max(size, Math.abs(term.at(-1) as number)),
    Math.abs(bound),
  );
  const tolerance = 1e-9 * largest;
  return {
    low: relation === '<=' ? -Infinity : bound - tolerance,
    high: relation === '>=' ? Infinity : bound + tolerance,
    weights,
    pairs,
    least,
    most,
  };
}
