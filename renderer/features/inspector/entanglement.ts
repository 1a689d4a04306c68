type Amplitude = readonly [re: number, im: number];

/** Mutual information of each pair of qubits in bits, symmetric, 0 on the diagonal; 2 for a Bell pair. */
export function mutualInformation(
  state: readonly Amplitude[],
  qubitCount: number,
): readonly (readonly number[])[] {
  const qubits = Array.from({ length: qubitCount }, (_, qubit) => qubit);
  const single = qubits.map((qubit) => entropyOf(state, [qubit]));
  return qubits.map((a) =>
    qubits.map((b) => {
      if (a === b) return 0;
      const joint = entropyOf(state, a < b ? [a, b] : [b, a]);
      return Math.max(0, (single[a] as number) + (single[b] as number) - joint);
    }),
  );
}

/** Von Neumann entropy, in bits, of the qubits alone. O(4^qubits.length · states). */
export function entropyOf(state: readonly Amplitude[], qubits: readonly number[]): number {
  return eigenvaluesOf(reducedDensity(state, qubits)).reduce(
    (sum, value) => (value < 1e-12 ? sum : sum - value * Math.log2(value)),
    0,
  );
}

interface Density {
  readonly size: number;
  /** Row by row. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function reducedDensity(state: readonly Amplitude[], qubits: readonly number[]): Density {
  const size = 2 ** qubits.length;
  const re = new Float64Array(size * size);
  const im = new Float64Array(size * size);
  const mask = qubits.reduce((bits, qubit) => bits | (1 << qubit), 0);
  const offsets = Array.from({ length: size }, (_, value) =>
    qubits.reduce((bits, qubit, i) => bits | (((value >> i) & 1) << qubit), 0),
  );
  for (let rest = 0; rest < state.length; rest++) {
    if ((rest & mask) !== 0) continue;
    for (let row = 0; row < size; row++) {
      const [a, b] = state[rest | (offsets[row] as number)] as Amplitude;
      for (let column = 0; column < size; column++) {
        const [c, d] = state[rest | (offsets[column] as number)] as Amplitude;
        const at = row * size + column;
        re[at] = (re[at] as number) + a * c + b * d;
        im[at] = (im[at] as number) + b * c - a * d;
      }
    }
  }
  return { size, re, im };
}

/**
 * Eigenvalues of a Hermitian matrix A + iB: those of the real symmetric [[A, −B], [B, A]], each of
 * which comes twice, by Jacobi's rotations.
 */
function eigenvaluesOf({ size, re, im }: Density): readonly number[] {
  const double = 2 * size;
  const matrix = Array.from({ length: double }, (_, row) =>
    Float64Array.from({ length: double }, (_unused, column) => {
      const at = (row % size) * size + (column % size);
      if (row < size === column < size) return re[at] as number;
      return row < size ? -(im[at] as number) : (im[at] as number);
    }),
  );
  const sweeps = 12;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let p = 0; p < double; p++) for (let q = p + 1; q < double; q++) rotate(matrix, p, q);
  }
  return matrix
    .map((row, i) => row[i] as number)
    .toSorted((a, b) => a - b)
    .filter((_, i) => i % 2 === 0);
}

/** Turns rows and columns p and q so that their common entry becomes 0. */
function rotate(matrix: readonly Float64Array[], p: number, q: number): void {
  const [rowP, rowQ] = [matrix[p] as Float64Array, matrix[q] as Float64Array];
  const off = rowP[q] as number;
  if (Math.abs(off) < 1e-15) return;
  const theta = ((rowQ[q] as number) - (rowP[p] as number)) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of matrix) {
    const [x, y] = [row[p] as number, row[q] as number];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  for (let i = 0; i < rowP.length; i++) {
    const [x, y] = [rowP[i] as number, rowQ[i] as number];
    rowP[i] = c * x - s * y;
    rowQ[i] = s * x + c * y;
  }
}
