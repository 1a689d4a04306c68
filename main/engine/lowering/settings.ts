import { indexAt, onesAt, type PackedBits, wordsFor } from '#shared/base/packed-bits.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { Basis, Counts, Estimates } from '../programs/program.ts';
import { groupTerms } from '../simulators/measure-pauli.ts';

/** What one observable reads in one measurement setting: a value for each outcome. */
interface Reading {
  /** Position among the asked observables. */
  readonly observable: number;
  readonly valueOf: (outcomes: PackedBits, k: number) => number;
}

/** One measurement setting, and everything that is read off its outcomes. */
export interface Setting {
  readonly basis: Basis;
  readonly readings: readonly Reading[];
}

/** How observables are measured: constants at once, everything else in as few settings as a greedy search finds. */
export interface MeasurementPlan {
  readonly constants: Float64Array;
  readonly settings: readonly Setting[];
}

/** Terms of all observables that agree qubit by qubit share a setting; costs over basis states are read in that of Z. */
export function measurementPlan(
  observables: readonly Observable[],
  qubits: number,
): MeasurementPlan {
  const constants = new Float64Array(observables.length);
  const owners = new Map<PauliTerm, number>();
  const diagonals: Reading[] = [];
  observables.forEach((observable, j) => {
    if (observable.kind === 'diagonal') {
      const { values } = observable;
      diagonals.push({
        observable: j,
        valueOf: (outcomes, k) => values[indexAt(outcomes, k)] as number,
      });
      return;
    }
    for (const term of observable.sum.terms) {
      if (term.factors.length === 0) constants[j] = (constants[j] as number) + term.coefficient;
      else owners.set({ ...term }, j);
    }
  });
  const settings = groupTerms({ terms: [...owners.keys()] }).map(({ basis, terms }): Setting => {
    const byOwner = Map.groupBy(terms, (term) => owners.get(term) as number);
    return {
      basis: [...basis].sort(([a], [b]) => a - b),
      readings: [...byOwner].map(([observable, own]) => ({
        observable,
        valueOf: parityReader(own, qubits),
      })),
    };
  });
  if (diagonals.length === 0) return { constants, settings };
  const inZ = settings.findIndex(({ basis }) => basis.every(([, letter]) => letter === 'Z'));
  const shared = settings[inZ];
  const z: Setting = {
    basis: shared?.basis ?? [],
    readings: [...(shared?.readings ?? []), ...diagonals],
  };
  return { constants, settings: shared === undefined ? [...settings, z] : settings.with(inZ, z) };
}

/** Σ c·(−1)^(ones of the term's qubits). */
function parityReader(terms: readonly PauliTerm[], qubits: number): Reading['valueOf'] {
  const size = wordsFor(qubits);
  const masks = new Uint32Array(terms.length * size);
  terms.forEach(({ factors }, t) => {
    for (const { qubit } of factors) {
      const at = t * size + (qubit >>> 5);
      masks[at] = (masks[at] as number) | (1 << (qubit & 31));
    }
  });
  return ({ words }, k) => {
    let value = 0;
    for (let t = 0; t < terms.length; t++) {
      let parity = 0;
      for (let w = 0; w < size; w++) {
        parity ^= (words[k * size + w] as number) & (masks[t * size + w] as number);
      }
      const { coefficient } = terms[t] as PauliTerm;
      value += oddOnes(parity) ? -coefficient : coefficient;
    }
    return value;
  };
}

function oddOnes(word: number): boolean {
  let folded = word ^ (word >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  return ((0x6996 >>> (folded & 15)) & 1) === 1;
}

/** Values and standard errors of one row from the outcomes of each setting, in the order of the plan. */
export function readSettings(
  { constants, settings }: MeasurementPlan,
  outcomes: readonly Counts[],
): Estimates {
  const values = constants.slice();
  const variances = new Float64Array(values.length);
  settings.forEach(({ readings }, s) => {
    for (const { observable, valueOf } of readings) {
      const { mean, variance } = meanOver(outcomes[s] as Counts, valueOf);
      values[observable] = (values[observable] as number) + mean;
      variances[observable] = (variances[observable] as number) + variance;
    }
  });
  return { values, stderrs: variances.map(Math.sqrt) };
}

/** Mean of a function of outcomes, and the variance of that mean. */
export function meanOver(
  { outcomes, counts }: Counts,
  valueOf: Reading['valueOf'],
): { readonly mean: number; readonly variance: number } {
  let [total, sum, squares] = [0, 0, 0];
  counts.forEach((n, k) => {
    const value = valueOf(outcomes, k);
    total += n;
    sum += n * value;
    squares += n * value * value;
  });
  const mean = sum / total;
  return { mean, variance: Math.max(0, squares / total - mean * mean) / Math.max(1, total - 1) };
}

/** 1 for the outcome without a one. */
export function isAllZeros(outcomes: PackedBits, k: number): number {
  return onesAt(outcomes, k) === 0 ? 1 : 0;
}
