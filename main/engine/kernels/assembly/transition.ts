import { total, widened } from './sums';
import { BYTES, BYTE_BITS, LANE_BITS, farAt, madd, mul, nmadd, numberAt, widen } from './vectors';

/**
 * Σ over the other qubits of conj(b[r]) a[c] for the values r, c of one qubit (24): eight numbers a
 * block, row by row. Blocks count pairs.
 */
export function transition(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const are = farAt(argument);
  const aim = farAt(argument + 4);
  const bre = farAt(argument + 8);
  const bim = farAt(argument + 12);
  const count: u32 = 1 << load<i32>(argument, 16);
  const results = <usize>load<u32>(argument, 20);
  const qubit = load<u32>(argument, 24);
  for (let block = first; block < last; block++) {
    const out = results + 64 * block;
    if (qubit >= <u32>LANE_BITS) {
      transitionOfVectors(are, aim, bre, bim, block * count, count, qubit - LANE_BITS, out);
    } else {
      transitionOfLanes(are, aim, bre, bim, block * count, count, qubit, out);
    }
  }
}

function transitionOfVectors(
  are: usize,
  aim: usize,
  bre: usize,
  bim: usize,
  start: u32,
  pairs: u32,
  bit: u32,
  out: usize,
): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  const below: u32 = (1 << bit) - 1;
  const distance: usize = (<usize>16) << bit;
  const end = (start + pairs) >> LANE_BITS;
  for (let k = start >> LANE_BITS; k < end; k++) {
    const o = <usize>widen(k, below) << 4;
    const p = o + distance;
    const a0r = v128.load(are + o);
    const a0i = v128.load(aim + o);
    const a1r = v128.load(are + p);
    const a1i = v128.load(aim + p);
    const b0r = v128.load(bre + o);
    const b0i = v128.load(bim + o);
    const b1r = v128.load(bre + p);
    const b1i = v128.load(bim + p);
    s0 = widened(madd(b0i, a0i, mul(b0r, a0r)), s0);
    s1 = widened(nmadd(b0i, a0r, mul(b0r, a0i)), s1);
    s2 = widened(madd(b0i, a1i, mul(b0r, a1r)), s2);
    s3 = widened(nmadd(b0i, a1r, mul(b0r, a1i)), s3);
    s4 = widened(madd(b1i, a0i, mul(b1r, a0r)), s4);
    s5 = widened(nmadd(b1i, a0r, mul(b1r, a0i)), s5);
    s6 = widened(madd(b1i, a1i, mul(b1r, a1r)), s6);
    s7 = widened(nmadd(b1i, a1r, mul(b1r, a1i)), s7);
  }
  store<f64>(out, total(s0));
  store<f64>(out, total(s1), 8);
  store<f64>(out, total(s2), 16);
  store<f64>(out, total(s3), 24);
  store<f64>(out, total(s4), 32);
  store<f64>(out, total(s5), 40);
  store<f64>(out, total(s6), 48);
  store<f64>(out, total(s7), 56);
}

function transitionOfLanes(
  are: usize,
  aim: usize,
  bre: usize,
  bim: usize,
  start: u32,
  pairs: u32,
  qubit: u32,
  out: usize,
): void {
  for (let k: usize = 0; k < 8; k++) store<f64>(out + 8 * k, 0);
  const below: u32 = (1 << qubit) - 1;
  for (let k = start; k < start + pairs; k++) {
    const zero = <usize>widen(k, below) << BYTE_BITS;
    const one = zero + ((<usize>BYTES) << qubit);
    addProduct(are + zero, aim + zero, bre + zero, bim + zero, out);
    addProduct(are + one, aim + one, bre + zero, bim + zero, out + 16);
    addProduct(are + zero, aim + zero, bre + one, bim + one, out + 32);
    addProduct(are + one, aim + one, bre + one, bim + one, out + 48);
  }
}

@inline
function addProduct(are: usize, aim: usize, bre: usize, bim: usize, out: usize): void {
  const ar = numberAt(are);
  const ai = numberAt(aim);
  const br = numberAt(bre);
  const bi = numberAt(bim);
  store<f64>(out, load<f64>(out) + (br * ar + bi * ai));
  store<f64>(out, load<f64>(out, 8) + (br * ai - bi * ar), 8);
}
