import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Run } from './simulator.ts';

export interface Estimate {
  readonly value: number;
  readonly stderr: number;
}

/** The mean of a value over shots from its sum and the sum of its squares; a single shot knows no spread. */
export function meanOverShots(sum: number, squares: number, shots: number): Estimate {
  const value = sum / shots;
  const spread = Math.max(0, squares / shots - value * value);
  return { value, stderr: Math.sqrt(spread / Math.max(1, shots - 1)) };
}

/**
 * Whether every expectation is known to the asked error. An event that was never drawn in n shots may
 * still have a probability near 1/n, so no error below the observable's range over n is believed.
 */
export function reachesTarget(
  { observables, options: { targetError } }: Run,
  estimates: readonly Estimate[],
  shots: number,
): boolean {
  if (targetError === undefined || observables.length === 0 || shots === 0) return false;
  return observables.every((observable, i) => {
    const { stderr } = estimates[i] as Estimate;
    return Math.max(stderr, rangeOf(observable) / shots) <= targetError;
  });
}

/** How far apart two values of an observable can be. */
function rangeOf({ terms }: PauliSum): number {
  const sizes = terms.map(({ coefficient, factors }) =>
    factors.length === 0 ? 0 : Math.abs(coefficient),
  );
  return 2 * sizes.reduce((sum, size) => sum + size, 0);
}

/** What a result says where an error was asked for: a warning, or nothing. */
export function targetWarning(
  run: Run,
  estimates: readonly Estimate[],
  shots: number,
): readonly string[] {
  const { targetError, shots: most } = run.options;
  if (targetError === undefined || run.observables.length === 0) return [];
  return [
    reachesTarget(run, estimates, shots)
      ? `${shots} of at most ${most} shots were run: every standard error is at or below ${targetError}.`
      : `All ${shots} shots were run, but a standard error is still above ${targetError}.`,
  ];
}
