/** A dense complex matrix, row-major and split: entry (r, c) is re[r·columns + c] + i·im[r·columns + c]. */
export interface Rectangular {
  readonly rows: number;
  readonly columns: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function emptyMatrix(rows: number, columns: number): Rectangular {
  const size = rows * columns;
  return { rows, columns, re: new Float64Array(size), im: new Float64Array(size) };
}

/** a·b. */
export function product(a: Rectangular, b: Rectangular): Rectangular {
  return productWithRows(a, b, 0, 1);
}

/** a times the rows first, first + step, … of b, as many as a has columns. */
export function productWithRows(
  a: Rectangular,
  b: Rectangular,
  first: number,
  step: number,
): Rectangular {
  const result = emptyMatrix(a.rows, b.columns);
  const width = b.columns;
  for (let r = 0; r < a.rows; r++) {
    for (let k = 0; k < a.columns; k++) {
      const xr = a.re[r * a.columns + k] as number;
      const xi = a.im[r * a.columns + k] as number;
      if (xr === 0 && xi === 0) continue;
      const to = r * width;
      const from = (first + k * step) * width;
      for (let c = 0; c < width; c++) {
        const yr = b.re[from + c] as number;
        const yi = b.im[from + c] as number;
        result.re[to + c] = (result.re[to + c] as number) + xr * yr - xi * yi;
        result.im[to + c] = (result.im[to + c] as number) + xr * yi + xi * yr;
      }
    }
  }
  return result;
}

/** Conjugate transpose. */
export function conjugateTranspose(a: Rectangular): Rectangular {
  const result = emptyMatrix(a.columns, a.rows);
  for (let r = 0; r < a.rows; r++) {
    for (let c = 0; c < a.columns; c++) {
      result.re[c * a.rows + r] = a.re[r * a.columns + c] as number;
      result.im[c * a.rows + r] = -(a.im[r * a.columns + c] as number);
    }
  }
  return result;
}

/** A copy of the first rows. */
export function firstRows({ columns, re, im }: Rectangular, rows: number): Rectangular {
  return { rows, columns, re: re.slice(0, rows * columns), im: im.slice(0, rows * columns) };
}

/** Sum of |entry|². */
export function squaredNormOf({ re, im }: Rectangular): number {
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += (re[i] as number) ** 2 + (im[i] as number) ** 2;
  return sum;
}
