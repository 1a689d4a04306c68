import type { Graph } from './topologies.ts';

/** What reaching each node from a set costs, and by which neighbour. */
export interface Distances {
  /** The weights of the nodes on the way, the node's own included and those of the set left out; infinite where there is no way. */
  readonly cost: Float64Array;
  /** The neighbour that the way comes from; −1 within the set. */
  readonly from: Int32Array;
}

/** Dijkstra's shortest ways from a set of nodes to all others, where entering a node costs its weight. */
export function distancesFrom(
  { size, starts, neighbours }: Graph,
  set: readonly number[],
  weights: Float64Array,
): Distances {
  const cost = new Float64Array(size).fill(Infinity);
  const from = new Int32Array(size).fill(-1);
  const heap = new CostHeap(size);
  const enter = (q: number, start: number, by: number): void => {
    const end = starts[q + 1] as number;
    for (let at = starts[q] as number; at < end; at++) {
      const next = neighbours[at] as number;
      const total = start + (weights[next] as number);
      if (total >= (cost[next] as number)) continue;
      cost[next] = total;
      from[next] = by;
      heap.push(total, next);
    }
  };
  for (const q of set) cost[q] = -1;
  for (const q of set) enter(q, 0, q);
  for (let q = heap.pop(cost); q !== -1; q = heap.pop(cost)) enter(q, cost[q] as number, q);
  // A node of the set is in itself, at the price of being shared.
  for (const q of set) cost[q] = weights[q] as number;
  return { cost, from };
}

/** A binary heap of nodes by cost: that at k costs no more than those at 2k + 1 and 2k + 2. */
class CostHeap {
  readonly #costs: number[] = [];
  readonly #nodes: number[] = [];
  readonly #isDone: Uint8Array;

  constructor(size: number) {
    this.#isDone = new Uint8Array(size);
  }

  push(cost: number, node: number): void {
    let k = this.#costs.length;
    while (k > 0) {
      const above = (k - 1) >> 1;
      const other = this.#costs[above] as number;
      if (other <= cost) break;
      this.#put(k, other, this.#nodes[above] as number);
      k = above;
    }
    this.#put(k, cost, node);
  }

  /** The cheapest node that was not taken before; −1 where none is left. */
  pop(cost: Float64Array): number {
    for (;;) {
      const node = this.#nodes[0];
      if (node === undefined) return -1;
      const stood = this.#costs[0] as number;
      this.#drop();
      if (this.#isDone[node] === 1 || stood > (cost[node] as number)) continue;
      this.#isDone[node] = 1;
      return node;
    }
  }

  #put(k: number, cost: number, node: number): void {
    this.#costs[k] = cost;
    this.#nodes[k] = node;
  }

  #drop(): void {
    const cost = this.#costs.pop() as number;
    const node = this.#nodes.pop() as number;
    const size = this.#costs.length;
    if (size === 0) return;
    let k = 0;
    for (;;) {
      let below = 2 * k + 1;
      if (below >= size) break;
      if (below + 1 < size && (this.#costs[below + 1] as number) < (this.#costs[below] as number)) {
        below++;
      }
      if ((this.#costs[below] as number) >= cost) break;
      this.#put(k, this.#costs[below] as number, this.#nodes[below] as number);
      k = below;
    }
    this.#put(k, cost, node);
  }
}
