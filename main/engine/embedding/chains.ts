import type { Rng } from '#shared/base/rng.ts';
import { type Distances, distancesFrom } from './distances.ts';
import { type Graph, neighboursOf } from './topologies.ts';

/** Chain v: the qubits that stand for variable v, connected among themselves. */
export type Chains = readonly (readonly number[])[];

const rounds = 40;
/** Rounds without fewer overlaps after which a search is given up: dense graphs have chains of another kind. */
const patience = 6;
/** Rounds in which chains that no longer overlap are laid anew, to be shorter. */
const polishing = 8;
/** How much dearer a qubit gets with each chain that is on it, in the first round and from round to round. */
const firstPrice = 2;
const priceGrowth = 1.5;
const highestPrice = 1e4;
const tollStep = 1;

/**
 * Chains of qubits for the variables of a graph, such that coupled variables have chains that are coupled (Cai, Macready and
 * Roy 2014, arXiv:1406.2741): each variable in turn takes the qubits that lie nearest to its neighbours' chains, at first
 * also such as others are on, which gets dearer until no two overlap. A neighbour's chain takes the half of the way to it
 * that no other way needs, or it would be shut in. Yields after each round; null: none was found.
 */
export function* findChains(
  variables: Graph,
  qubits: Graph,
  rng: Rng,
): Generator<undefined, Chains | null> {
  const search = new ChainSearch(variables, qubits, rng);
  let best: Chains | null = null;
  let [fewest, since] = [Infinity, 0];
  let left = polishing;
  for (let round = 0; round < rounds && left > 0; round++) {
    search.layAll(Math.min(highestPrice, firstPrice * priceGrowth ** round));
    yield;
    const { overlaps } = search;
    if (overlaps < fewest) {
      fewest = overlaps;
      since = 0;
    } else if (++since > patience && best === null) return null;
    if (overlaps > 0) {
      if (best !== null) break;
      continue;
    }
    left--;
    if (best === null || lengthOf(search.chains) < lengthOf(best))
      best = search.chains.map((c) => [...c]);
  }
  return best;
}

function lengthOf(chains: Chains): number {
  return chains.reduce((sum, chain) => sum + chain.length, 0);
}

class ChainSearch {
  readonly chains: number[][];
  readonly #variables: Graph;
  readonly #qubits: Graph;
  readonly #rng: Rng;
  /** Chains on each qubit. */
  readonly #users: Int32Array;
  /** What a qubit costs by itself: more for each round that left several chains on it, so that no two wait for each other for ever. */
  readonly #toll: Float64Array;
  /** Qubits that have couplers. */
  readonly #there: readonly number[];

  constructor(variables: Graph, qubits: Graph, rng: Rng) {
    this.#variables = variables;
    this.#qubits = qubits;
    this.#rng = rng;
    this.chains = Array.from({ length: variables.size }, () => []);
    this.#users = new Int32Array(qubits.size);
    this.#toll = new Float64Array(qubits.size).fill(1);
    this.#there = Array.from({ length: qubits.size }, (_, q) => q).filter(
      (q) => neighboursOf(qubits, q).length > 0,
    );
  }

  /** Qubits that several chains are on. */
  get overlaps(): number {
    return this.#users.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0);
  }

  layAll(price: number): void {
    for (const v of this.#order()) {
      for (const q of this.chains[v] as number[]) this.#count(q, -1);
      this.#lay(v, price);
    }
    this.#users.forEach((count, q) => {
      if (count > 1) this.#toll[q] = (this.#toll[q] as number) + tollStep * (count - 1);
    });
  }

  #count(q: number, change: number): void {
    this.#users[q] = (this.#users[q] as number) + change;
  }

  /** Along the graph from a random variable on, so that most have a neighbour that is laid already. */
  #order(): number[] {
    const { size } = this.#variables;
    const order: number[] = [];
    const isIn = new Uint8Array(size);
    const shuffled = this.#shuffled(size);
    for (const first of shuffled) {
      if (isIn[first] === 1) continue;
      isIn[first] = 1;
      const begin = order.push(first) - 1;
      for (let at = begin; at < order.length; at++) {
        for (const next of neighboursOf(this.#variables, order[at] as number)) {
          if (isIn[next] === 1) continue;
          isIn[next] = 1;
          order.push(next);
        }
      }
    }
    return order;
  }

  #shuffled(size: number): number[] {
    const list = Array.from({ length: size }, (_, k) => k);
    for (let k = size - 1; k > 0; k--) {
      const other = this.#rng.below(k + 1);
      [list[k], list[other]] = [list[other] as number, list[k] as number];
    }
    return list;
  }

  /** The chain of v, and what the chains of its neighbours grow towards it: the half of a way that no other way takes is theirs. */
  #lay(v: number, price: number): void {
    const weights = this.#toll.map((toll, q) => toll * price ** (this.#users[q] as number));
    const laid = [...neighboursOf(this.#variables, v)].filter(
      (u) => (this.chains[u] as number[]).length > 0,
    );
    const ways = laid.map((u) => distancesFrom(this.#qubits, this.chains[u] as number[], weights));
    const root = this.#cheapest(ways, weights);
    const paths = ways.map(({ from }, k) => {
      const end = new Set(this.chains[laid[k] as number]);
      const path: number[] = [];
      for (let q = root; q !== -1 && !end.has(q); q = from[q] as number) path.push(q);
      return path;
    });
    const times = new Map<number, number>();
    for (const q of paths.flat()) times.set(q, (times.get(q) ?? 0) + 1);
    const chain = new Set([root]);
    paths.forEach((path, k) => {
      const shared = path.findLastIndex((q) => q === root || (times.get(q) ?? 0) > 1) + 1;
      const own = shared;
      for (const q of path.slice(0, own)) chain.add(q);
      for (const q of path.slice(own)) {
        this.chains[laid[k] as number]?.push(q);
        this.#count(q, 1);
      }
    });
    this.chains[v] = [...chain];
    for (const q of chain) this.#count(q, 1);
  }

  /** The qubit from which all ways together cost least; any of the cheapest. */
  #cheapest(ways: readonly Distances[], weights: Float64Array): number {
    let least = Infinity;
    let found = -1;
    let equal = 0;
    for (const q of this.#there) {
      // Its own weight is in every way, and is paid once.
      let total = (1 - ways.length) * (weights[q] as number);
      for (const { cost } of ways) total += cost[q] as number;
      if (total > least) continue;
      equal = total < least ? 1 : equal + 1;
      least = total;
      if (equal === 1 || this.#rng.below(equal) === 0) found = q;
    }
    return found === -1 ? (this.#there[0] as number) : found;
  }
}
