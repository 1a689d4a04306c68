/**
 * Seconds until the end from how fast the fraction has grown since this part of the run began; null
 * while that says too little.
 */
export class TimeLeft {
  #first: { readonly fraction: number; readonly seconds: number } | null = null;

  estimate(fraction: number | null, seconds: number): number | null {
    if (fraction === null) return null;
    // A resumed run races through what its log holds; the rate counts from the first sight on.
    this.#first ??= { fraction, seconds };
    const done = fraction - this.#first.fraction;
    const took = seconds - this.#first.seconds;
    if (done < 0.01 || took < 0.2) return null;
    return Math.max(0, ((1 - fraction) * took) / done);
  }
}
