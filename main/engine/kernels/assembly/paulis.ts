import { acrossOf, blockBytesOf, withinOf } from './block-argument';
import { laneSigns, pauliPart, total, widened } from './sums';
import { LANE_BITS, farAt, flipLanes, madd, mul, nmadd, splat, sub } from './vectors';

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
  const blockBytes = blockBytesOf(argument);
  const results = <usize>load<u32>(argument, 20);
  const flips = load<u32>(argument, 24);
  const signs = load<u32>(argument, 28);
  const laneFlip = <i32>withinOf(flips);
  const vectorFlip = acrossOf(flips);
  const vectorSigns = signs >> LANE_BITS;
  const plus = laneSigns(withinOf(signs));
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
  const blockBytes = blockBytesOf(argument);
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
 * b[i ^ flips] += (c + i·d)·(−1)^{parity of i & signs}·a[i]: adds a Pauli string (flips 40,
 * signs 44) times a complex number (24, 32: f64), applied to a.
 */
export function addPauli(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const are = farAt(argument);
  const aim = farAt(argument + 4);
  const bre = farAt(argument + 8);
  const bim = farAt(argument + 12);
  const blockBytes = blockBytesOf(argument);
  const c = splat(load<f64>(argument, 24));
  const d = splat(load<f64>(argument, 32));
  const flips = load<u32>(argument, 40);
  const signs = load<u32>(argument, 44);
  const laneFlip = <i32>withinOf(flips);
  const vectorFlip = acrossOf(flips);
  const vectorSigns = signs >> LANE_BITS;
  const plus = laneSigns(withinOf(signs));
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
