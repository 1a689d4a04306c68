import type { Rng } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import { estimateExpectation } from '../simulators/measure-pauli.ts';
import { outcomesOf } from '../simulators/outcomes.ts';
import type { DenseRegister } from '../simulators/register.ts';
import { type SampledValue, sampleMean } from '../simulators/sample-mean.ts';
import { Statevector } from '../simulators/statevector.ts';
import type { Observable } from '#shared/observables/observable.ts';

type Readout = ReadonlyMap<number, ReadoutError>;

/** An observable, and how it is read. */
export interface Reading {
  readonly observable: Observable;
  /** Its diagonal, where it has one. */
  readonly diagonal: Float64Array | null;
  readonly readout: Readout;
  /** Without shots exactly; with a target error stopping where the standard error is this small. */
  readonly sampling: { readonly shots: number | null; readonly targetError?: number | undefined };
  readonly rng: Rng;
}

/** The value of an observable in a state, its standard error, and the shots that it took. */
export function readValue(
  register: DenseRegister,
  { observable, diagonal, readout, sampling, rng }: Reading,
): { value: number; stderr: number; shots: number } {
  const { shots, targetError } = sampling;
  if (shots !== null && observable.kind === 'pauli') {
    return estimateExpectation(register, observable.sum, { shots, targetError }, readout, rng);
  }
  if (observable.kind === 'pauli' && (diagonal === null || readout.size > 0)) {
    return exactly(register.expectation(observable.sum, readout));
  }
  if (shots === null && readout.size === 0 && register instanceof Statevector) {
    return exactly(register.store.diagonal(diagonal as Float64Array));
  }
  const probabilities = seenProbabilities(register, readout);
  const values = diagonal as Float64Array;
  if (shots === null) return exactly(dot(probabilities, values));
  return sampleMean(readingOf(probabilities, values), { shots, targetError }, rng);
}

/** What a reader sees of all qubits, readout error included. */
export function seenProbabilities(register: DenseRegister, readout: Readout): Float64Array {
  if (readout.size === 0) return register.probabilities();
  const { qubits } = register;
  const terminal = Array.from({ length: qubits }, (_, q) => ({ qubit: q, bit: q }));
  return outcomesOf({ register, bits: new Uint8Array(qubits) }, terminal, readout).probabilities;
}

function exactly(value: number): { value: number; stderr: number; shots: number } {
  return { value, stderr: 0, shots: 0 };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** A cost over basis states, read shot by shot. */
function readingOf(probabilities: Float64Array, diagonal: Float64Array): SampledValue {
  let [least, most] = [Infinity, -Infinity];
  for (const value of diagonal) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { probabilities, valueOf: (index) => diagonal[index] as number, range: most - least };
}
