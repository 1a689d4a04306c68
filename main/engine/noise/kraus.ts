import type { Matrix } from '#shared/math/matrix.ts';
import { singularValues } from '../linalg/svd.ts';
import type { Kraus } from './channels.ts';

/** Operators with less weight than this are rounding noise. */
const negligible = 1e-14;

/**
 * Kraus operators of a superoperator as in channels.ts: eigenvectors of its Choi matrix, which is
 * positive, so that its singular vectors are the same on both sides.
 */
export function krausOf(superoperator: Matrix): Kraus {
  const size = superoperator.size;
  const side = Math.sqrt(size);
  const re = new Float64Array(size * size);
  const im = new Float64Array(size * size);
  for (let out = 0; out < size; out++) {
    for (let into = 0; into < size; into++) {
      // S[r + c·side][a + b·side] = Σ K[r][a]·K*[c][b] stands at (r·side + a, c·side + b) of Choi's.
      const row = (out % side) * side + (into % side);
      const column = Math.floor(out / side) * side + Math.floor(into / side);
      re[row * size + column] = superoperator.re[out * size + into] as number;
      im[row * size + column] = superoperator.im[out * size + into] as number;
    }
  }
  const { uh, values } = singularValues({ rows: size, columns: size, re, im });
  const kept = [...values.keys()].filter((k) => (values[k] as number) > negligible);
  return kept.map((k) => {
    const factor = Math.sqrt(values[k] as number);
    const row = (part: Float64Array, by: number) =>
      part.slice(k * size, (k + 1) * size).map((x) => by * x);
    return { size: side, re: row(uh.re, factor), im: row(uh.im, -factor) };
  });
}
