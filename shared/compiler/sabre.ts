import type { Rng } from '../base/rng.ts';
import type { Couplings } from './couplings.ts';
import type { RoutingGraph } from './routing-graph.ts';

/** A step of a routed program: an operation by its place, or a SWAP of two physical qubits. */
export type RoutedStep = number | readonly [number, number];

const lookAhead = 20;

/** How a try weighs its SWAPs; tries that differ find what one way of weighing never would. */
export interface Weighing {
  /** Of the gates behind those that wait. */
  readonly lookAheadWeight: number;
  /** Scores are blurred by up to this part of themselves. */
  readonly blur: number;
}

const decayStep = 0.001;
const decayReset = 5;

/**
 * SABRE (Li, Ding and Xie, ASPLOS 2019): operations run where their qubits are coupled; when none
 * can, the SWAP goes in that brings those that wait nearest, and with less weight those behind them.
 * `places` maps logical to physical qubits and ends as the program leaves it. Where SWAPs go round
 * in circles the nearest pair is led together on a shortest way, so it always ends; `step` says
 * whether to go on.
 */
export function sabre(
  graph: RoutingGraph,
  couplings: Couplings,
  places: Int32Array,
  rng: Rng,
  weighing: Weighing,
  step: (one: RoutedStep) => boolean,
): void {
  new Sabre(graph, couplings, places, rng, weighing, step).run();
}

class Sabre {
  readonly #graph: RoutingGraph;
  readonly #couplings: Couplings;
  readonly #distances: Uint16Array;
  readonly #size: number;
  readonly #places: Int32Array;
  /** The logical qubit at each physical one; −1 for none. */
  readonly #at: Int32Array;
  readonly #rng: Rng;
  readonly #weighing: Weighing;
  readonly #step: (one: RoutedStep) => boolean;
  readonly #waits: Int32Array;
  readonly #front = new Set<number>();
  /** For each physical qubit the partner that its waiting gate wants; −1 for none. */
  readonly #partner: Int32Array;
  #behind: readonly number[] | null = null;
  readonly #decay: Float64Array;
  #isOver = false;

  constructor(
    graph: RoutingGraph,
    couplings: Couplings,
    places: Int32Array,
    rng: Rng,
    weighing: Weighing,
    step: (one: RoutedStep) => boolean,
  ) {
    this.#graph = graph;
    this.#couplings = couplings;
    this.#distances = couplings.distances;
    this.#size = couplings.qubits;
    this.#places = places;
    this.#at = new Int32Array(couplings.qubits).fill(-1);
    places.forEach((physical, logical) => {
      this.#at[physical] = logical;
    });
    this.#rng = rng;
    this.#weighing = weighing;
    this.#step = step;
    this.#waits = graph.waits.slice();
    this.#partner = new Int32Array(couplings.qubits).fill(-1);
    this.#decay = new Float64Array(couplings.qubits).fill(1);
  }

  run(): void {
    const ready: number[] = [];
    for (let k = 0; k < this.#graph.count; k++) if (this.#waits[k] === 0) ready.push(k);
    this.#execute(ready);
    let since = 0;
    const patience = 10 * this.#size;
    while (this.#front.size > 0 && !this.#isOver) {
      if (since > patience) this.#leadTogether();
      else {
        const [a, b] = this.#bestSwap();
        this.#swap(a, b);
        this.#decay[a] = (this.#decay[a] as number) + decayStep;
        this.#decay[b] = (this.#decay[b] as number) + decayStep;
      }
      since++;
      if (since % decayReset === 0) this.#decay.fill(1);
      const free = [...this.#front].filter((k) => this.#isCoupled(k));
      if (free.length === 0) continue;
      for (const k of free) this.#front.delete(k);
      this.#behind = null;
      this.#execute(free);
      this.#decay.fill(1);
      since = 0;
    }
  }

  #isCoupled(k: number): boolean {
    const [a, b] = this.#ends(k);
    return this.#distances[a * this.#size + b] === 1;
  }

  /** Where the two qubits of a gate are. */
  #ends(k: number): readonly [number, number] {
    const { pairs } = this.#graph;
    return [
      this.#places[pairs[2 * k] as number] as number,
      this.#places[pairs[2 * k + 1] as number] as number,
    ];
  }

  #execute(ready: readonly number[]): void {
    const queue = [...ready];
    for (const k of queue) {
      if ((this.#graph.pairs[2 * k] as number) >= 0 && !this.#isCoupled(k)) {
        this.#front.add(k);
        continue;
      }
      this.#isOver ||= !this.#step(k);
      for (const next of this.#graph.successors[k] ?? []) {
        this.#waits[next] = (this.#waits[next] as number) - 1;
        if (this.#waits[next] === 0) queue.push(next);
      }
    }
    this.#partner.fill(-1);
    for (const k of this.#front) {
      const [a, b] = this.#ends(k);
      this.#partner[a] = b;
      this.#partner[b] = a;
    }
  }

  /** The next gates on two qubits behind those that wait, as many as are looked at. */
  #following(): readonly number[] {
    if (this.#behind !== null) return this.#behind;
    const found: number[] = [];
    const seen = new Set<number>();
    const queue = [...this.#front];
    for (const k of queue) {
      for (const next of this.#graph.successors[k] ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
        if ((this.#graph.pairs[2 * next] as number) >= 0) found.push(next);
      }
      if (found.length >= lookAhead) break;
    }
    this.#behind = found;
    return found;
  }

  #bestSwap(): readonly [number, number] {
    const { lookAheadWeight, blur } = this.#weighing;
    const following = this.#following();
    const touching = new Map<number, number[]>();
    for (const k of following) {
      for (const end of this.#ends(k)) {
        const known = touching.get(end);
        if (known === undefined) touching.set(end, [k]);
        else known.push(k);
      }
    }
    const perFront = 1 / this.#front.size;
    const perFollowing = following.length === 0 ? 0 : lookAheadWeight / following.length;
    let base = 0;
    for (const k of this.#front) base += this.#distanceOf(k) * perFront;
    for (const k of following) base += this.#distanceOf(k) * perFollowing;
    let best: readonly [number, number] = [0, 0];
    let least = Number.POSITIVE_INFINITY;
    let ties = 0;
    const tried = new Set<number>();
    for (const k of this.#front) {
      for (const a of this.#ends(k)) {
        for (const b of this.#couplings.neighbours[a] ?? []) {
          const key = Math.min(a, b) * this.#size + Math.max(a, b);
          if (tried.has(key)) continue;
          tried.add(key);
          const gain =
            perFront * (this.#frontChange(a, b) + this.#frontChange(b, a)) +
            perFollowing * this.#followingChange(a, b, touching);
          const decay = Math.max(this.#decay[a] as number, this.#decay[b] as number);
          const blurred = blur === 0 ? 1 : 1 + blur * this.#rng.uniform();
          const score = decay * blurred * (base + gain);
          if (score < least - 1e-10) {
            [least, best, ties] = [score, [a, b], 1];
          } else if (score <= least + 1e-10) {
            ties++;
            if (this.#rng.below(ties) === 0) best = [a, b];
          }
        }
      }
    }
    return best;
  }

  #distanceOf(k: number): number {
    const [a, b] = this.#ends(k);
    return this.#distances[a * this.#size + b] as number;
  }

  /** By how much the waiting gate at `from` changes its length when its qubit goes to `to`. */
  #frontChange(from: number, to: number): number {
    const partner = this.#partner[from] as number;
    if (partner < 0 || partner === to) return 0;
    const row = partner * this.#size;
    return (this.#distances[row + to] as number) - (this.#distances[row + from] as number);
  }

  #followingChange(a: number, b: number, touching: ReadonlyMap<number, readonly number[]>): number {
    let change = 0;
    const moved = (end: number): number => (end === a ? b : end === b ? a : end);
    for (const end of [a, b]) {
      for (const k of touching.get(end) ?? []) {
        const [x, y] = this.#ends(k);
        // A gate between the two keeps its length, and is met from both ends.
        if ((x === a && y === b) || (x === b && y === a)) continue;
        change +=
          (this.#distances[moved(x) * this.#size + moved(y)] as number) -
          (this.#distances[x * this.#size + y] as number);
      }
    }
    return change;
  }

  #swap(a: number, b: number): void {
    this.#isOver ||= !this.#step([a, b]);
    const [first, second] = [this.#at[a] as number, this.#at[b] as number];
    this.#at[a] = second;
    this.#at[b] = first;
    if (first >= 0) this.#places[first] = b;
    if (second >= 0) this.#places[second] = a;
    const [wantsA, wantsB] = [this.#partner[a] as number, this.#partner[b] as number];
    const isPair = wantsA === b;
    this.#partner[a] = isPair ? b : wantsB;
    this.#partner[b] = isPair ? a : wantsA;
    if (isPair) return;
    if (wantsA >= 0) this.#partner[wantsA] = b;
    if (wantsB >= 0) this.#partner[wantsB] = a;
  }

  #leadTogether(): void {
    const [nearest] = [...this.#front].toSorted(
      (a, b) => this.#distanceOf(a) - this.#distanceOf(b),
    );
    const [a, b] = this.#ends(nearest as number);
    const way = this.#couplings.path(a, b);
    for (let k = 0; k + 2 < way.length; k++) this.#swap(way[k] as number, way[k + 1] as number);
  }
}
