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
  /** The gates that wait for their qubits to meet, in the order in which they came. */
  #front: number[] = [];
  /** For each physical qubit the partner that its waiting gate wants; −1 for none. */
  readonly #partner: Int32Array;
  /** The next gates behind those that wait; null: not known since the front changed. */
  #behind: readonly number[] | null = null;
  readonly #decay: Float64Array;
  /** Chains of touches by physical qubit: where the other ends of the gates behind the front are. */
  readonly #firstTouch: Int32Array;
  #nextTouch = new Int32Array(0);
  #otherEnd = new Int32Array(0);
  /** Pairs that were weighed and gates that were met, by the number of the search that did. */
  readonly #weighed: Int32Array;
  readonly #met: Int32Array;
  #search = 0;
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
    this.#firstTouch = new Int32Array(couplings.qubits).fill(-1);
    this.#weighed = new Int32Array(couplings.pairs.length);
    this.#met = new Int32Array(graph.count);
  }

  run(): void {
    const ready: number[] = [];
    for (let k = 0; k < this.#graph.count; k++) if (this.#waits[k] === 0) ready.push(k);
    this.#execute(ready);
    let since = 0;
    const patience = 10 * this.#size;
    while (this.#front.length > 0 && !this.#isOver) {
      if (since > patience) this.#leadTogether();
      else {
        const [a, b] = this.#bestSwap();
        this.#swap(a, b);
        this.#decay[a] = (this.#decay[a] as number) + decayStep;
        this.#decay[b] = (this.#decay[b] as number) + decayStep;
      }
      since++;
      if (since % decayReset === 0) this.#decay.fill(1);
      const free = this.#front.filter((k) => this.#distanceOf(k) === 1);
      if (free.length === 0) continue;
      this.#front = this.#front.filter((k) => this.#distanceOf(k) !== 1);
      this.#behind = null;
      this.#execute(free);
      this.#decay.fill(1);
      since = 0;
    }
  }

  /** Where the first qubit of a gate is, and the second. */
  #first(k: number): number {
    return this.#places[this.#graph.pairs[2 * k] as number] as number;
  }

  #second(k: number): number {
    return this.#places[this.#graph.pairs[2 * k + 1] as number] as number;
  }

  #distanceOf(k: number): number {
    return this.#distances[this.#first(k) * this.#size + this.#second(k)] as number;
  }

  #execute(ready: number[]): void {
    const queue = ready;
    for (const k of queue) {
      if ((this.#graph.pairs[2 * k] as number) >= 0 && this.#distanceOf(k) !== 1) {
        this.#front.push(k);
        continue;
      }
      this.#isOver ||= !this.#step(k);
      for (const next of this.#graph.successors[k] as readonly number[]) {
        const left = (this.#waits[next] as number) - 1;
        this.#waits[next] = left;
        if (left === 0) queue.push(next);
      }
    }
    this.#partner.fill(-1);
    for (const k of this.#front) {
      const [a, b] = [this.#first(k), this.#second(k)];
      this.#partner[a] = b;
      this.#partner[b] = a;
    }
  }

  /** The next gates on two qubits behind those that wait, as many as are looked at. */
  #following(): readonly number[] {
    if (this.#behind !== null) return this.#behind;
    const search = ++this.#search;
    const found: number[] = [];
    const queue = [...this.#front];
    for (const k of queue) {
      for (const next of this.#graph.successors[k] as readonly number[]) {
        if (this.#met[next] === search) continue;
        this.#met[next] = search;
        queue.push(next);
        if ((this.#graph.pairs[2 * next] as number) >= 0) found.push(next);
      }
      if (found.length >= lookAhead) break;
    }
    this.#behind = found;
    if (this.#nextTouch.length < 2 * found.length) {
      this.#nextTouch = new Int32Array(2 * found.length);
      this.#otherEnd = new Int32Array(2 * found.length);
    }
    return found;
  }

  /** Chains up where the gates behind the front touch, or takes the chains down. */
  #touch(following: readonly number[], isUp: boolean): void {
    let free = 0;
    for (const k of following) {
      const [a, b] = [this.#first(k), this.#second(k)];
      if (!isUp) {
        this.#firstTouch[a] = -1;
        this.#firstTouch[b] = -1;
        continue;
      }
      this.#nextTouch[free] = this.#firstTouch[a] as number;
      this.#otherEnd[free] = b;
      this.#firstTouch[a] = free++;
      this.#nextTouch[free] = this.#firstTouch[b] as number;
      this.#otherEnd[free] = a;
      this.#firstTouch[b] = free++;
    }
  }

  #bestSwap(): readonly [number, number] {
    const { lookAheadWeight } = this.#weighing;
    const following = this.#following();
    const perFront = 1 / this.#front.length;
    const perFollowing = following.length === 0 ? 0 : lookAheadWeight / following.length;
    let base = 0;
    for (const k of this.#front) base += this.#distanceOf(k) * perFront;
    for (const k of following) base += this.#distanceOf(k) * perFollowing;
    this.#touch(following, true);
    const best = this.#leastOf(base, perFront, perFollowing);
    this.#touch(following, false);
    return best;
  }

  /** Of the SWAPs at the ends of gates that wait the one with the least score; equal ones by lot. */
  #leastOf(base: number, perFront: number, perFollowing: number): readonly [number, number] {
    const { blur } = this.#weighing;
    const { neighbours, pairIds } = this.#couplings;
    const [weighed, decays, rng] = [this.#weighed, this.#decay, this.#rng];
    const search = ++this.#search;
    let [bestA, bestB, ties] = [0, 0, 0];
    let least = Number.POSITIVE_INFINITY;
    for (const k of this.#front) {
      for (let end = 0; end < 2; end++) {
        const a = end === 0 ? this.#first(k) : this.#second(k);
        const [near, ids] = [neighbours[a] as readonly number[], pairIds[a] as readonly number[]];
        for (let j = 0; j < near.length; j++) {
          const id = ids[j] as number;
          if (weighed[id] === search) continue;
          weighed[id] = search;
          const b = near[j] as number;
          const gain = this.#gain(a, b, perFront, perFollowing);
          const decay = Math.max(decays[a] as number, decays[b] as number);
          const blurred = blur === 0 ? 1 : 1 + blur * rng.uniform();
          const score = decay * blurred * (base + gain);
          if (score > least + 1e-10) continue;
          ties = score < least - 1e-10 ? 1 : ties + 1;
          if (ties === 1) least = score;
          if (ties > 1 && rng.below(ties) !== 0) continue;
          [bestA, bestB] = [a, b];
        }
      }
    }
    return [bestA, bestB];
  }

  /** By how much a SWAP changes the lengths of the gates that wait and, weighed apart, of those behind them. */
  #gain(a: number, b: number, perFront: number, perFollowing: number): number {
    const [distances, partner, size] = [this.#distances, this.#partner, this.#size];
    const [rowA, rowB] = [a * size, b * size];
    let waiting = 0;
    const wantsA = partner[a] as number;
    // What waits for the other of the two keeps its length.
    if (wantsA >= 0 && wantsA !== b) {
      waiting += (distances[rowB + wantsA] as number) - (distances[rowA + wantsA] as number);
    }
    const wantsB = partner[b] as number;
    if (wantsB >= 0 && wantsB !== a) {
      waiting += (distances[rowA + wantsB] as number) - (distances[rowB + wantsB] as number);
    }
    const [nextTouch, otherEnd] = [this.#nextTouch, this.#otherEnd];
    let behind = 0;
    for (let t = this.#firstTouch[a] as number; t >= 0; t = nextTouch[t] as number) {
      const end = otherEnd[t] as number;
      if (end === b) continue;
      behind += (distances[rowB + end] as number) - (distances[rowA + end] as number);
    }
    for (let t = this.#firstTouch[b] as number; t >= 0; t = nextTouch[t] as number) {
      const end = otherEnd[t] as number;
      if (end === a) continue;
      behind += (distances[rowA + end] as number) - (distances[rowB + end] as number);
    }
    return perFront * waiting + perFollowing * behind;
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
    const [nearest = 0] = this.#front.toSorted((a, b) => this.#distanceOf(a) - this.#distanceOf(b));
    const way = this.#couplings.path(this.#first(nearest), this.#second(nearest));
    for (let k = 0; k + 2 < way.length; k++) this.#swap(way[k] as number, way[k + 1] as number);
  }
}
