import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { Run } from '../simulator.ts';

/** What is read of the state of every shot: the observables as they are seen, then x, y, z of each qubit. */
export function readingsOf({ observables, noise, options }: Run): readonly PauliSum[] {
  const readout = noise?.readout ?? new Map<number, ReadoutError>();
  const seen = observables.map(({ terms }) => ({
    terms: terms.flatMap((term) => seenTerms(term, readout)),
  }));
  if (!options.bloch) return seen;
  const components = Array.from({ length: options.qubits }, (_, qubit) =>
    (['X', 'Y', 'Z'] as const).map((letter): PauliSum => {
      return { terms: [{ coefficient: 1, factors: [{ qubit, letter }] }] };
    }),
  );
  return [...seen, ...components.flat()];
}

/**
 * A reader with errors sees P(read 0 | 1) − P(read 1 | 0) + (1 − P(read 0 | 1) − P(read 1 | 0))·P instead
 * of a letter P, whatever basis it was turned from.
 */
function seenTerms(term: PauliTerm, readout: ReadonlyMap<number, ReadoutError>): PauliTerm[] {
  let seen: PauliTerm[] = [{ coefficient: term.coefficient, factors: [] }];
  for (const factor of term.factors) {
    const error = readout.get(factor.qubit);
    const { p_read1_given0: up = 0, p_read0_given1: down = 0 } = error ?? {};
    seen = seen.flatMap(({ coefficient, factors }) => [
      { coefficient: coefficient * (1 - up - down), factors: [...factors, factor] },
      ...(up === down ? [] : [{ coefficient: coefficient * (down - up), factors }]),
    ]);
  }
  return seen;
}
