/** An ARMA process about a mean: x_t − μ = Σ φ_i (x_{t−i} − μ) + e_t + Σ θ_j e_{t−j}. */
export interface Arma {
  readonly mean: number;
  readonly ar: Float64Array;
  readonly ma: Float64Array;
}

/** What a Kalman filter makes of a series: forecasts of each value from those before it, and the likelihood. */
export interface Filtered {
  /** forecasts[h − 1][t] is that of x_{t + h} by what is known at t. */
  readonly forecasts: readonly Float64Array[];
  /** −2/n of the logarithm of the likelihood at the best variance, without constants. */
  readonly deviance: number;
}

/**
 * The exact Gaussian likelihood in Harvey's state space (Gardner, Harvey and Phillips 1980). Infinite where the process
 * is not stationary.
 */
export function filtered(series: Float64Array, arma: Arma, horizon: number): Filtered {
  const size = Math.max(arma.ar.length, arma.ma.length + 1);
  const phi = Float64Array.from({ length: size }, (_, k) => arma.ar[k] ?? 0);
  const noise = Float64Array.from({ length: size }, (_, k) =>
    k === 0 ? 1 : (arma.ma[k - 1] ?? 0),
  );
  const forecasts = Array.from({ length: horizon }, () => new Float64Array(series.length));
  let covariance = stationary(phi, noise);
  if (covariance === null) return { forecasts, deviance: Infinity };
  let state = new Float64Array(size);
  let [squares, logs] = [0, 0];
  for (const [t, value] of series.entries()) {
    const variance = covariance[0] as number;
    const error = value - arma.mean - (state[0] as number);
    squares += (error * error) / variance;
    logs += Math.log(variance);
    const gain = Float64Array.from(
      { length: size },
      (_, k) => ((covariance as Float64Array)[k * size] as number) / variance,
    );
    const known = state.map((v, k) => v + (gain[k] as number) * error);
    const left = Float64Array.from(covariance, (v, k) => {
      const [i, j] = [Math.floor(k / size), k % size];
      return v - (gain[i] as number) * ((covariance as Float64Array)[j] as number);
    });
    let ahead = known;
    for (const forecast of forecasts) {
      ahead = shifted(ahead, phi);
      forecast[t] = arma.mean + (ahead[0] as number);
    }
    state = shifted(known, phi);
    covariance = advanced(left, phi, noise);
  }
  const n = series.length;
  return { forecasts, deviance: Math.log(squares / n) + logs / n };
}

/** T·x with T of Harvey's form: T_{k,0} = φ_k, T_{k,k+1} = 1. */
function shifted(x: Float64Array, phi: Float64Array): Float64Array<ArrayBuffer> {
  const first = x[0] as number;
  return Float64Array.from(phi, (p, k) => p * first + (x[k + 1] ?? 0));
}

/** T·P·Tᵀ + R·Rᵀ, row-major. */
function advanced(p: Float64Array, phi: Float64Array, noise: Float64Array): Float64Array {
  const size = phi.length;
  const left = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const column = shifted(
      Float64Array.from({ length: size }, (_, i) => p[i * size + j] as number),
      phi,
    );
    column.forEach((v, i) => (left[i * size + j] = v));
  }
  const next = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = shifted(left.subarray(i * size, (i + 1) * size), phi);
    row.forEach((v, j) => (next[i * size + j] = v + (noise[i] as number) * (noise[j] as number)));
  }
  return next;
}

/** The fixed point of `advanced`, by doubling: P ← P + A·P·Aᵀ, A ← A². Null where it grows without end. */
function stationary(phi: Float64Array, noise: Float64Array): Float64Array | null {
  const size = phi.length;
  let a = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    a[i * size] = phi[i] as number;
    if (i + 1 < size) a[i * size + i + 1] = 1;
  }
  let p = Float64Array.from({ length: size * size }, (_, k) => {
    return (noise[Math.floor(k / size)] as number) * (noise[k % size] as number);
  });
  for (let step = 0; step < 60; step++) {
    const added = product(product(a, p, size), transposed(a, size), size);
    p = p.map((v, k) => v + (added[k] as number));
    const largest = added.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    if (!Number.isFinite(largest) || (p[0] as number) > 1e12) return null;
    if (largest <= 1e-15 * (p[0] as number)) return p;
    a = product(a, a, size);
  }
  return null;
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const c = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const left = a[i * size + k] as number;
      if (left === 0) continue;
      for (let j = 0; j < size; j++) {
        c[i * size + j] = (c[i * size + j] as number) + left * (b[k * size + j] as number);
      }
    }
  }
  return c;
}

function transposed(a: Float64Array, size: number): Float64Array {
  return a.map((_, k) => a[(k % size) * size + Math.floor(k / size)] as number);
}

/** Coefficients of a stationary process from any numbers, by partial autocorrelations (Monahan 1984). */
export function stationaryFrom(free: Float64Array): Float64Array {
  let coefficients = new Float64Array(0);
  for (const [k, value] of free.entries()) {
    const partial = value / Math.sqrt(1 + value * value);
    coefficients = Float64Array.from({ length: k + 1 }, (_, i) =>
      i === k
        ? partial
        : (coefficients[i] as number) - partial * (coefficients[k - 1 - i] as number),
    );
  }
  return coefficients;
}
