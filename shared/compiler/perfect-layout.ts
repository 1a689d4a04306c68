import { pairCost, readoutCost } from './regions.ts';
import type { RoutingGraph } from './routing-graph.ts';
import type { Target } from './target.ts';

/** Solutions that are compared where a device's errors make some better than others. */
const compared = 400;

/**
 * Places where every pair that interacts is coupled already, so that nothing needs to be routed; the
 * ones with least error where errors are known. Backtracking over subgraphs, at most `budget` tries;
 * null where none was found.
 */
export function perfectLayout(
  graph: RoutingGraph,
  qubits: number,
  target: Target,
  budget: number,
): Int32Array | null {
  if (target.couplings === null || qubits > target.qubits) return null;
  return new Embedding(graph, qubits, target, budget).find();
}

class Embedding {
  readonly #target: Target;
  readonly #neighbours: readonly (readonly number[])[];
  /** For each logical qubit its partners with how often they meet. */
  readonly #partners: readonly ReadonlyMap<number, number>[];
  readonly #order: readonly number[];
  readonly #places: Int32Array;
  readonly #taken: Uint8Array;
  readonly #wanted: number;
  #left: number;
  #found = 0;
  #best: Int32Array | null = null;
  #least = Number.POSITIVE_INFINITY;

  constructor(graph: RoutingGraph, qubits: number, target: Target, budget: number) {
    this.#target = target;
    this.#neighbours = target.couplings?.neighbours ?? [];
    const partners = Array.from({ length: qubits }, () => new Map<number, number>());
    for (const [key, count] of graph.interactions) {
      const [a, b] = key.split(' ').map(Number) as [number, number];
      partners[a]?.set(b, count);
      partners[b]?.set(a, count);
    }
    this.#partners = partners;
    this.#order = orderOf(partners);
    this.#places = new Int32Array(qubits).fill(-1);
    this.#taken = new Uint8Array(target.qubits);
    this.#left = budget;
    const isKnown = [...(target.basis ?? [])].some((gate) =>
      target.couplings?.pairs.some((pair) => target.errorOf(gate, pair) !== null),
    );
    this.#wanted = isKnown ? compared : 1;
  }

  find(): Int32Array | null {
    const widest = Math.max(0, ...this.#neighbours.map((one) => one.length));
    if (this.#partners.some((one) => one.size > widest)) return null;
    this.#place(0, 0);
    return this.#best;
  }

  /** Places the rest of the order; true once enough was seen. */
  #place(depth: number, cost: number): boolean {
    if (cost >= this.#least) return false;
    if (depth === this.#order.length) {
      this.#found++;
      this.#least = cost;
      this.#best = this.#places.slice();
      return this.#found >= this.#wanted;
    }
    const logical = this.#order[depth] as number;
    const partners = this.#partners[logical] as ReadonlyMap<number, number>;
    const placed = [...partners.keys()].filter((one) => (this.#places[one] as number) >= 0);
    for (const physical of this.#candidates(logical, placed)) {
      if (this.#left-- <= 0) return true;
      this.#places[logical] = physical;
      this.#taken[physical] = 1;
      const isEnough = this.#place(depth + 1, cost + this.#costAt(logical, physical, placed));
      this.#places[logical] = -1;
      this.#taken[physical] = 0;
      if (isEnough) return true;
    }
    return false;
  }

  #candidates(logical: number, placed: readonly number[]): readonly number[] {
    const degree = this.#partners[logical]?.size ?? 0;
    const [first, ...others] = placed.map((one) => this.#places[one] as number);
    const around =
      first === undefined
        ? Array.from({ length: this.#target.qubits }, (_, q) => q)
        : (this.#neighbours[first] ?? []);
    return around.filter(
      (one) =>
        this.#taken[one] === 0 &&
        (this.#neighbours[one]?.length ?? 0) >= degree &&
        others.every((other) => this.#neighbours[one]?.includes(other)),
    );
  }

  #costAt(logical: number, physical: number, placed: readonly number[]): number {
    if (this.#wanted === 1) return 0;
    return placed.reduce(
      (sum, one) =>
        sum +
        (this.#partners[logical]?.get(one) ?? 0) *
          pairCost(this.#target, physical, this.#places[one] as number),
      readoutCost(this.#target, physical),
    );
  }
}

/** Each next to the most that stand before it; of those the one with most partners. */
function orderOf(partners: readonly ReadonlyMap<number, number>[]): readonly number[] {
  const order: number[] = [];
  const left = new Set(partners.keys());
  const links = new Float64Array(partners.length);
  while (left.size > 0) {
    let next = -1;
    let highest = -1;
    for (const one of left) {
      const worth = (links[one] as number) * partners.length + (partners[one]?.size ?? 0);
      if (worth > highest) [highest, next] = [worth, one];
    }
    left.delete(next);
    order.push(next);
    for (const one of partners[next]?.keys() ?? []) links[one] = (links[one] as number) + 1;
  }
  return order;
}
