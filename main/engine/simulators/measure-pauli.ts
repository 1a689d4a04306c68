import type { Rng } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import { turnToZ } from './pauli-basis.ts';
import type { PauliLetter, PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { type Estimate, meanOverShots } from './estimates.ts';
import { drawIndices, outcomesOf } from './outcomes.ts';
import { paritySign } from './pauli-expectation.ts';
import type { QuantumRegister } from './register.ts';

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

/** ⟨O⟩ estimated from `shots` shots for each measurement group, with its standard error. */
export function estimateExpectation(
  register: QuantumRegister,
  sum: PauliSum,
  shots: number,
  readout: ReadonlyMap<number, ReadoutError>,
  rng: Rng,
): Estimate {
  let value = 0;
  let variance = 0;
  for (const term of sum.terms) if (term.factors.length === 0) value += term.coefficient;
  for (const group of groupTerms(sum)) {
    const part = estimateGroup(register, group, shots, readout, rng);
    value += part.value;
    variance += part.stderr ** 2;
  }
  return { value, stderr: Math.sqrt(variance) };
}

function estimateGroup(
  register: QuantumRegister,
  group: MeasurementGroup,
  shots: number,
  readout: ReadonlyMap<number, ReadoutError>,
  rng: Rng,
): Estimate {
  const turned = register.copy();
  for (const [qubit, letter] of group.basis) {
    const matrix = turnToZ(letter);
    if (matrix === null) continue;
    turned.applyUnitary({ matrix, targets: [qubit], controls: [], isDiagonal: false });
  }
  const terminal = [...group.basis.keys()].map((qubit, bit) => ({ qubit, bit }));
  const branch = { register: turned, bits: new Uint8Array(terminal.length) };
  const { probabilities } = outcomesOf(branch, terminal, readout);
  const place = new Map(terminal.map(({ qubit, bit }) => [qubit, bit]));
  const masks = group.terms.map(({ factors }) =>
    factors.reduce((mask, { qubit }) => mask | (1 << (place.get(qubit) as number)), 0),
  );
  let total = 0;
  let squares = 0;
  drawIndices([probabilities], shots, rng, (_, index, count) => {
    let outcome = 0;
    group.terms.forEach(({ coefficient }, k) => {
      outcome += coefficient * paritySign(index & (masks[k] as number));
    });
    total += count * outcome;
    squares += count * outcome * outcome;
  });
  return meanOverShots(total, squares, shots);
}
