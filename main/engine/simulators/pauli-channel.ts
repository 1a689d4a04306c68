import type { Rng } from '#shared/base/rng.ts';
import { pauliX, pauliZ } from '#shared/gates/define.ts';
import type { NoiseStep } from '../noise/model.ts';
import { transferMatrixOf } from './pauli-transfer.ts';
import type { UnitaryStep } from './register.ts';

/** A channel that applies a random Pauli string: errors[i] (indexed as in pauli-transfer.ts) with rates[i]. */
export interface PauliChannel {
  readonly qubits: readonly number[];
  /** Probability that any of the errors happens. */
  readonly total: number;
  readonly errors: Uint8Array;
  readonly rates: Float64Array;
}

const tolerance = 1e-12;

/** The channel of a noise step; null where it is not a random Pauli string. O(16^k) strings. */
export function pauliChannelOf({ qubits, superoperator }: NoiseStep): PauliChannel | null {
  const { entries } = transferMatrixOf(superoperator);
  const strings = superoperator.size;
  for (let p = 0; p < strings; p++) {
    for (let q = 0; q < strings; q++) {
      if (p !== q && Math.abs(entries[p * strings + q] as number) > tolerance) return null;
    }
  }
  const errors: number[] = [];
  const rates: number[] = [];
  for (let error = 1; error < strings; error++) {
    let rate = 0;
    for (let q = 0; q < strings; q++) {
      rate += (entries[q * strings + q] as number) * (anticommute(error, q) ? -1 : 1);
    }
    if (rate / strings <= tolerance) continue;
    errors.push(error);
    rates.push(rate / strings);
  }
  return {
    qubits,
    total: rates.reduce((sum, rate) => sum + rate, 0),
    errors: Uint8Array.from(errors),
    rates: Float64Array.from(rates),
  };
}

/** Whether two strings of a few qubits anticommute. */
export function anticommute(a: number, b: number): boolean {
  let parity = 0;
  for (let x = a, y = b; x > 0 && y > 0; x >>= 2, y >>= 2) {
    parity ^= (x & 1 & (y >> 1)) ^ ((x >> 1) & (y & 1));
  }
  return (parity & 1) === 1;
}

/** The gates of one of the errors. */
export function stepsOfError({ qubits }: PauliChannel, error: number): UnitaryStep[] {
  return qubits.flatMap((qubit, j) => {
    const on = { targets: [qubit], controls: [] };
    const letter = (error >> (2 * j)) & 3;
    return [
      ...((letter & 1) === 1 ? [{ ...on, matrix: pauliX, isDiagonal: false }] : []),
      ...((letter & 2) === 2 ? [{ ...on, matrix: pauliZ, isDiagonal: true }] : []),
    ];
  });
}

/** One of the errors, each in proportion to its rate. */
export function drawError({ errors, rates, total }: PauliChannel, rng: Rng): number {
  let rest = rng.uniform() * total;
  for (let i = 0; i < errors.length - 1; i++) {
    rest -= rates[i] as number;
    if (rest < 0) return errors[i] as number;
  }
  return errors.at(-1) as number;
}
