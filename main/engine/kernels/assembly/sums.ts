import { acrossOf, withinOf } from './block-argument';
import { F32 } from './variant';
import { LANE_BITS, flipLanes, madd, mul, nmadd, splat, sub } from './vectors';

/** Adds the numbers of a vector, as doubles, to two running sums. */
@inline
export function widened(v: v128, sum: v128): v128 {
  if (F32) {
    const low = f64x2.promote_low_f32x4(v);
    const high = f64x2.promote_low_f32x4(flipLanes(v, 2));
    return f64x2.add(sum, f64x2.add(low, high));
  }
  return f64x2.add(sum, v);
}

@inline
export function total(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** −1 in the lanes whose number has odd parity under the mask. */
export function laneSigns(mask: u32): v128 {
  const one: f64 = mask & 1 ? -1 : 1;
  if (F32) {
    const two: f64 = mask & 2 ? -1 : 1;
    return f32x4(1, <f32>one, <f32>two, <f32>(one * two));
  }
  return f64x2(1, one);
}

/**
 * One Pauli string's part of ⟨a|P|a⟩ over `bytes` of the real (and of the imaginary) parts from `from` on.
 * Term: 0 flips, 4 signs, 8 16 factors of the real and the imaginary part of Σ ±conj(a[i ^ flips]) a[i],
 * of which one is 0. As the sum is the same for i and i ^ flips, only one of the two is visited, with
 * twice the weight.
 */
export function pauliPart(term: usize, re: usize, im: usize, from: usize, bytes: usize): f64 {
  const flips = load<u32>(term, 0);
  const signs = load<u32>(term, 4);
  const laneFlip = <i32>withinOf(flips);
  const vectorFlip = acrossOf(flips);
  const vectorSigns = signs >> LANE_BITS;
  const plus = laneSigns(withinOf(signs));
  const minus = sub(splat(0), plus);
  const top: usize = vectorFlip == 0 ? 0 : (<usize>1) << <usize>(63 - clz<u64>(<u64>vectorFlip));
  const weight: f64 = vectorFlip == 0 ? 1 : 2;
  const isReal = load<f64>(term, 8) != 0;
  let sum = f64x2.splat(0);
  for (let o = from; o < from + bytes; o += 16) {
    if (o & top) continue;
    const sign = popcnt(<u32>(o >> 4) & vectorSigns) & 1 ? minus : plus;
    const p = o ^ vectorFlip;
    const br = flipLanes(v128.load(re + p), laneFlip);
    const bi = flipLanes(v128.load(im + p), laneFlip);
    const ar = mul(sign, v128.load(re + o));
    const ai = mul(sign, v128.load(im + o));
    sum = widened(isReal ? madd(bi, ai, mul(br, ar)) : nmadd(bi, ar, mul(br, ai)), sum);
  }
  return weight * total(sum) * (isReal ? load<f64>(term, 8) : load<f64>(term, 16));
}
