import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { NoiseStep } from '../../noise/model.ts';
import { transferMatrixOf } from '../pauli-transfer.ts';

/** A channel that applies a random Pauli string: errors[i] (indexed as in pauli-transfer.ts) with rates[i]. */
export interface PauliChannel {
  readonly qubits: readonly number[];
  /** Probability that any of the errors happens. */
  readonly total: number;
  readonly errors: Uint8Array;
  readonly rates: Float64Array;
}

const tolerance = 1e-12;

/** The channel of a noise step; `bad-input` where it is not a random Pauli string. */
export function pauliChannelOf({ qubits, superoperator }: NoiseStep): PauliChannel {
  const { entries } = transferMatrixOf(superoperator);
  const strings = superoperator.size;
  for (let p = 0; p < strings; p++) {
    for (let q = 0; q < strings; q++) {
      if (p !== q && Math.abs(entries[p * strings + q] as number) > tolerance) refuse(qubits);
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

function refuse(qubits: readonly number[]): never {
  throw new AppError(
    'bad-input',
    `Method “stabilizer” takes Pauli noise only (depolarizing, flips, Pauli channels); the channel on qubit ${qubits.join(', ')} is another, such as damping. Use “trajectories” or “density”.`,
    { qubits },
  );
}

/** Whether two strings of a few qubits anticommute. */
function anticommute(a: number, b: number): boolean {
  let parity = 0;
  for (let x = a, y = b; x > 0 && y > 0; x >>= 2, y >>= 2) {
    parity ^= (x & 1 & (y >> 1)) ^ ((x >> 1) & (y & 1));
  }
  return (parity & 1) === 1;
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
