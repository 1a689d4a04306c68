/** Rows of numbers as cells: each column has 2^bits equally wide ones between its least and largest training value. */
export interface Grid {
  readonly bits: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export function gridOf(rows: readonly Float64Array[], bits: number): Grid {
  const [first] = rows;
  const low = Float64Array.from(first ?? []);
  const high = low.slice();
  for (const row of rows) {
    row.forEach((x, k) => {
      low[k] = Math.min(low[k] as number, x);
      high[k] = Math.max(high[k] as number, x);
    });
  }
  return { bits, low, high };
}

/** How many cells there are. */
export function cellCount({ bits, low }: Grid): number {
  return 2 ** (bits * low.length);
}

/** The cell of a row: column k has bits k·bits … of its number. Rows beyond the ends belong to the outer cells. */
export function cellOf({ bits, low, high }: Grid, row: Float64Array): number {
  const count = 2 ** bits;
  let index = 0;
  for (let k = low.length - 1; k >= 0; k--) {
    const [start, end] = [low[k] as number, high[k] as number];
    const share = end > start ? ((row[k] as number) - start) / (end - start) : 0;
    index = index * count + Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  }
  return index;
}

/** Where the middle of a cell lies along each column: 0 to 1 over its range. */
export function placeOf({ bits, low }: Grid, index: number): Float64Array {
  const count = 2 ** bits;
  return low.map((_, k) => ((Math.floor(index / count ** k) % count) + 0.5) / count);
}

/** The middle of a cell in the units of the columns. */
export function middleOf(grid: Grid, index: number): Float64Array {
  const { low, high } = grid;
  return placeOf(grid, index).map(
    (share, k) => (low[k] as number) + share * ((high[k] as number) - (low[k] as number)),
  );
}

/** Share of the cells in each of all cells. */
export function sharesOf(cells: readonly number[], count: number): Float64Array {
  const shares = new Float64Array(count);
  for (const cell of cells) shares[cell] = (shares[cell] as number) + 1 / cells.length;
  return shares;
}
