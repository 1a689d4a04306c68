import {
  BYTES,
  BYTE_BITS,
  LANE_BITS,
  madd,
  mul,
  nmadd,
  numberAt,
  putNumber,
  splat,
  widen,
} from './vectors';
import { total, widened } from './sums';

/*
 * What a few qubits of a state are, and a matrix on them. `place` names the qubits:
 *   0 how many (1 to 3), 4 number of values (2, 4, 8), 8 12 16 masks of the bits below each, ascending,
 *   20 number of lanes' qubits among them, 24 … index of each value of the qubits (u32).
 * Matrices are by rows, all real parts (f64), then all imaginary parts.
 */

/** ρ of the qubits, Σ ψ[r]·conj(ψ[c]) over the values of the others. `work` is room for 8 vectors a value. */
export function reduce(place: usize, re: usize, im: usize, bits: i32, rho: usize, work: usize): void {
  const side = load<u32>(place, 4);
  memory.fill(rho, 0, 16 * side * side);
  if (load<u32>(place, 20) != 0) reduceNumbers(place, re, im, bits, rho);
  else if (side == 2) reduceOne(place, re, im, bits, rho);
  else reduceVectors(place, re, im, bits, rho, work);
  // The lower triangle from the upper one.
  const parts = 8 * side * side;
  for (let r: u32 = 0; r < side; r++) {
    for (let c: u32 = r + 1; c < side; c++) {
      const upper = rho + 8 * (r * side + c);
      const lower = rho + 8 * (c * side + r);
      store<f64>(lower, load<f64>(upper));
      store<f64>(lower + parts, -load<f64>(upper + parts));
    }
  }
}

/** Number k of those whose bits at the qubits are all 0. */
@inline
function spread(place: usize, k: u32, lanes: i32): u32 {
  let index = widen(k, load<u32>(place, 8) >> lanes);
  const count = load<u32>(place);
  if (count > 1) index = widen(index, load<u32>(place, 12) >> lanes);
  if (count > 2) index = widen(index, load<u32>(place, 16) >> lanes);
  return index;
}

function reduceOne(place: usize, re: usize, im: usize, bits: i32, rho: usize): void {
  const below = load<u32>(place, 8) >> LANE_BITS;
  const distance = (<usize>load<u32>(place, 28)) * BYTES;
  let zero = f64x2.splat(0);
  let one = zero;
  let crossRe = zero;
  let crossIm = zero;
  const count: u32 = 1 << (bits - LANE_BITS - 1);
  for (let k: u32 = 0; k < count; k++) {
    const a = (<usize>widen(k, below)) << 4;
    const ar = v128.load(re + a);
    const ai = v128.load(im + a);
    const br = v128.load(re + a + distance);
    const bi = v128.load(im + a + distance);
    zero = widened(madd(ai, ai, mul(ar, ar)), zero);
    one = widened(madd(bi, bi, mul(br, br)), one);
    crossRe = widened(madd(ai, bi, mul(ar, br)), crossRe);
    crossIm = widened(nmadd(ar, bi, mul(ai, br)), crossIm);
  }
  store<f64>(rho, total(zero));
  store<f64>(rho, total(crossRe), 8);
  store<f64>(rho, total(one), 24);
  store<f64>(rho, total(crossIm), 40);
}

function reduceVectors(
  place: usize,
  re: usize,
  im: usize,
  bits: i32,
  rho: usize,
  work: usize,
): void {
  const side = load<u32>(place, 4);
  const entries = side * side;
  memory.fill(work, 0, 32 * entries);
  const count: u32 = 1 << (bits - LANE_BITS - load<u32>(place));
  for (let k: u32 = 0; k < count; k++) {
    const base = (<usize>spread(place, k, LANE_BITS)) << 4;
    let sums = work;
    for (let r: u32 = 0; r < side; r++) {
      const a = base + (<usize>load<u32>(place + 24 + 4 * r)) * BYTES;
      const ar = v128.load(re + a);
      const ai = v128.load(im + a);
      for (let c = r; c < side; c++) {
        const b = base + (<usize>load<u32>(place + 24 + 4 * c)) * BYTES;
        const br = v128.load(re + b);
        const bi = v128.load(im + b);
        v128.store(sums, widened(madd(ai, bi, mul(ar, br)), v128.load(sums)));
        v128.store(sums, widened(nmadd(ar, bi, mul(ai, br)), v128.load(sums, 16)), 16);
        sums += 32;
      }
    }
  }
  let sums = work;
  for (let r: u32 = 0; r < side; r++) {
    for (let c = r; c < side; c++) {
      const at = rho + 8 * (r * side + c);
      store<f64>(at, total(v128.load(sums)));
      store<f64>(at + 8 * entries, total(v128.load(sums, 16)));
      sums += 32;
    }
  }
}

function reduceNumbers(place: usize, re: usize, im: usize, bits: i32, rho: usize): void {
  const side = load<u32>(place, 4);
  const parts = 8 * side * side;
  const count: u32 = 1 << (bits - load<u32>(place));
  for (let k: u32 = 0; k < count; k++) {
    const base = spread(place, k, 0);
    for (let r: u32 = 0; r < side; r++) {
      const a = (<usize>(base + load<u32>(place + 24 + 4 * r))) << BYTE_BITS;
      const ar = numberAt(re + a);
      const ai = numberAt(im + a);
      for (let c = r; c < side; c++) {
        const b = (<usize>(base + load<u32>(place + 24 + 4 * c))) << BYTE_BITS;
        const br = numberAt(re + b);
        const bi = numberAt(im + b);
        const at = rho + 8 * (r * side + c);
        store<f64>(at, load<f64>(at) + (ar * br + ai * bi));
        store<f64>(at + parts, load<f64>(at + parts) + (ai * br - ar * bi));
      }
    }
  }
}

/** A matrix on the qubits. `work` is room for 8 pairs of vectors. */
export function mix(place: usize, re: usize, im: usize, bits: i32, matrix: usize, work: usize): void {
  const side = load<u32>(place, 4);
  if (load<u32>(place, 20) != 0) mixNumbers(place, re, im, bits, matrix, work);
  else if (side == 2) mixOne(place, re, im, bits, matrix);
  else mixVectors(place, re, im, bits, matrix, work);
}

function mixOne(place: usize, re: usize, im: usize, bits: i32, matrix: usize): void {
  const below = load<u32>(place, 8) >> LANE_BITS;
  const distance = (<usize>load<u32>(place, 28)) * BYTES;
  const ar = splat(load<f64>(matrix));
  const br = splat(load<f64>(matrix, 8));
  const cr = splat(load<f64>(matrix, 16));
  const dr = splat(load<f64>(matrix, 24));
  const ai = splat(load<f64>(matrix, 32));
  const bi = splat(load<f64>(matrix, 40));
  const ci = splat(load<f64>(matrix, 48));
  const di = splat(load<f64>(matrix, 56));
  const count: u32 = 1 << (bits - LANE_BITS - 1);
  for (let k: u32 = 0; k < count; k++) {
    const at = (<usize>widen(k, below)) << 4;
    const to = at + distance;
    const xr = v128.load(re + at);
    const xi = v128.load(im + at);
    const yr = v128.load(re + to);
    const yi = v128.load(im + to);
    v128.store(re + at, nmadd(bi, yi, madd(br, yr, nmadd(ai, xi, mul(ar, xr)))));
    v128.store(im + at, madd(bi, yr, madd(br, yi, madd(ai, xr, mul(ar, xi)))));
    v128.store(re + to, nmadd(di, yi, madd(dr, yr, nmadd(ci, xi, mul(cr, xr)))));
    v128.store(im + to, madd(di, yr, madd(dr, yi, madd(ci, xr, mul(cr, xi)))));
  }
}

function mixVectors(
  place: usize,
  re: usize,
  im: usize,
  bits: i32,
  matrix: usize,
  work: usize,
): void {
  const side = load<u32>(place, 4);
  const parts = 8 * side * side;
  const count: u32 = 1 << (bits - LANE_BITS - load<u32>(place));
  for (let k: u32 = 0; k < count; k++) {
    const base = (<usize>spread(place, k, LANE_BITS)) << 4;
    for (let c: u32 = 0; c < side; c++) {
      const from = base + (<usize>load<u32>(place + 24 + 4 * c)) * BYTES;
      v128.store(work + 32 * c, v128.load(re + from));
      v128.store(work + 32 * c, v128.load(im + from), 16);
    }
    let entry = matrix;
    for (let r: u32 = 0; r < side; r++) {
      let sumRe = splat(0);
      let sumIm = splat(0);
      for (let c: u32 = 0; c < side; c++) {
        const x = v128.load(work + 32 * c);
        const y = v128.load(work + 32 * c, 16);
        const a = splat(load<f64>(entry));
        const b = splat(load<f64>(entry + parts));
        sumRe = nmadd(b, y, madd(a, x, sumRe));
        sumIm = madd(b, x, madd(a, y, sumIm));
        entry += 8;
      }
      const to = base + (<usize>load<u32>(place + 24 + 4 * r)) * BYTES;
      v128.store(re + to, sumRe);
      v128.store(im + to, sumIm);
    }
  }
}

function mixNumbers(
  place: usize,
  re: usize,
  im: usize,
  bits: i32,
  matrix: usize,
  work: usize,
): void {
  const side = load<u32>(place, 4);
  const parts = 8 * side * side;
  const count: u32 = 1 << (bits - load<u32>(place));
  for (let k: u32 = 0; k < count; k++) {
    const base = spread(place, k, 0);
    for (let c: u32 = 0; c < side; c++) {
      const from = (<usize>(base + load<u32>(place + 24 + 4 * c))) << BYTE_BITS;
      store<f64>(work + 16 * c, numberAt(re + from));
      store<f64>(work + 16 * c, numberAt(im + from), 8);
    }
    let entry = matrix;
    for (let r: u32 = 0; r < side; r++) {
      let sumRe: f64 = 0;
      let sumIm: f64 = 0;
      for (let c: u32 = 0; c < side; c++) {
        const x = load<f64>(work + 16 * c);
        const y = load<f64>(work + 16 * c, 8);
        const a = load<f64>(entry);
        const b = load<f64>(entry + parts);
        sumRe += a * x - b * y;
        sumIm += a * y + b * x;
        entry += 8;
      }
      const to = (<usize>(base + load<u32>(place + 24 + 4 * r))) << BYTE_BITS;
      putNumber(re + to, sumRe);
      putNumber(im + to, sumIm);
    }
  }
}
