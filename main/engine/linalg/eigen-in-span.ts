import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';

/** Values of H·c = E·S·c, ascending, and their vectors, of length 1 under S. */
export interface SpanEigen {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
}

/**
 * Symmetric H and S (row-major, `size` rows) over the directions of S that are longer than `least`: what is shorter is
 * noise, or says twice what another direction says (Löwdin's canonical orthogonalisation).
 */
export function eigenInSpan(
  h: Float64Array,
  s: Float64Array,
  size: number,
  least: number,
): SpanEigen {
  const directions = symmetricEigen(s, size);
  const kept = directions.vectors.flatMap((vector, k) => {
    const length = directions.values[k] as number;
    return length > least ? [vector.map((x) => x / Math.sqrt(length))] : [];
  });
  const m = kept.length;
  const images = kept.map((b) => times(h, b));
  const inside = new Float64Array(m * m);
  kept.forEach((a, i) => {
    images.forEach((image, j) => {
      inside[i * m + j] = a.reduce((sum, x, k) => sum + x * (image[k] as number), 0);
    });
  });
  const solved = symmetricEigen(inside, m);
  const vectors = solved.vectors.toReversed().map((weights) => {
    const c = new Float64Array(size);
    kept.forEach((vector, i) => {
      vector.forEach((x, k) => {
        c[k] = (c[k] as number) + (weights[i] as number) * x;
      });
    });
    return c;
  });
  return { values: Array.from(solved.values).toReversed(), vectors };
}

function times(matrix: Float64Array, v: Float64Array): Float64Array {
  const size = v.length;
  return v.map((_, row) =>
    v.reduce((sum, x, k) => sum + (matrix[row * size + k] as number) * x, 0),
  );
}
