import type { Rng } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import { turnToZ } from './pauli-basis.ts';
import type { PauliLetter, PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import type { Estimate } from './estimates.ts';
import { outcomesOf } from './outcomes.ts';
import { paritySign } from './pauli-expectation.ts';
import type { QuantumRegister } from './register.ts';
import { type SampledValue, sampleMean, type ShotLimits } from './sample-mean.ts';

/** Terms that one measurement setting serves: on each qubit they agree on the letter. */
export interface MeasurementGroup {
  readonly basis: ReadonlyMap<number, PauliLetter>;
  readonly terms: readonly PauliTerm[];
}

/** Greedy grouping by qubit-wise commutation; the identity term is left out. */
export function groupTerms(sum: PauliSum): MeasurementGroup[] {
  const groups: { basis: Map<number, PauliLetter>; terms: PauliTerm[] }[] = [];
  for (const term of sum.terms) {
    if (term.factors.length === 0) continue;
    const fits = (basis: ReadonlyMap<number, PauliLetter>): boolean =>
      term.factors.every(({ qubit, letter }) => (basis.get(qubit) ?? letter) === letter);
    let group = groups.find(({ basis }) => fits(basis));
    if (group === undefined) {
      group = { basis: new Map(), terms: [] };
      groups.push(group);
    }
    group.terms.push(term);
    for (const { qubit, letter } of term.factors) group.basis.set(qubit, letter);
  }
  return groups;
}

/** ⟨O⟩ estimated from shots for each measurement group, with its standard error and all shots taken. */
export function estimateExpectation(
  register: QuantumRegister,
  sum: PauliSum,
  { shots, targetError }: ShotLimits,
  readout: ReadonlyMap<number, ReadoutError>,
  rng: Rng,
): Estimate & { readonly shots: number } {
  let value = 0;
  let variance = 0;
  let taken = 0;
  const groups = groupTerms(sum);
  // Errors of the groups add up in squares.
  const share = targetError === undefined ? undefined : targetError / Math.sqrt(groups.length);
  for (const term of sum.terms) if (term.factors.length === 0) value += term.coefficient;
  for (const group of groups) {
    const limits = { shots, targetError: share };
    const part = sampleMean(readingOf(register, group, readout), limits, rng);
    value += part.value;
    variance += part.stderr ** 2;
    taken += part.shots;
  }
  return { value, stderr: Math.sqrt(variance), shots: taken };
}

/** What a measurement of the group's qubits in its basis reads. */
function readingOf(
  register: QuantumRegister,
  group: MeasurementGroup,
  readout: ReadonlyMap<number, ReadoutError>,
): SampledValue {
  const turned = register.copy();
  for (const [qubit, letter] of group.basis) {
    const matrix = turnToZ(letter);
    if (matrix === null) continue;
    turned.applyUnitary({ matrix, targets: [qubit], controls: [], isDiagonal: false });
  }
  const terminal = [...group.basis.keys()].map((qubit, bit) => ({ qubit, bit }));
  const branch = { register: turned, bits: new Uint8Array(terminal.length) };
  const { probabilities } = outcomesOf(branch, terminal, readout);
  turned.release?.();
  const place = new Map(terminal.map(({ qubit, bit }) => [qubit, bit]));
  const masks = group.terms.map(({ factors }) =>
    factors.reduce((mask, { qubit }) => mask | (1 << (place.get(qubit) as number)), 0),
  );
  const range = 2 * group.terms.reduce((all, { coefficient }) => all + Math.abs(coefficient), 0);
  return {
    probabilities,
    range,
    valueOf: (index) =>
      group.terms.reduce(
        (total, { coefficient }, k) =>
          total + coefficient * paritySign(index & (masks[k] as number)),
        0,
      ),
  };
}
