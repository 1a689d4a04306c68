/** The couplers of a kind of annealer, by its size. */
export interface Topology {
  readonly id: 'chimera' | 'pegasus' | 'zephyr';
  readonly title: string;
  /** The size of the largest machine that has been built. */
  readonly largest: number;
  readonly smallest: number;
  /** Pairs of qubits that are coupled; qubits without couplers have numbers too. */
  readonly couplers: (size: number) => Generator<readonly [number, number]>;
  /** Lines of qubits down and lines across, each coupled along itself: every two of these cross in a coupler. */
  readonly lines: (size: number) => readonly [down: Lines, across: Lines];
}

type Lines = readonly (readonly number[])[];

function range(end: number): number[] {
  return Array.from({ length: Math.max(0, end) }, (_, k) => k);
}

/** Qubits along a cell; those of both sides of a cell are all coupled. */
const chimeraTile = 4;

/** C(m): m × m cells of K(4, 4), number ((m·row + column)·2 + side)·4 + place. */
const chimeraNumber =
  (m: number) =>
  ([row, column]: readonly [number, number], side: number, k: number): number =>
    ((m * row + column) * 2 + side) * chimeraTile + k;

function chimeraLines(m: number): readonly [Lines, Lines] {
  const numberOf = chimeraNumber(m);
  const lines = (side: 0 | 1): Lines =>
    range(m).flatMap((at) =>
      range(chimeraTile).map((k) =>
        range(m).map((along) => numberOf(side === 0 ? [along, at] : [at, along], side, k)),
      ),
    );
  return [lines(0), lines(1)];
}

function* chimeraCouplers(m: number): Generator<readonly [number, number]> {
  const numberOf = chimeraNumber(m);
  for (const row of range(m)) {
    for (const column of range(m)) {
      for (const k of range(chimeraTile)) {
        for (const h of range(chimeraTile))
          yield [numberOf([row, column], 0, k), numberOf([row, column], 1, h)];
        if (row + 1 < m) yield [numberOf([row, column], 0, k), numberOf([row + 1, column], 0, k)];
        if (column + 1 < m)
          yield [numberOf([row, column], 1, k), numberOf([row, column + 1], 1, k)];
      }
    }
  }
}

/** Where vertical and horizontal qubits of Pegasus begin, by their place. */
const pegasusOffsets = [
  [2, 2, 2, 2, 10, 10, 10, 10, 6, 6, 6, 6],
  [6, 6, 6, 6, 2, 2, 2, 2, 10, 10, 10, 10],
] as const;

/**
 * P(m) (Boothby, Bunyk, Raymond and Roy 2020, arXiv:2003.00133), number ((u·m + w)·12 + k)·(m − 1) + z. Of its first and
 * last rows those qubits are left out that have no couplers across.
 */
const pegasusNumber =
  (m: number) =>
  ([u, w, k, z]: readonly [number, number, number, number]): number =>
    ((u * m + w) * 12 + k) * (m - 1) + z;

/** Lines that lie so far from the rims that all others reach them. */
function pegasusLines(m: number): readonly [Lines, Lines] {
  const numberOf = pegasusNumber(m);
  const lines = (u: 0 | 1): Lines =>
    range(12 * m - 20).map((place) => {
      const [w, k] = [Math.floor((place + 10) / 12), (place + 10) % 12];
      return range(m - 1).map((z) => numberOf([u, w, k, z]));
    });
  return [lines(0), lines(1)];
}

function* pegasusCouplers(m: number): Generator<readonly [number, number]> {
  const numberOf = pegasusNumber(m);
  const [vertical, horizontal] = pegasusOffsets;
  for (const u of [0, 1]) {
    const across = pegasusOffsets[1 - u] as readonly number[];
    for (const w of range(m)) {
      const from = w === 0 ? Math.min(...across) : 0;
      const to = w === m - 1 ? Math.max(...across) : 12;
      for (let k = from; k < to; k++) {
        for (const z of range(m - 1)) {
          if (z + 1 < m - 1) yield [numberOf([u, w, k, z]), numberOf([u, w, k, z + 1])];
          if (k % 2 === 0) yield [numberOf([u, w, k, z]), numberOf([u, w, k + 1, z])];
        }
      }
    }
  }
  for (const w of range(m)) {
    for (const h of range(12)) {
      const begin = horizontal[h] as number;
      for (let k = w === 0 ? begin : 0; k < (w < m - 1 ? 12 : begin); k++) {
        for (const z of range(m - 1)) {
          const row = z + (h < (vertical[k] as number) ? 1 : 0);
          yield [numberOf([0, w, k, z]), numberOf([1, row, h, w - (k < begin ? 1 : 0)])];
        }
      }
    }
  }
}

/** Qubits of one place along a row of Zephyr. */
const zephyrTile = 4;

/** Z(m) (Boothby, King and Raymond 2021, D-Wave 14-1056A-A), number (((u·(2m + 1) + w)·4 + k)·2 + j)·m + z; `k` counts 2k + j here. */
const zephyrNumber =
  (m: number) =>
  (u: number, w: number, [k, z]: readonly [number, number]): number =>
    ((u * (2 * m + 1) + w) * 2 * zephyrTile + k) * m + z;

/** All but those along the rims, which half of the others do not reach. */
function zephyrLines(m: number): readonly [Lines, Lines] {
  const numberOf = zephyrNumber(m);
  const lines = (u: 0 | 1): Lines =>
    range(2 * m - 1).flatMap((w) =>
      range(2 * zephyrTile).map((k) => range(m).map((z) => numberOf(u, w + 1, [k, z]))),
    );
  return [lines(0), lines(1)];
}

function* zephyrCouplers(m: number): Generator<readonly [number, number]> {
  const numberOf = zephyrNumber(m);
  for (const u of [0, 1]) {
    for (const w of range(2 * m + 1)) {
      for (const k of range(2 * zephyrTile)) {
        for (const z of range(m)) {
          if (z + 1 < m) yield [numberOf(u, w, [k, z]), numberOf(u, w, [k, z + 1])];
          if (k % 2 === 1) continue;
          yield [numberOf(u, w, [k, z]), numberOf(u, w, [k + 1, z])];
          if (z > 0) yield [numberOf(u, w, [k, z]), numberOf(u, w, [k + 1, z - 1])];
        }
      }
    }
  }
  for (const place of range((2 * zephyrTile) ** 2)) {
    const [k, h] = [place % (2 * zephyrTile), Math.floor(place / (2 * zephyrTile))];
    for (const w of range(m)) {
      for (const z of range(m)) {
        // j of one says where along the other it crosses, and each reaches two rows there.
        for (const row of [2 * w + 1, 2 * w + 2 * (h % 2)]) {
          for (const column of [2 * z + 1, 2 * z + 2 * (k % 2)])
            yield [numberOf(0, row, [k, z]), numberOf(1, column, [h, w])];
        }
      }
    }
  }
}

export const topologies: readonly Topology[] = [
  {
    id: 'chimera',
    title: 'Chimera',
    largest: 16,
    smallest: 1,
    couplers: chimeraCouplers,
    lines: chimeraLines,
  },
  {
    id: 'pegasus',
    title: 'Pegasus',
    largest: 16,
    smallest: 2,
    couplers: pegasusCouplers,
    lines: pegasusLines,
  },
  {
    id: 'zephyr',
    title: 'Zephyr',
    largest: 15,
    smallest: 1,
    couplers: zephyrCouplers,
    lines: zephyrLines,
  },
];

/** Who is coupled to whom: the neighbours of q stand at starts[q] to starts[q + 1]. */
export interface Graph {
  /** Numbers of nodes go up to here; those without neighbours are not there. */
  readonly size: number;
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
}

/** A graph from its edges; one that is listed twice counts once. */
export function graphOf(edges: Iterable<readonly [number, number]>, atLeast = 0): Graph {
  const near: Set<number>[] = Array.from({ length: atLeast }, () => new Set<number>());
  for (const [a, b] of edges) {
    while (near.length <= Math.max(a, b)) near.push(new Set());
    near[a]?.add(b);
    near[b]?.add(a);
  }
  const starts = new Int32Array(near.length + 1);
  near.forEach((set, q) => (starts[q + 1] = (starts[q] as number) + set.size));
  return {
    size: near.length,
    starts,
    neighbours: Int32Array.from(near.flatMap((set) => [...set])),
  };
}

export function neighboursOf({ starts, neighbours }: Graph, q: number): Int32Array {
  return neighbours.subarray(starts[q], starts[q + 1]);
}
