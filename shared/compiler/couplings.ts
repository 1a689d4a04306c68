import { AppError } from '../base/errors.ts';

export type Pair = readonly [number, number];

/** Which qubits of a machine interact, undirected, with distances in couplings. */
export class Couplings {
  readonly qubits: number;
  /** Each pair once, lower qubit first, sorted. */
  readonly pairs: readonly Pair[];
  readonly neighbours: readonly (readonly number[])[];
  /** Place in `pairs` of the coupling to each of a qubit's neighbours, in their order. */
  readonly pairIds: readonly (readonly number[])[];
  #distances: Uint16Array | null = null;
  #component: readonly number[] | null = null;

  constructor(qubits: number, pairs: readonly Pair[]) {
    const neighbours = Array.from({ length: qubits }, () => new Set<number>());
    for (const [a, b] of pairs) {
      const known = [a, b].every((one) => Number.isInteger(one) && one >= 0 && one < qubits);
      if (!known || a === b) {
        throw new AppError(
          'bad-input',
          `A coupling joins two different qubits of 0 to ${qubits - 1}; got [${a}, ${b}].`,
          { pair: [a, b] },
        );
      }
      neighbours[a]?.add(b);
      neighbours[b]?.add(a);
    }
    this.qubits = qubits;
    this.neighbours = neighbours.map((one) => [...one].toSorted((a, b) => a - b));
    this.pairs = this.neighbours.flatMap((all, a) =>
      all.filter((b) => b > a).map((b): Pair => [a, b]),
    );
    const ids = new Map(this.pairs.map(([a, b], id) => [a * qubits + b, id]));
    this.pairIds = this.neighbours.map((all, a) =>
      all.map((b) => ids.get(Math.min(a, b) * qubits + Math.max(a, b)) as number),
    );
  }

  areCoupled(a: number, b: number): boolean {
    return this.neighbours[a]?.includes(b) === true;
  }

  /** Row a, column b: couplings on the shortest way, 65535 where there is none. O(qubits · couplings) once. */
  get distances(): Uint16Array {
    if (this.#distances !== null) return this.#distances;
    const table = new Uint16Array(this.qubits ** 2).fill(unreachable);
    for (let start = 0; start < this.qubits; start++) {
      const row = start * this.qubits;
      table[row + start] = 0;
      const queue = [start];
      for (const at of queue) {
        for (const next of this.neighbours[at] ?? []) {
          if (table[row + next] !== unreachable) continue;
          table[row + next] = (table[row + at] as number) + 1;
          queue.push(next);
        }
      }
    }
    this.#distances = table;
    return table;
  }

  /** Qubits on a shortest way from a to b, both included. */
  path(a: number, b: number): readonly number[] {
    const way = [a];
    const { distances, qubits } = this;
    for (let at = a; at !== b; ) {
      const left = distances[at * qubits + b] as number;
      at = this.neighbours[at]?.find((next) => distances[next * qubits + b] === left - 1) ?? b;
      way.push(at);
    }
    return way;
  }

  /** The largest set of qubits that are joined with each other, ascending. */
  largestComponent(): readonly number[] {
    this.#component ??= this.#findComponent();
    return this.#component;
  }

  #findComponent(): readonly number[] {
    const { distances, qubits } = this;
    let best: number[] = [];
    for (let start = 0; start < qubits; start++) {
      const own = Array.from({ length: qubits }, (_, q) => q).filter(
        (q) => distances[start * qubits + q] !== unreachable,
      );
      if (own.length > best.length) best = own;
      if (best.length === qubits) break;
    }
    return best;
  }

  /** The couplings inside a set of qubits, which are numbered from 0 in its order. */
  within(region: readonly number[]): Couplings {
    const place = new Map(region.map((qubit, k) => [qubit, k]));
    const inner = this.pairs.flatMap(([a, b]): Pair[] => {
      const [x, y] = [place.get(a), place.get(b)];
      return x === undefined || y === undefined ? [] : [[x, y]];
    });
    return new Couplings(region.length, inner);
  }
}

const unreachable = 65535;

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

export function line(qubits: number): Couplings {
  return new Couplings(
    qubits,
    range(Math.max(0, qubits - 1)).map((i): Pair => [i, i + 1]),
  );
}

export function ring(qubits: number): Couplings {
  const closing: Pair[] = qubits > 2 ? [[0, qubits - 1]] : [];
  return new Couplings(qubits, [...line(qubits).pairs, ...closing]);
}

/** Row by row. */
export function grid(rows: number, columns: number): Couplings {
  const pairs = range(rows * columns).flatMap((q): Pair[] => [
    ...((q + 1) % columns === 0 ? [] : [[q, q + 1] as const]),
    ...(q + columns < rows * columns ? [[q, q + columns] as const] : []),
  ]);
  return new Couplings(rows * columns, pairs);
}

export function full(qubits: number): Couplings {
  return new Couplings(
    qubits,
    range(qubits).flatMap((a) => range(a).map((b): Pair => [b, a])),
  );
}

/**
 * The heavy-hex lattice of code distance d (odd), (5d² − 2d − 1)/2 qubits (Chamberland et al., Phys.
 * Rev. X 10, 011022, 2020): d² data qubits row by row, then the flags between neighbours of a row,
 * then the qubits that bridge one row and the next.
 */
export function heavyHex(distance: number): Couplings {
  const rows = 2 * distance - 1;
  const data = distance * distance;
  // A row reads data, flag, data, flag, …, data.
  const at = (row: number, column: number): number =>
    column % 2 === 0 ? row * distance + column / 2 : data + row * (distance - 1) + (column - 1) / 2;
  const pairs = range(distance).flatMap((row) =>
    range(rows - 1).map((column): Pair => [at(row, column), at(row, column + 1)]),
  );
  let next = data + distance * (distance - 1);
  for (const row of range(distance - 1)) {
    // Every other flag has a bridge, and one end of the row, in turns.
    const flags = range((distance - 1) / 2).map((k) => 4 * k + (row % 2 === 0 ? 3 : 1));
    for (const column of [...flags, row % 2 === 0 ? 0 : rows - 1].toSorted((a, b) => a - b)) {
      pairs.push([at(row, column), next], [next, at(row + 1, column)]);
      next++;
    }
  }
  return new Couplings(next, pairs);
}

const shapes: Readonly<
  Record<string, { readonly form: RegExp; readonly make: (...sizes: number[]) => Couplings }>
> = {
  line: { form: /^(\d+)$/, make: (n) => line(n as number) },
  ring: { form: /^(\d+)$/, make: (n) => ring(n as number) },
  grid: { form: /^(\d+)x(\d+)$/, make: (r, c) => grid(r as number, c as number) },
  'heavy-hex': { form: /^(\d*[13579])$/, make: (d) => heavyHex(d as number) },
  full: { form: /^(\d+)$/, make: (n) => full(n as number) },
};

/** Larger maps would need tables of distances of more than a gigabyte. */
const maximumQubits = 20_000;

/** line:5, ring:5, grid:2x3, heavy-hex:3 (an odd distance) or full:4; null for another form. */
export function namedCouplings(text: string): Couplings | null {
  const [name = '', size = ''] = text.split(':', 2);
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  const sizes = shape?.form.exec(size)?.slice(1).map(Number);
  if (shape === undefined || sizes === undefined || sizes.some((one) => one < 1)) return null;
  if (sizes.reduce((a, b) => a * b) > (name === 'full' ? 2000 : maximumQubits)) {
    throw new AppError(
      'too-large',
      `A map of ${text} is too large; at most ${maximumQubits} qubits (full: 2000).`,
    );
  }
  return shape.make(...sizes);
}
