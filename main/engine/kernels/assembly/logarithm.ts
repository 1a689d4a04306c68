/**
 * ln x for normal x > 0, within 1e-12 relative, the same bits everywhere: x = 2^k·m with m near 1, and
 * ln m = 2·artanh((m − 1)/(m + 1)) by its series.
 */
export function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let k = <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    k++;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum: f64 = 1.0 / 17.0;
  sum = sum * z + 1.0 / 15.0;
  sum = sum * z + 1.0 / 13.0;
  sum = sum * z + 1.0 / 11.0;
  sum = sum * z + 1.0 / 9.0;
  sum = sum * z + 1.0 / 7.0;
  sum = sum * z + 0.2;
  sum = sum * z + 1.0 / 3.0;
  sum = sum * z + 1;
  return <f64>k * 0.6931471805599453 + 2 * s * sum;
}
