import type { Rng } from '#shared/base/rng.ts';

type Edge = readonly [number, number, number];

/** An Ising problem with an energy that is known to be the lowest. */
export interface Planted {
  readonly problem: {
    readonly kind: 'ising';
    readonly h: readonly number[];
    readonly J: readonly Edge[];
  };
  readonly lowest: number;
}

/**
 * A square lattice on a torus whose plaquettes, every second one like the fields of a chessboard, are frustrated
 * loops with a common ground state: tile planting (Hamze, Jacob, Ochoa, Perera, Wang and Katzgraber 2018,
 * arXiv:1711.04083). Three bonds of a tile bind its spins with strength 1, one opposes with `opposed` of that;
 * all spins up satisfies three, which is the least a tile can have. A random gauge hides the plant.
 * Width and height are even.
 */
export function plantedTiles(
  width: number,
  height: number,
  rng: Rng,
  opposed: () => number,
): Planted {
  const at = (x: number, y: number) => (y % height) * width + (x % width);
  const up = Array.from({ length: width * height }, () => (rng.uniform() < 0.5 ? 1 : -1));
  const J: Edge[] = [];
  let lowest = 0;
  for (let y = 0; y < height; y++) {
    for (let x = y % 2; x < width; x += 2) {
      const corners = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)];
      const weak = opposed();
      const odd = rng.below(4);
      corners.forEach((i, k) => {
        const j = corners[(k + 1) % 4] ?? 0;
        const bond = k === odd ? weak : -1;
        J.push([i, j, bond * (up[i] ?? 1) * (up[j] ?? 1)]);
        lowest += bond;
      });
    }
  }
  return { problem: { kind: 'ising', h: up.map(() => 0), J }, lowest };
}

/** A random graph with unit weights and so many edges, as Gset's G1 has 800 nodes and 19,176 edges (Helmberg and Rendl 2000). */
export function randomGraph(nodes: number, count: number, rng: Rng): Edge[] {
  const seen = new Set<number>();
  const edges: Edge[] = [];
  while (edges.length < count) {
    const [u, v] = [rng.below(nodes), rng.below(nodes)];
    const key = Math.min(u, v) * nodes + Math.max(u, v);
    if (u === v || seen.has(key)) continue;
    seen.add(key);
    edges.push([u, v, 1]);
  }
  return edges;
}

/** A graph in which every node has three neighbours, by pairing stubs until no pair is a loop or there twice. */
export function cubicEdges(nodes: number, rng: Rng): Edge[] {
  for (;;) {
    const stubs = Array.from({ length: 3 * nodes }, (_, k) => Math.floor(k / 3));
    for (let k = stubs.length - 1; k > 0; k--) {
      const other = rng.below(k + 1);
      [stubs[k], stubs[other]] = [stubs[other] ?? 0, stubs[k] ?? 0];
    }
    const edges = Array.from({ length: stubs.length / 2 }, (_, k): Edge => {
      const [u, v] = [stubs[2 * k] ?? 0, stubs[2 * k + 1] ?? 0];
      return [Math.min(u, v), Math.max(u, v), 1];
    });
    const keys = new Set(edges.map(([u, v]) => u * nodes + v));
    if (keys.size === edges.length && edges.every(([u, v]) => u !== v)) return edges;
  }
}
