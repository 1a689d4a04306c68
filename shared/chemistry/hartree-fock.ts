import { AppError } from '../base/errors.ts';
import { rngOf } from '../base/rng.ts';
import { symmetricEigen } from '../math/symmetric-eigen.ts';
import { extrapolated, type Iterate } from './diis.ts';
import type { OneElectron } from './one-electron.ts';
import type { Atom } from './sto3g.ts';

/** Molecular orbitals by energy. */
export interface Orbitals {
  /** Electronic energy of the lowest determinant, in Hartree; without the nuclei. */
  readonly electronic: number;
  readonly energies: Float64Array;
  /** Column j holds the coefficients of orbital j: basis function m at m·n + j. */
  readonly coefficients: Float64Array;
}

const mostIterations = 300;
/** Largest entry of FDS − SDF, in the orthonormal basis. */
const converged = 1e-10;

/** How much lower than the usual guesses a search from elsewhere must end to be more than rounding. */
const lower = 1e-8;
/** Raises empty orbitals where they change places with filled ones from one iteration to the next, in Hartree. */
const levelShift = 0.5;
/** Deviations by which the mean guess is disturbed, in Hartree, one search each. */
const disturbances = [0.3, 1, 3, 10] as const;
/** Searches from disturbed guesses, and iterations after which one of them is given up. */
const disturbedCount = 24;
const disturbedIterations = 100;

/**
 * Restricted Hartree-Fock (Roothaan 1951, Rev. Mod. Phys. 23, 69) with `pairs` doubly filled orbitals. The lowest end is
 * kept of searches from the core's own orbitals, Wolfsberg and Helmholz' mean, the atoms' density, and from disturbed guesses: where bonds
 * are stretched, the usual ones end in higher determinants. What does not converge is tried again with a level shift
 * (Saunders and Hillier 1973, Int. J. Quantum Chem. 7, 699).
 */
export function hartreeFock(
  atoms: readonly Atom[],
  integrals: OneElectron,
  two: Float64Array,
  pairs: number,
): Orbitals {
  const { core, overlap } = integrals;
  const n = Math.sqrt(core.length);
  const frame = { n, pairs, toOrthonormal: inverseRoot(overlap, n) };
  const mean = meanGuess(integrals, n);
  const usual = [core, mean, fockOf(core, two, atomicDensity(atoms, n), n)];
  const search = (guess: Float64Array, most: number, shift = 0) =>
    iterate(guess, integrals, two, { ...frame, most, shift });
  const near = lowestOf(
    usual.flatMap(
      (guess) => search(guess, mostIterations) ?? search(guess, mostIterations, levelShift) ?? [],
    ),
  );
  const far = lowestOf(
    disturbed(mean, n, pairs).flatMap((guess) => search(guess, disturbedIterations) ?? []),
  );
  const lowest =
    near !== undefined && (far === undefined || far.electronic > near.electronic - lower)
      ? near
      : far;
  if (lowest !== undefined) return lowest;
  throw new AppError(
    'bad-input',
    `Hartree-Fock does not converge on this geometry within ${mostIterations} iterations. Look at the distances (they are in Ångström) and the charge, or give integrals as an FCIDUMP file.`,
    { path: 'problem.geometry' },
  );
}

function lowestOf(found: readonly Orbitals[]): Orbitals | undefined {
  return found.toSorted((a, b) => a.electronic - b.electronic)[0];
}

/** Guesses away from the usual one, always the same ones; fewer for large molecules, none where nothing can change places. */
function disturbed(guess: Float64Array, n: number, pairs: number): Float64Array[] {
  if (pairs === n) return [];
  const count = Math.min(disturbedCount, Math.floor(240_000 / n ** 4));
  const rng = rngOf(0, 137);
  return Array.from({ length: count }, (_, k) => {
    const noise = Float64Array.from(
      guess,
      () => (disturbances[k % disturbances.length] as number) * rng.normal(),
    );
    return guess.map((h, at) => h + (noise[at] as number) + (noise[turned(at, n)] as number));
  });
}

/** The place of an entry in the transposed matrix. */
function turned(at: number, n: number): number {
  return (at % n) * n + Math.floor(at / n);
}

/** Electrons of the neutral atoms, each shell filled evenly. */
function atomicDensity(atoms: readonly Atom[], n: number): Float64Array {
  const density = new Float64Array(n * n);
  const filling = atoms.flatMap(({ charge }) => {
    if (charge <= 2) return [charge];
    const outer = Math.max(0, charge - 4) / 3;
    return [2, Math.min(2, charge - 2), outer, outer, outer];
  });
  for (const [k, electrons] of filling.entries()) density[k * n + k] = electrons;
  return density;
}

interface Frame {
  readonly n: number;
  readonly pairs: number;
  /** S^(−1/2). */
  readonly toOrthonormal: Float64Array;
  /** By how much empty orbitals are raised. */
  readonly shift: number;
  /** Iterations after which it is given up. */
  readonly most: number;
}

function iterate(
  guess: Float64Array,
  { core, overlap }: OneElectron,
  two: Float64Array,
  { n, pairs, toOrthonormal: x, shift, most }: Frame,
): Orbitals | null {
  let orbitals = orbitalsOf(guess, x, n);
  const history: Iterate[] = [];
  for (let iteration = 0; iteration < most; iteration++) {
    const density = densityOf(orbitals.coefficients, pairs, n);
    const fock = fockOf(core, two, density, n);
    const right = product(product(overlap, density, n), fock, n);
    const error = product(
      product(
        x,
        right.map((value, k) => (right[turned(k, n)] as number) - value),
        n,
      ),
      x,
      n,
    );
    if (Math.max(...error.map(Math.abs)) < converged) {
      const electronic = density.reduce(
        (sum, d, k) => sum + 0.5 * d * ((core[k] as number) + (fock[k] as number)),
        0,
      );
      const last = orbitalsOf(fock, x, n);
      // Raised orbitals may have hidden that others are lower than the filled ones.
      const isLowest = densityOf(last.coefficients, pairs, n).every(
        (d, k) => Math.abs(d - (density[k] as number)) < 1e-6,
      );
      return isLowest ? { electronic, ...last } : null;
    }
    const next = extrapolated(history, { fock, error });
    orbitals = orbitalsOf(shift === 0 ? next : raised(next, density, overlap, { n, shift }), x, n);
  }
  return null;
}

/** F + shift·(S − SDS/2): what is empty lies higher, what is filled stays. */
function raised(
  fock: Float64Array,
  density: Float64Array,
  overlap: Float64Array,
  { n, shift }: { readonly n: number; readonly shift: number },
): Float64Array {
  const filled = product(product(overlap, density, n), overlap, n);
  return fock.map((f, k) => f + shift * ((overlap[k] as number) - (filled[k] as number) / 2));
}

/** Orbitals of a Fock matrix, by energy; the largest coefficient of each is positive. */
function orbitalsOf(fock: Float64Array, x: Float64Array, n: number) {
  const { values, vectors } = symmetricEigen(product(product(x, fock, n), x, n), n);
  const coefficients = new Float64Array(n * n);
  const ascending = vectors.toReversed();
  for (const [j, vector] of ascending.entries()) {
    const column = Array.from({ length: n }, (_, m) =>
      vector.reduce((sum, v, k) => sum + (x[m * n + k] as number) * v, 0),
    );
    const largest = column.reduce((most, c) => (Math.abs(c) > Math.abs(most) + 1e-9 ? c : most), 0);
    for (const [m, c] of column.entries()) coefficients[m * n + j] = largest < 0 ? -c : c;
  }
  return { energies: values.toReversed(), coefficients };
}

/** 2·Σ over filled orbitals. */
function densityOf(coefficients: Float64Array, pairs: number, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [p, q] = [Math.floor(k / n), k % n];
    let sum = 0;
    for (let j = 0; j < pairs; j++) {
      sum += 2 * (coefficients[p * n + j] as number) * (coefficients[q * n + j] as number);
    }
    return sum;
  });
}

/** The core, what the density repels, and half of what exchange gives back. */
function fockOf(core: Float64Array, two: Float64Array, density: Float64Array, n: number) {
  const fock = core.slice();
  for (let p = 0; p < n; p++) {
    for (let q = 0; q < n; q++) {
      let sum = 0;
      for (let r = 0; r < n; r++) {
        for (let s = 0; s < n; s++) {
          const direct = two[((p * n + q) * n + r) * n + s] as number;
          const exchange = two[((p * n + r) * n + q) * n + s] as number;
          sum += (density[r * n + s] as number) * (direct - exchange / 2);
        }
      }
      fock[p * n + q] = (fock[p * n + q] as number) + sum;
    }
  }
  return fock;
}

/** H_pq = 1.75·S_pq·(h_pp + h_qq)/2 (Wolfsberg and Helmholz 1952), the diagonal as it is. */
function meanGuess({ core, overlap }: OneElectron, n: number): Float64Array {
  return core.map((h, k) => {
    const [p, q] = [Math.floor(k / n), k % n];
    if (p === q) return h;
    const mean = ((core[p * n + p] as number) + (core[q * n + q] as number)) / 2;
    return 1.75 * (overlap[k] as number) * mean;
  });
}

/** S^(−1/2); functions that the others already span are refused. */
function inverseRoot(overlap: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(overlap, n);
  if ((values.at(-1) as number) < 1e-8) {
    throw new AppError(
      'bad-input',
      'Two atoms are so close that their orbitals cannot be told apart; distances are in Ångström.',
      { path: 'problem.geometry' },
    );
  }
  return Float64Array.from({ length: n * n }, (_, k) =>
    vectors.reduce(
      (sum, vector, j) =>
        sum +
        ((vector[Math.floor(k / n)] as number) * (vector[k % n] as number)) /
          Math.sqrt(values[j] as number),
      0,
    ),
  );
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const left = a[i * n + k] as number;
      for (let j = 0; j < n; j++) {
        result[i * n + j] = (result[i * n + j] as number) + left * (b[k * n + j] as number);
      }
    }
  }
  return result;
}
