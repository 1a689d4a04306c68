/** The lowest eigenvalue of a real symmetric tridiagonal matrix, and its vector of length 1. */
export interface LowestPair {
  readonly value: number;
  readonly vector: Float64Array;
}

/**
 * By bisection on the number of negative pivots (Sylvester's law of inertia), and inverse iteration.
 * `beside[i]` couples i and i + 1. O(n) a step, about 60 steps.
 */
export function lowestPair(diagonal: readonly number[], beside: readonly number[]): LowestPair {
  const reach = (i: number): number => Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0);
  let low = Math.min(...diagonal.map((d, i) => d - reach(i)));
  let high = Math.max(...diagonal.map((d, i) => d + reach(i)));
  const scale = Math.max(Math.abs(low), Math.abs(high), 1e-300);
  while (high - low > 2e-16 * scale) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (isAbove(diagonal, beside, middle)) high = middle;
    else low = middle;
  }
  const value = low + (high - low) / 2;
  return { value, vector: vectorAt(diagonal, beside, value, scale) };
}

/** Whether an eigenvalue lies below x: whether a pivot of T − x is negative. */
function isAbove(diagonal: readonly number[], beside: readonly number[], x: number): boolean {
  let pivot = 1;
  for (let i = 0; i < diagonal.length; i++) {
    const coupling = beside[i - 1] ?? 0;
    pivot = (diagonal[i] as number) - x - (i === 0 ? 0 : (coupling * coupling) / pivot);
    if (pivot < 0) return true;
    if (pivot === 0) pivot = 1e-300;
  }
  return false;
}

function vectorAt(
  diagonal: readonly number[],
  beside: readonly number[],
  value: number,
  scale: number,
): Float64Array {
  const n = diagonal.length;
  let vector: Float64Array = new Float64Array(n).fill(1 / Math.sqrt(n));
  // Off the eigenvalue by rounding, so that the matrix stays regular.
  const shift = value - 4e-16 * scale;
  for (let step = 0; step < 3; step++) {
    vector = solved(diagonal, beside, shift, vector);
    const length = Math.hypot(...vector);
    vector = vector.map((one) => one / length);
  }
  return vector;
}

/** x with (T − shift)·x = b, by elimination with row exchanges. */
function solved(
  diagonal: readonly number[],
  beside: readonly number[],
  shift: number,
  b: Float64Array,
): Float64Array {
  const n = diagonal.length;
  const x = Float64Array.from(b);
  // Row i after elimination: its pivot and the two entries to the right of it.
  const rows = diagonal.map((d, i) => [d - shift, beside[i] ?? 0, 0]);
  for (let i = 0; i + 1 < n; i++) {
    let below = [beside[i] ?? 0, (diagonal[i + 1] ?? 0) - shift, beside[i + 1] ?? 0];
    let pivot = rows[i] as number[];
    if (Math.abs(below[0] as number) > Math.abs(pivot[0] as number)) {
      [pivot, below] = [below, pivot];
      [x[i], x[i + 1]] = [x[i + 1] as number, x[i] as number];
    }
    if (pivot[0] === 0) pivot[0] = 1e-300;
    const factor = (below[0] as number) / (pivot[0] as number);
    rows[i] = pivot;
    rows[i + 1] = [
      (below[1] as number) - factor * (pivot[1] as number),
      (below[2] as number) - factor * (pivot[2] as number),
      0,
    ];
    x[i + 1] = (x[i + 1] as number) - factor * (x[i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    const [pivot = 1, next = 0, after = 0] = rows[i] as number[];
    const rest = next * (x[i + 1] ?? 0) + after * (x[i + 2] ?? 0);
    x[i] = ((x[i] as number) - rest) / (pivot === 0 ? 1e-300 : pivot);
  }
  return x;
}
