import { blockBytesOf } from './block-argument';
import { F32 } from './variant';
import { BYTE_BITS, add, farAt, flipLanes, mul, splat } from './vectors';

/** Multiplies all amplitudes by a real number (24, f64). */
export function scale(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const re = farAt(argument);
  const im = farAt(argument + 4);
  const blockBytes = blockBytesOf(argument);
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
  const blockBytes = blockBytesOf(argument);
  const from = <usize>first * blockBytes;
  const bytes = <usize>(last - first) * blockBytes;
  memory.copy(farAt(argument + 8) + from, farAt(argument) + from, bytes);
  memory.copy(farAt(argument + 12) + from, farAt(argument + 4) + from, bytes);
}

/** Zeros everywhere. */
export function clear(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const blockBytes = blockBytesOf(argument);
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
