import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';

/**
 * The observable whose mean a reader with errors sees: each factor P becomes gain·P + bias, so that
 * methods without a table of probabilities can fold readout error in.
 */
export function readObservable(
  observable: PauliSum,
  readout: ReadonlyMap<number, ReadoutError>,
): PauliSum {
  if (readout.size === 0) return observable;
  const terms = observable.terms.flatMap(({ coefficient, factors }) => {
    let parts: PauliTerm[] = [{ coefficient, factors: [] }];
    for (const factor of factors) {
      const error = readout.get(factor.qubit) ?? { p_read1_given0: 0, p_read0_given1: 0 };
      const bias = error.p_read0_given1 - error.p_read1_given0;
      const gain = 1 - error.p_read0_given1 - error.p_read1_given0;
      parts = parts.flatMap((part) => [
        { coefficient: part.coefficient * gain, factors: [...part.factors, factor] },
        ...(bias === 0 ? [] : [{ coefficient: part.coefficient * bias, factors: part.factors }]),
      ]);
    }
    return parts;
  });
  return { terms };
}
