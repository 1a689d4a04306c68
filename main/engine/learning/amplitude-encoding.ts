import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import type { Expression } from '#shared/circuit/expression.ts';

/**
 * Angles of turns about Y that make real amplitudes (length 2^n, not all zero) out of |0…0⟩, in the order in which
 * `amplitudeGates` takes them: 2^n − 1 (Möttönen et al. 2005, arXiv:quant-ph/0407010). The norm is left out.
 */
export function amplitudeAngles(amplitudes: Float64Array): Float64Array {
  const angles: number[] = [];
  for (let parts = 1; parts < amplitudes.length; parts *= 2) {
    const size = amplitudes.length / parts;
    const tree = Array.from({ length: parts }, (_, k) => {
      const part = amplitudes.subarray(k * size, (k + 1) * size);
      // Signs stand in the last level; above it are norms.
      if (size === 2) return 2 * Math.atan2(part[1] as number, part[0] as number);
      return 2 * Math.atan2(normOf(part.subarray(size / 2)), normOf(part.subarray(0, size / 2)));
    });
    for (let j = 0; j < parts; j++) {
      const code = j ^ (j >> 1);
      const sum = tree.reduce((total, angle, k) => total + (isOdd(k & code) ? -angle : angle), 0);
      angles.push(sum / parts);
    }
  }
  return Float64Array.from(angles);
}

/** Qubits with an amplitude for each feature, at least one. */
export function qubitsOfAmplitudes(features: number): number {
  return Math.max(1, Math.ceil(Math.log2(features)));
}

/** The angles of a row of features, with a constant in what is left over, so that no row is a vector of zeros. */
export function paddedAngles(row: Float64Array, qubits: number): Float64Array {
  const size = 2 ** qubits;
  const padded = new Float64Array(size).fill(1 / size);
  padded.set(row);
  return amplitudeAngles(padded);
}

function normOf(part: Float64Array): number {
  return Math.hypot(...part);
}

function isOdd(bits: number): boolean {
  let parity = 0;
  for (let rest = bits; rest > 0; rest >>= 1) parity ^= rest & 1;
  return parity === 1;
}

/** The gates on qubits `first` to `first + qubits − 1`, the first the least significant; each angle is used once. */
export function amplitudeGates(
  qubits: number,
  first: number,
  angles: readonly Expression[],
): Operation[] {
  const operations: Operation[] = [];
  let used = 0;
  for (let level = 0; level < qubits; level++) {
    const target = first + qubits - 1 - level;
    const parts = 2 ** level;
    for (let j = 0; j < parts; j++) {
      operations.push(gate('ry', [target], [angles[used++] as Expression]));
      if (level === 0) continue;
      // Bit b of a part's number is qubit target + 1 + b; the Gray code turns over one bit a step.
      const turned = j === parts - 1 ? level - 1 : 31 - Math.clz32((j + 1) & -(j + 1));
      operations.push(gate('cx', [target + 1 + turned, target]));
    }
  }
  return operations;
}
