/**
 * Places in the plane whose distances come near the given ones: the two largest components of classical
 * scaling (Torgerson 1952), found by repeated multiplication.
 */
export function placesOf(distances: readonly (readonly number[])[]): [number, number][] {
  const n = distances.length;
  const square = (i: number, j: number): number =>
    (((distances[i]?.[j] ?? 0) + (distances[j]?.[i] ?? 0)) / 2) ** 2;
  const all = Array.from({ length: n }, (_, i) => i);
  const rows = all.map((i) => all.reduce((sum, j) => sum + square(i, j), 0) / n);
  const mean = rows.reduce((sum, one) => sum + one, 0) / n;
  const gram = all.map((i) =>
    Float64Array.from(all, (j) => -(square(i, j) - (rows[i] ?? 0) - (rows[j] ?? 0) + mean) / 2),
  );
  const first = component(gram, null);
  const second = component(gram, first);
  return all.map((i) => [first[i] ?? 0, second[i] ?? 0]);
}

const rounds = 200;

/** The component of the largest eigenvalue, times the root of that, orthogonal to another one. */
function component(gram: readonly Float64Array[], other: Float64Array | null): Float64Array {
  const n = gram.length;
  // Any start that no symmetry of the cities makes orthogonal to the component.
  let v: Float64Array = Float64Array.from({ length: n }, (_, i) => Math.cos(1 + 2.3 * i));
  let length = 0;
  for (let round = 0; round < rounds; round++) {
    const next = Float64Array.from(gram, (row) =>
      row.reduce((sum, g, j) => sum + g * (v[j] ?? 0), 0),
    );
    if (other !== null) {
      const norm = dot(other, other) || 1;
      const share = dot(next, other) / norm;
      other.forEach((one, i) => {
        next[i] = (next[i] ?? 0) - share * one;
      });
    }
    length = Math.sqrt(dot(next, next));
    if (length < 1e-12) return new Float64Array(n);
    v = next.map((one) => one / length);
  }
  return v.map((one) => one * Math.sqrt(length));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, one, i) => sum + one * (b[i] ?? 0), 0);
}
