/** A complex number at emit time: [real, imaginary]. */
export type Pair = readonly [number, number];
/** One complex number per lane of a vector. */
export type Lanes = readonly Pair[];

export const onePair: Pair = [1, 0];

export function times(a: Pair, b: Pair): Pair {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

export function inverse(a: Pair): Pair {
  const norm = a[0] * a[0] + a[1] * a[1];
  return [a[0] / norm, -a[1] / norm];
}

export function magnitude(a: Pair): number {
  return Math.hypot(a[0], a[1]);
}

export function isZero(lanes: Lanes): boolean {
  return lanes.every(([re, im]) => re === 0 && im === 0);
}

/** exp(i·angle). */
export function turnBy(angle: number): Pair {
  return [Math.cos(angle), Math.sin(angle)];
}

/** What is below this, relative to the number, is rounding: 0 and ±1 are then meant exactly. */
const roundingLimit = 1e-14;

/** The number with parts that are 0 or ±1 up to rounding made exactly so, as these cost no work. */
export function snap(value: Pair): Pair {
  const limit = roundingLimit * magnitude(value);
  return [snapPart(value[0], limit), snapPart(value[1], limit)];
}

function snapPart(part: number, limit: number): number {
  if (Math.abs(part) < limit) return 0;
  return Math.abs(Math.abs(part) - 1) < roundingLimit ? Math.sign(part) : part;
}

/** Sum of the magnitudes of the lanes: what tells a good pivot. */
export function weightOf(lanes: Lanes): number {
  return lanes.reduce((sum, lane) => sum + magnitude(lane), 0);
}
