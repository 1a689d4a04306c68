import { F32 } from './variant';
import {
  BYTES,
  BYTE_BITS,
  LANE_BITS,
  add,
  farAt,
  flipLanes,
  madd,
  mul,
  nmadd,
  numberAt,
  splat,
  sub,
  widen,
} from './vectors';
import { laneSigns, pauliPart, total, widened } from './sums';

/*
 * Sums over blocks of amplitudes. Every block leaves its part in a place of its own, always added up
 * in the same order, so that a total does not depend on who computed which block.
 *
 * Argument (bytes): 0 4 real and imaginary parts of a, 8 12 of b (farAt), 16 bits of a block, 20 results,
 * then what the function names; tables are farAt, too.
 */

/** Σ|a|² over the amplitudes whose bits under the mask (24) have the value (28). */
export function weigh(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const re = farAt(argument);
  const im = farAt(argument + 4);
  const blockBytes: usize = (<usize>1) << (load<i32>(argument, 16) + BYTE_BITS);
  const results = <usize>load<u32>(argument, 20);
  const mask = load<u32>(argument, 24);
  const value = load<u32>(argument, 28);
  const laneMask: u32 = (1 << LANE_BITS) - 1;
  const keep = laneFactors(mask & laneMask, value & laneMask, argument + 32);
  const vectorMask = <usize>(mask >> LANE_BITS) << 4;
  const vectorValue = <usize>(value >> LANE_BITS) << 4;
  for (let block = first; block < last; block++) {
    const from = <usize>block * blockBytes;
    let sum = f64x2.splat(0);
    for (let o = from; o < from + blockBytes; o += 16) {
      if ((o & vectorMask) != vectorValue) continue;
      const x = v128.load(re + o);
      const y = v128.load(im + o);
      sum = widened(mul(keep, madd(x, x, mul(y, y))), sum);
    }
    store<f64>(results + 8 * block, total(sum));
  }
}

/** 1 in the lanes whose number has the value under the mask, 0 in the others; `at` is room for it. */
function laneFactors(mask: u32, value: u32, at: usize): v128 {
  let v = splat(0);
  for (let lane: u32 = 0; lane < 1 << LANE_BITS; lane++) {
    const one: f64 = (lane & mask) == value ? 1 : 0;
    if (F32) {
      if (lane == 0) v = f32x4.replace_lane(v, 0, <f32>one);
      else if (lane == 1) v = f32x4.replace_lane(v, 1, <f32>one);
      else if (lane == 2) v = f32x4.replace_lane(v, 2, <f32>one);
      else v = f32x4.replace_lane(v, 3, <f32>one);
    } else {
      if (lane == 0) v = f64x2.replace_lane(v, 0, one);
      else v = f64x2.replace_lane(v, 1, one);
    }
  }
  return v;
}

/** Amplitudes whose bits under the mask (24) do not have the value (28) become 0. */
export function project(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const re = farAt(argument);
  const im = farAt(argument + 4);
  const blockBytes: usize = (<usize>1) << (load<i32>(argument, 16) + BYTE_BITS);
  const mask = load<u32>(argument, 24);
  const value = load<u32>(argument, 28);
  const laneMask: u32 = (1 << LANE_BITS) - 1;
  const keep = laneFactors(mask & laneMask, value & laneMask, argument + 32);
  const vectorMask = <usize>(mask >> LANE_BITS) << 4;
  const vectorValue = <usize>(value >> LANE_BITS) << 4;
  const none = splat(0);
  const end = <usize>last * blockBytes;
  for (let o = <usize>first * blockBytes; o < end; o += 16) {
    const factor = (o & vectorMask) == vectorValue ? keep : none;
    v128.store(re + o, mul(factor, v128.load(re + o)));
    v128.store(im + o, mul(factor, v128.load(im + o)));
  }
}

/** Multiplies all amplitudes by a real number (24, f64). */
export function scale(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const re = farAt(argument);
  const im = farAt(argument + 4);
  const blockBytes: usize = (<usize>1) << (load<i32>(argument, 16) + BYTE_BITS);
  const factor = splat(load<f64>(argument, 24));
  const end = <usize>last * blockBytes;
  for (let o = <usize>first * blockBytes; o < end; o += 16) {
    v128.store(re + o, mul(factor, v128.load(re + o)));
    v128.store(im + o, mul(factor, v128.load(im + o)));
  }
}

/** Copies a to b. */
export function copy(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const blockBytes: usize = (<usize>1) << (load<i32>(argument, 16) + BYTE_BITS);
  const from = <usize>first * blockBytes;
  const bytes = <usize>(last - first) * blockBytes;
  memory.copy(farAt(argument + 8) + from, farAt(argument) + from, bytes);
  memory.copy(farAt(argument + 12) + from, farAt(argument + 4) + from, bytes);
}

/** Zeros everywhere. */
export function clear(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const blockBytes: usize = (<usize>1) << (load<i32>(argument, 16) + BYTE_BITS);
  const from = <usize>first * blockBytes;
  const bytes = <usize>(last - first) * blockBytes;
  memory.fill(farAt(argument) + from, 0, bytes);
  memory.fill(farAt(argument + 4) + from, 0, bytes);
}

/** |a|² of every amplitude as doubles, into the results. */
export function squares(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const re = farAt(argument);
  const im = farAt(argument + 4);
  const bits = load<i32>(argument, 16);
  let out = <usize>load<u32>(argument, 20) + ((<usize>first) << (bits + 3));
  const from: usize = (<usize>first) << (bits + BYTE_BITS);
  const end: usize = (<usize>last) << (bits + BYTE_BITS);
  for (let o = from; o < end; o += 16) {
    const x = v128.load(re + o);
    const y = v128.load(im + o);
    if (F32) {
      const xl = f64x2.promote_low_f32x4(x);
      const xh = f64x2.promote_low_f32x4(flipLanes(x, 2));
      const yl = f64x2.promote_low_f32x4(y);
      const yh = f64x2.promote_low_f32x4(flipLanes(y, 2));
      v128.store(out, f64x2.add(f64x2.mul(xl, xl), f64x2.mul(yl, yl)));
      v128.store(out, f64x2.add(f64x2.mul(xh, xh), f64x2.mul(yh, yh)), 16);
      out += 32;
    } else {
      v128.store(out, add(mul(x, x), mul(y, y)));
      out += 16;
    }
  }
}

/**
 * Σ_i (−1)^{parity of i & signs} conj(b[i ^ flips]) a[i], real and imaginary part per block: flips (24)
 * and signs (28) of a Pauli string. ⟨b|a⟩ where both are 0.
 */
export function pauli(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const are = farAt(argument);
  const aim = farAt(argument + 4);
  const bre = farAt(argument + 8);
  const bim = farAt(argument + 12);
  const blockBytes: usize = (<usize>1) << (load<i32>(argument, 16) + BYTE_BITS);
  const results = <usize>load<u32>(argument, 20);
  const flips = load<u32>(argument, 24);
  const signs = load<u32>(argument, 28);
  const laneMask: u32 = (1 << LANE_BITS) - 1;
  const laneFlip = <i32>(flips & laneMask);
  const vectorFlip = <usize>(flips >> LANE_BITS) << 4;
  const vectorSigns = signs >> LANE_BITS;
  const plus = laneSigns(signs & laneMask);
  const minus = sub(splat(0), plus);
  for (let block = first; block < last; block++) {
    const from = <usize>block * blockBytes;
    let sumRe = f64x2.splat(0);
    let sumIm = f64x2.splat(0);
    for (let o = from; o < from + blockBytes; o += 16) {
      const sign = popcnt(<u32>(o >> 4) & vectorSigns) & 1 ? minus : plus;
      const p = o ^ vectorFlip;
      const br = flipLanes(v128.load(bre + p), laneFlip);
      const bi = flipLanes(v128.load(bim + p), laneFlip);
      const ar = mul(sign, v128.load(are + o));
      const ai = mul(sign, v128.load(aim + o));
      sumRe = widened(madd(bi, ai, mul(br, ar)), sumRe);
      sumIm = widened(nmadd(bi, ar, mul(br, ai)), sumIm);
    }
    store<f64>(results + 16 * block, total(sumRe));
    store<f64>(results + 16 * block, total(sumIm), 8);
  }
}

/**
 * ⟨a|P|a⟩ summed over Pauli strings, a part per block: number (24) and address (28) of the terms. Each
 * is 24 bytes: 0 flips, 4 signs, 8 16 factors of the real and the imaginary part of Σ ±conj(a[i ^ flips])
 * a[i]. As that is the same for i and i ^ flips, only one of the two is visited, with twice the weight.
 */
export function pauliSum(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const re = farAt(argument);
  const im = farAt(argument + 4);
  const blockBytes: usize = (<usize>1) << (load<i32>(argument, 16) + BYTE_BITS);
  const results = <usize>load<u32>(argument, 20);
  const count = load<i32>(argument, 24);
  const terms = <usize>load<u32>(argument, 28);
  for (let block = first; block < last; block++) {
    const from = <usize>block * blockBytes;
    let sum: f64 = 0;
    for (let k = 0; k < count; k++) sum += pauliPart(terms + 24 * k, re, im, from, blockBytes);
    store<f64>(results + 8 * block, sum);
  }
}

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

/** Σ table[i] conj(b[i]) a[i] with a table of doubles (24), real and imaginary part per block. */
export function weighted(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const are = farAt(argument);
  const aim = farAt(argument + 4);
  const bre = farAt(argument + 8);
  const bim = farAt(argument + 12);
  const bits = load<i32>(argument, 16);
  const results = <usize>load<u32>(argument, 20);
  const table = farAt(argument + 24);
  const count: usize = (<usize>1) << bits;
  for (let block = first; block < last; block++) {
    const from: usize = (<usize>block) << bits;
    let sumRe: f64 = 0;
    let sumIm: f64 = 0;
    for (let i = from; i < from + count; i++) {
      const o = i << BYTE_BITS;
      const w = load<f64>(table + (i << 3));
      const ar = numberAt(are + o);
      const ai = numberAt(aim + o);
      const br = numberAt(bre + o);
      const bi = numberAt(bim + o);
      sumRe += w * (br * ar + bi * ai);
      sumIm += w * (br * ai - bi * ar);
    }
    store<f64>(results + 16 * block, sumRe);
    store<f64>(results + 16 * block, sumIm, 8);
  }
}

/** Σ table[i] |a[i]|² with a table of doubles (24), per block. */
export function weightedSquares(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const re = farAt(argument);
  const im = farAt(argument + 4);
  const bits = load<i32>(argument, 16);
  const results = <usize>load<u32>(argument, 20);
  const table = farAt(argument + 24);
  const blockBytes: usize = (<usize>1) << (bits + BYTE_BITS);
  for (let block = first; block < last; block++) {
    const from = <usize>block * blockBytes;
    let w = table + ((<usize>block) << (bits + 3));
    let sum = f64x2.splat(0);
    for (let o = from; o < from + blockBytes; o += 16) {
      const x = v128.load(re + o);
      const y = v128.load(im + o);
      const square = madd(x, x, mul(y, y));
      if (F32) {
        const low = f64x2.promote_low_f32x4(square);
        const high = f64x2.promote_low_f32x4(flipLanes(square, 2));
        sum = f64x2.add(sum, f64x2.mul(v128.load(w), low));
        sum = f64x2.add(sum, f64x2.mul(v128.load(w, 16), high));
        w += 32;
      } else {
        sum = f64x2.add(sum, f64x2.mul(v128.load(w), square));
        w += 16;
      }
    }
    store<f64>(results + 8 * block, total(sum));
  }
}

/**
 * b[i ^ flips] += (c + i·d)·(−1)^{parity of i & signs}·a[i]: adds a Pauli string (flips 40,
 * signs 44) times a complex number (24, 32: f64), applied to a.
 */
export function addPauli(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const are = farAt(argument);
  const aim = farAt(argument + 4);
  const bre = farAt(argument + 8);
  const bim = farAt(argument + 12);
  const blockBytes: usize = (<usize>1) << (load<i32>(argument, 16) + BYTE_BITS);
  const c = splat(load<f64>(argument, 24));
  const d = splat(load<f64>(argument, 32));
  const flips = load<u32>(argument, 40);
  const signs = load<u32>(argument, 44);
  const laneMask: u32 = (1 << LANE_BITS) - 1;
  const laneFlip = <i32>(flips & laneMask);
  const vectorFlip = <usize>(flips >> LANE_BITS) << 4;
  const vectorSigns = signs >> LANE_BITS;
  const plus = laneSigns(signs & laneMask);
  const minus = sub(splat(0), plus);
  const end = <usize>last * blockBytes;
  // Runs over where it writes, so that blocks do not write into each other.
  for (let o = <usize>first * blockBytes; o < end; o += 16) {
    const p = o ^ vectorFlip;
    const sign = popcnt(<u32>(p >> 4) & vectorSigns) & 1 ? minus : plus;
    const ar = flipLanes(mul(sign, v128.load(are + p)), laneFlip);
    const ai = flipLanes(mul(sign, v128.load(aim + p)), laneFlip);
    v128.store(bre + o, nmadd(d, ai, madd(c, ar, v128.load(bre + o))));
    v128.store(bim + o, madd(d, ar, madd(c, ai, v128.load(bim + o))));
  }
}
