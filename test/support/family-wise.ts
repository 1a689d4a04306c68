/** Φ(z), by the continued fraction of the error function's complement; good to 1e-12 beyond z = 2. */
function upperTail(z: number): number {
  let fraction = z;
  for (let k = 60; k >= 1; k--) fraction = z + k / fraction;
  return Math.exp((-z * z) / 2) / (fraction * Math.sqrt(2 * Math.PI));
}

/**
 * Standard errors that one of `comparisons` independent estimates may be off, so that all of them stay
 * within as often as one stays within three (Šidák): 3.0 for one, 4.6 for a thousand.
 */
export function threeSigmaFor(comparisons: number): number {
  const single = 2 * upperTail(3);
  const each = -Math.expm1(Math.log1p(-single) / comparisons);
  let [low, high] = [3, 40];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (2 * upperTail(middle) > each) low = middle;
    else high = middle;
  }
  return high;
}
