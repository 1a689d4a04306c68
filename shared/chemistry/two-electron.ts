import { coulomb, expansion, orderStride } from './hermite.ts';
import type { BasisFunction } from './sto3g.ts';

/** One Hermite Gaussian of a product of basis functions. */
interface HermiteTerm {
  readonly t: number;
  readonly u: number;
  readonly v: number;
  readonly weight: number;
}

/** The products of the Gaussians of two basis functions that share an exponent and a place. */
interface Charge {
  readonly p: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly terms: readonly HermiteTerm[];
  readonly order: number;
}

/** Products that weigh less are nothing beside rounding. */
const negligible = 1e-16;

/** (pq|rs) for all p, q, r, s at ((p·n + q)·n + r)·n + s: n⁴ numbers, each of an eighth computed once. */
export function twoElectronIntegrals(basis: readonly BasisFunction[]): Float64Array {
  const n = basis.length;
  const result = new Float64Array(n ** 4);
  const pairs = basis.flatMap((a, p) =>
    basis.slice(0, p + 1).map((b, q) => ({ p, q, charges: chargesOf(a, b) })),
  );
  const put = (a: number, b: number, c: number, d: number, value: number): void => {
    result[((a * n + b) * n + c) * n + d] = value;
  };
  pairs.forEach(({ p, q, charges: bra }, k) => {
    for (const { p: r, q: s, charges: ket } of pairs.slice(0, k + 1)) {
      const value = repulsion(bra, ket);
      for (const [a, b] of [
        [p, q],
        [q, p],
      ] as const) {
        for (const [c, d] of [
          [r, s],
          [s, r],
        ] as const) {
          put(a, b, c, d, value);
          put(c, d, a, b, value);
        }
      }
    }
  });
  return result;
}

/** The product of two basis functions as Hermite Gaussians. */
function chargesOf(a: BasisFunction, b: BasisFunction): Charge[] {
  return a.exponents.flatMap((alpha, i) =>
    b.exponents.flatMap((beta, j): Charge[] => {
      const p = alpha + beta;
      const [x, y, z] = ([0, 1, 2] as const).map((axis) =>
        expansion(a.powers[axis], b.powers[axis], a.centre[axis] - b.centre[axis], alpha, beta),
      ) as [number[], number[], number[]];
      const weight = (a.weights[i] as number) * (b.weights[j] as number);
      const terms = x.flatMap((ex, t) =>
        y.flatMap((ey, u) =>
          z.map((ez, v): HermiteTerm => ({ t, u, v, weight: weight * ex * ey * ez })),
        ),
      );
      const kept = terms.filter((term) => Math.abs(term.weight) > negligible);
      if (kept.length === 0) return [];
      const at = (axis: 0 | 1 | 2): number => (alpha * a.centre[axis] + beta * b.centre[axis]) / p;
      const order = Math.max(...kept.map(({ t, u, v }) => t + u + v));
      return [{ p, x: at(0), y: at(1), z: at(2), terms: kept, order }];
    }),
  );
}

/** Repulsion between two distributions of charge. */
function repulsion(bra: readonly Charge[], ket: readonly Charge[]): number {
  let total = 0;
  for (const a of bra) {
    for (const b of ket) {
      const sum = a.p + b.p;
      const factor = (2 * Math.PI ** 2.5) / (a.p * b.p * Math.sqrt(sum));
      const r = coulomb(a.order + b.order, (a.p * b.p) / sum, a.x - b.x, a.y - b.y, a.z - b.z);
      let part = 0;
      for (const one of a.terms) {
        for (const two of b.terms) {
          const sign = ((two.t + two.u + two.v) & 1) === 0 ? 1 : -1;
          const place =
            ((one.t + two.t) * orderStride + one.u + two.u) * orderStride + one.v + two.v;
          part += sign * one.weight * two.weight * (r[place] as number);
        }
      }
      total += factor * part;
    }
  }
  return total;
}
