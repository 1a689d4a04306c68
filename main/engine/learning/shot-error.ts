/** Pseudo-counts of each outcome (Agresti and Coull 1998, Am. Stat. 52, 119). */
const added = 2;

/**
 * Standard error of a share p of shots, at least that of the share with two more of each outcome: where all shots agree,
 * their spread says nothing of what a few more would show.
 */
export function shareError(p: number, stderr: number, shots: number | null): number {
  if (shots === null) return stderr;
  const n = shots + 2 * added;
  const share = (Math.min(1, Math.max(0, p)) * shots + added) / n;
  return Math.max(stderr, Math.sqrt((share * (1 - share)) / n));
}

/** The same for the mean of ±1. */
export function meanError(mean: number, stderr: number, shots: number | null): number {
  return 2 * shareError((1 + mean) / 2, stderr / 2, shots);
}

/** Whether nothing was measured. */
export function areExact(stderrs: Float64Array, shots: number | null): boolean {
  return shots === null && stderrs.every((error) => error === 0);
}
