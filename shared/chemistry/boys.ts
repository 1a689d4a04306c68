/** From here on the asymptotic form is exact to rounding for the orders of s and p functions. */
const far = 35;

/**
 * Boys' functions F_n(x) = ∫₀¹ t^{2n} exp(−x t²) dt for n = 0 … highest ≤ 4, written into `into`: the highest by its series
 * (all terms positive), the others by the downward recursion, which is stable.
 */
export function boys(highest: number, x: number, into: Float64Array): void {
  const decay = Math.exp(-x);
  if (x > far) {
    into[0] = 0.5 * Math.sqrt(Math.PI / x);
    for (let n = 0; n < highest; n++) {
      into[n + 1] = ((2 * n + 1) * (into[n] as number) - decay) / (2 * x);
    }
    return;
  }
  let term = 1 / (2 * highest + 1);
  let sum = term;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (2 * x) / (2 * highest + 2 * k + 1);
    sum += term;
  }
  into[highest] = decay * sum;
  for (let n = highest; n > 0; n--) {
    into[n - 1] = (2 * x * (into[n] as number) + decay) / (2 * n - 1);
  }
}
