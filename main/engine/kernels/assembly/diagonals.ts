import { BYTES, BYTE_BITS, madd, mul, nmadd, numberAt, putNumber, splat } from './vectors';

/*
 * A merged diagonal: amplitude i of block B is multiplied by table[i] · low[i mod 2^7] · high[i / 2^7].
 * The table holds what depends on the block's own qubits alone; low and high are products of one
 * factor per qubit of the block, which may depend on bits of B: this is how gates between a qubit
 * inside and qubits outside act.
 *
 * Record (bytes): 0 kind, 4 table or 0 (2^bits real, then as many imaginary parts), 8 number of terms,
 * 12 terms. Term (24 bytes): 0 mask of bits of B that must be 1, 4 the qubit inside (15: none), 8 16 its
 * factor for value 1 (f64 each).
 */

/** Offsets in the scratch area: factors per qubit, then low and high. */
@inline
const LOW: usize = 256;
@inline
const HIGH: usize = 256 + 2 * 128 * 8;
@inline
const LOW_BITS: i32 = 7;
@inline
const NO_QUBIT: usize = 15;

export function multiplyDiagonal(
  op: usize,
  re: usize,
  im: usize,
  bits: i32,
  block: u32,
  scratch: usize,
): void {
  const table = <usize>load<u32>(op, 4);
  const terms = load<i32>(op, 8);
  if (terms == 0) {
    multiplyByTable(table, re, im, bits);
    return;
  }
  collectFactors(<usize>load<u32>(op, 12), terms, block, scratch);
  const lowBits = min(bits, LOW_BITS);
  const highBits = bits - lowBits;
  const all = scratch + 16 * NO_QUBIT;
  buildProducts(scratch + LOW, scratch, lowBits, load<f64>(all), load<f64>(all, 8));
  buildProducts(scratch + HIGH, scratch + 16 * <usize>lowBits, highBits, 1, 0);
  if (table != 0) multiplyByBoth(table, re, im, bits, scratch);
  else multiplyByProducts(re, im, bits, scratch);
}

function collectFactors(terms: usize, count: i32, block: u32, factors: usize): void {
  for (let q: usize = 0; q <= NO_QUBIT; q++) {
    store<f64>(factors + 16 * q, 1);
    store<f64>(factors + 16 * q, 0, 8);
  }
  for (let k = 0; k < count; k++) {
    const term = terms + 24 * k;
    const mask = load<u32>(term);
    if ((block & mask) != mask) continue;
    const at = factors + 16 * <usize>load<u32>(term, 4);
    const a = load<f64>(at);
    const b = load<f64>(at, 8);
    const c = load<f64>(term, 8);
    const d = load<f64>(term, 16);
    store<f64>(at, a * c - b * d);
    store<f64>(at, a * d + b * c, 8);
  }
}

/** 2^bits products of the factors, split, beginning with the given one. */
function buildProducts(out: usize, factors: usize, bits: i32, re: f64, im: f64): void {
  const parts: usize = (<usize>BYTES) << bits;
  putNumber(out, re);
  putNumber(out + parts, im);
  for (let q = 0; q < bits; q++) {
    const c = load<f64>(factors + 16 * q);
    const d = load<f64>(factors + 16 * q, 8);
    const half: usize = (<usize>BYTES) << q;
    for (let at = out; at < out + half; at += BYTES) {
      const a = numberAt(at);
      const b = numberAt(at + parts);
      putNumber(at + half, a * c - b * d);
      putNumber(at + half + parts, a * d + b * c);
    }
  }
}

function multiplyByTable(table: usize, re: usize, im: usize, bits: i32): void {
  const bytes: usize = (<usize>1) << (bits + BYTE_BITS);
  for (let o: usize = 0; o < bytes; o += 16) {
    const x = v128.load(re + o);
    const y = v128.load(im + o);
    const c = v128.load(table + o);
    const d = v128.load(table + bytes + o);
    v128.store(re + o, nmadd(d, y, mul(c, x)));
    v128.store(im + o, madd(d, x, mul(c, y)));
  }
}

function multiplyByProducts(re: usize, im: usize, bits: i32, scratch: usize): void {
  multiplyRows(0, re, im, bits, scratch, false);
}

function multiplyByBoth(table: usize, re: usize, im: usize, bits: i32, scratch: usize): void {
  multiplyRows(table, re, im, bits, scratch, true);
}

/** Row by row of low · high; `isTabled` is known where it is inlined, and so decided ahead of the loop. */
@inline
function multiplyRows(
  table: usize,
  re: usize,
  im: usize,
  bits: i32,
  scratch: usize,
  isTabled: bool,
): void {
  const lowBits = min(bits, LOW_BITS);
  const row: usize = (<usize>1) << (lowBits + BYTE_BITS);
  const low = scratch + LOW;
  const rows: usize = (<usize>1) << (bits - lowBits);
  const highParts = rows << BYTE_BITS;
  const tableParts: usize = (<usize>1) << (bits + BYTE_BITS);
  let a = re;
  let b = im;
  let t = table;
  for (let h: usize = 0; h < rows; h++) {
    const high = scratch + HIGH + (h << BYTE_BITS);
    const hr = splat(numberAt(high));
    const hi = splat(numberAt(high + highParts));
    for (let o: usize = 0; o < row; o += 16) {
      const lr = v128.load(low + o);
      const li = v128.load(low + row + o);
      let c = nmadd(hi, li, mul(hr, lr));
      let d = madd(hi, lr, mul(hr, li));
      if (isTabled) {
        const tr = v128.load(t + o);
        const ti = v128.load(t + tableParts + o);
        const both = nmadd(d, ti, mul(c, tr));
        d = madd(d, tr, mul(c, ti));
        c = both;
      }
      const x = v128.load(a + o);
      const y = v128.load(b + o);
      v128.store(a + o, nmadd(d, y, mul(c, x)));
      v128.store(b + o, madd(d, x, mul(c, y)));
    }
    a += row;
    b += row;
    t += row;
  }
}
