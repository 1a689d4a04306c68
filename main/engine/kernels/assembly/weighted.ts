import { total } from './sums';
import { F32 } from './variant';
import { BYTE_BITS, farAt, flipLanes, madd, mul, numberAt } from './vectors';

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
