import { gate } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';

/**
 * RY(angles[x]) on `target` where the controls read x (control i is bit i): 2^n rotations and as many CX in
 * the order of a Gray code (Möttönen et al., arXiv:quant-ph/0404089).
 */
export function uniformRotation(
  angles: Float64Array,
  controls: readonly number[],
  target: number,
): GateOperation[] {
  if (angles.every((angle) => angle === 0)) return [];
  const size = 2 ** controls.length;
  const turns = walshTransform(angles);
  return Array.from({ length: size }, (_, k) => k).flatMap((k) => {
    const turn = gate('ry', [target], [(turns[gray(k)] as number) / size]);
    if (size === 1) return [turn];
    // The bit in which the next word of the code differs; the last word leads back to the first.
    const bit = k === size - 1 ? controls.length - 1 : Math.log2(gray(k) ^ gray(k + 1));
    return [turn, gate('cx', [controls[bit] as number, target])];
  });
}

function gray(k: number): number {
  return k ^ (k >>> 1);
}

/** Σ_x (−1)^{parity(x & k)} values[x] for every k. */
function walshTransform(values: Float64Array): Float64Array {
  const sums = values.slice();
  for (let half = 1; half < sums.length; half *= 2) {
    for (let k = 0; k < sums.length; k++) {
      if ((k & half) !== 0) continue;
      const [a, b] = [sums[k] as number, sums[k | half] as number];
      sums[k] = a + b;
      sums[k | half] = a - b;
    }
  }
  return sums;
}
