import type { CharacterisationResult } from '#shared/results/kinds/characterisation.ts';

export type Quantity = CharacterisationResult['quantities'][number];

/** A share that was read, at some x; `weights` say how the model's two amplitudes enter: y = w₀·A·e^{−Γx} + w₁·B. */
export interface Reading {
  readonly x: number;
  readonly y: number;
  readonly stderr: number;
  readonly weights: readonly [number, number];
  /** Whether the decay acts on it at all. */
  readonly decays: boolean;
}

export interface DecayFit {
  /** Γ, of x. */
  readonly rate: number;
  readonly stderr: number;
  readonly amplitude: number;
  readonly offset: number;
}

/** 95 of 100 normal values lie so many deviations about their mean. */
export const wide = 1.959964;

/**
 * Γ, A and B of an exponential by least squares with the errors of the readings. For each Γ the amplitudes
 * follow (variable projection; Golub and Pereyra, 1973); Γ is found among 400 from none to one that is over
 * before the first reading, and then by thirds. Its error is that of the linearised model.
 */
export function fitDecay(readings: readonly Reading[], knowsOffset = false): DecayFit {
  const positive = readings.filter(({ x, decays }) => decays && x > 0).map(({ x }) => x);
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  const grid = [
    0,
    ...Array.from({ length: 400 }, (_, k) => (1e-4 / most) * ((1e5 * most) / least) ** (k / 399)),
  ];
  const miss = (rate: number): number => amplitudesOf(readings, rate, knowsOffset).miss;
  const misses = grid.map(miss);
  const at = misses.indexOf(Math.min(...misses));
  let [low, high] = [
    grid[Math.max(0, at - 1)] as number,
    grid[Math.min(grid.length - 1, at + 1)] as number,
  ];
  for (let k = 0; k < 100; k++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (miss(a) <= miss(b)) high = b;
    else low = a;
  }
  // Where nothing decays, no rate is as good as none.
  const middle = (low + high) / 2;
  const rate = miss(0) <= miss(middle) + 1e-12 ? 0 : middle;
  const { amplitude, offset } = amplitudesOf(readings, rate, knowsOffset);
  return { rate, amplitude, offset, stderr: errorOf(readings, rate, amplitude, knowsOffset) };
}

/** The best amplitudes for a rate, and the weighted squares that they leave. */
function amplitudesOf(readings: readonly Reading[], rate: number, knowsOffset: boolean) {
  let [aa, ab, bb, ay, by] = [0, 0, 0, 0, 0];
  const rows = readings.map(({ x, y, stderr, weights: [own, other], decays }) => {
    const row = [own * (decays ? Math.exp(-rate * x) : 1), other, y, stderr ** -2] as const;
    const [a, b, , weight] = row;
    const rest = knowsOffset ? y - b : y;
    aa += weight * a * a;
    ab += weight * a * b;
    bb += weight * b * b;
    ay += weight * a * rest;
    by += weight * b * rest;
    return row;
  });
  let [amplitude, offset] = [ay / aa, 1];
  const determinant = aa * bb - ab * ab;
  // Where nothing decays the two may be one column, and one of them says it all.
  if (!knowsOffset && determinant <= 1e-12 * aa * bb) offset = 0;
  else if (!knowsOffset) {
    amplitude = (ay * bb - by * ab) / determinant;
    offset = (by * aa - ay * ab) / determinant;
  }
  const miss = rows.reduce(
    (sum, [a, b, y, weight]) => sum + weight * (y - amplitude * a - offset * b) ** 2,
    0,
  );
  return { amplitude, offset, miss };
}

/** Standard error of the rate: what is left of its slope beside those of the amplitudes. */
function errorOf(
  readings: readonly Reading[],
  rate: number,
  amplitude: number,
  knowsOffset: boolean,
): number {
  const columns = readings.map(({ x, stderr, weights: [own, other], decays }) => {
    const decay = decays ? Math.exp(-rate * x) : 1;
    const slope = decays ? -x * amplitude * own * decay : 0;
    const all = knowsOffset ? [slope, own * decay] : [slope, own * decay, other];
    return all.map((one) => one / stderr);
  });
  const dot = (i: number, j: number): number =>
    columns.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0);
  const own = dot(0, 0);
  if (knowsOffset) return 1 / Math.sqrt(own - dot(0, 1) ** 2 / dot(1, 1));
  const [aa, ab, bb] = [dot(1, 1), dot(1, 2), dot(2, 2)];
  const [a, b] = [dot(0, 1), dot(0, 2)];
  const taken = (a * a * bb - 2 * a * b * ab + b * b * aa) / (aa * bb - ab * ab);
  return 1 / Math.sqrt(own - taken);
}

/** A share of n readings, with an error that is not zero where all of them agree. */
export function shareOf(seen: number, n: number): { readonly y: number; readonly stderr: number } {
  const even = (seen + 0.5) / (n + 1);
  return { y: seen / n, stderr: Math.sqrt((even * (1 - even)) / n) };
}

/** A quantity with the interval of a normal estimate, kept to where it can be. */
export function quantityOf(
  about: Pick<Quantity, 'title' | 'qubits' | 'unit'>,
  value: number,
  stderr: number,
  [least, most]: readonly [number, number] = [0, Number.POSITIVE_INFINITY],
): Quantity {
  const interval: [number, number] = [
    Math.max(least, value - wide * stderr),
    Math.min(most, value + wide * stderr),
  ];
  return { ...about, value, stderr, interval };
}

/** A time that belongs to a rate; without end where the rate may be none. */
export function timeOf(rate: Quantity, title: string): Quantity {
  const [low, high] = rate.interval;
  const inverse = (one: number): number => (one > 0 ? 1 / one : Number.POSITIVE_INFINITY);
  const value = inverse(rate.value);
  const stderr = Number.isFinite(value) ? rate.stderr * value ** 2 : Number.POSITIVE_INFINITY;
  return {
    title,
    qubits: rate.qubits,
    unit: 's',
    value,
    stderr,
    interval: [inverse(high), inverse(low)],
  };
}

/** A share with Wilson's interval (1927), which holds also where nothing was seen. */
export function shareQuantity(
  about: Pick<Quantity, 'title' | 'qubits'>,
  seen: number,
  n: number,
): Quantity {
  const p = seen / n;
  const z2 = wide * wide;
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (wide / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const stderr = Math.sqrt((p * (1 - p)) / n);
  const interval: [number, number] = [Math.max(0, middle - half), Math.min(1, middle + half)];
  return { ...about, unit: '', value: p, stderr, interval };
}
