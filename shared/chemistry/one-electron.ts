import { coulomb, expansion, orderStride } from './hermite.ts';
import type { Atom, BasisFunction } from './sto3g.ts';

/** Symmetric matrices between basis functions, row-major. */
export interface OneElectron {
  readonly overlap: Float64Array;
  /** Kinetic energy and attraction by all nuclei. */
  readonly core: Float64Array;
}

/** Overlap, kinetic energy and attraction between all basis functions. */
export function oneElectronIntegrals(
  basis: readonly BasisFunction[],
  atoms: readonly Atom[],
): OneElectron {
  const n = basis.length;
  const overlap = new Float64Array(n * n);
  const core = new Float64Array(n * n);
  basis.forEach((a, r) => {
    basis.slice(0, r + 1).forEach((b, c) => {
      let [s, h] = [0, 0];
      a.exponents.forEach((alpha, i) => {
        b.exponents.forEach((beta, j) => {
          const weight = (a.weights[i] as number) * (b.weights[j] as number);
          const pair = primitive(a, b, alpha, beta);
          s += weight * pair.overlap;
          h += weight * (pair.kinetic + attraction(a, b, alpha, beta, atoms));
        });
      });
      for (const k of [r * n + c, c * n + r]) {
        overlap[k] = s;
        core[k] = h;
      }
    });
  });
  return { overlap, core };
}

/** Overlap and kinetic energy of two Gaussians, from those along each axis. */
function primitive(a: BasisFunction, b: BasisFunction, alpha: number, beta: number) {
  const root = Math.sqrt(Math.PI / (alpha + beta));
  const axes = ([0, 1, 2] as const).map((axis) => {
    const [i, j] = [a.powers[axis], b.powers[axis]];
    const distance = a.centre[axis] - b.centre[axis];
    const s = (power: number): number =>
      power < 0 ? 0 : root * (expansion(i, power, distance, alpha, beta)[0] as number);
    const kinetic =
      -2 * beta * beta * s(j + 2) + beta * (2 * j + 1) * s(j) - 0.5 * j * (j - 1) * s(j - 2);
    return { s: s(j), kinetic };
  });
  const [x, y, z] = axes as [Axis, Axis, Axis];
  return {
    overlap: x.s * y.s * z.s,
    kinetic: x.kinetic * y.s * z.s + x.s * y.kinetic * z.s + x.s * y.s * z.kinetic,
  };
}

interface Axis {
  readonly s: number;
  readonly kinetic: number;
}

function attraction(
  a: BasisFunction,
  b: BasisFunction,
  alpha: number,
  beta: number,
  atoms: readonly Atom[],
): number {
  const p = alpha + beta;
  const along = ([0, 1, 2] as const).map((axis) =>
    expansion(a.powers[axis], b.powers[axis], a.centre[axis] - b.centre[axis], alpha, beta),
  ) as [number[], number[], number[]];
  const middle = ([0, 1, 2] as const).map(
    (axis) => (alpha * a.centre[axis] + beta * b.centre[axis]) / p,
  ) as [number, number, number];
  const order = along.reduce((sum, { length }) => sum + length - 1, 0);
  let total = 0;
  for (const { charge, at } of atoms) {
    const r = coulomb(order, p, middle[0] - at[0], middle[1] - at[1], middle[2] - at[2]);
    along[0].forEach((x, t) => {
      along[1].forEach((y, u) => {
        along[2].forEach((z, v) => {
          total -= charge * x * y * z * (r[(t * orderStride + u) * orderStride + v] as number);
        });
      });
    });
  }
  return ((2 * Math.PI) / p) * total;
}

/** Repulsion of the nuclei, in Hartree. */
export function nuclearRepulsion(atoms: readonly Atom[]): number {
  let sum = 0;
  atoms.forEach((a, i) => {
    for (const b of atoms.slice(0, i)) {
      sum += (a.charge * b.charge) / Math.hypot(...a.at.map((x, k) => x - (b.at[k] as number)));
    }
  });
  return sum;
}
