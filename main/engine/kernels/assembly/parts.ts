import { acrossOf, blockBytesOf, withinOf } from './block-argument';
import { total, widened } from './sums';
import { F32 } from './variant';
import { LANE_BITS, farAt, madd, mul, splat } from './vectors';

/** Σ|a|² over the amplitudes whose bits under the mask (24) have the value (28). */
export function weigh(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const re = farAt(argument);
  const im = farAt(argument + 4);
  const blockBytes = blockBytesOf(argument);
  const results = <usize>load<u32>(argument, 20);
  const mask = load<u32>(argument, 24);
  const value = load<u32>(argument, 28);
  const keep = laneFactors(withinOf(mask), withinOf(value));
  const vectorMask = acrossOf(mask);
  const vectorValue = acrossOf(value);
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

/** 1 in the lanes whose number has the value under the mask, 0 in the others */
function laneFactors(mask: u32, value: u32): v128 {
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
  const blockBytes = blockBytesOf(argument);
  const mask = load<u32>(argument, 24);
  const value = load<u32>(argument, 28);
  const keep = laneFactors(withinOf(mask), withinOf(value));
  const vectorMask = acrossOf(mask);
  const vectorValue = acrossOf(value);
  const none = splat(0);
  const end = <usize>last * blockBytes;
  for (let o = <usize>first * blockBytes; o < end; o += 16) {
    const factor = (o & vectorMask) == vectorValue ? keep : none;
    v128.store(re + o, mul(factor, v128.load(re + o)));
    v128.store(im + o, mul(factor, v128.load(im + o)));
  }
}
