import { applyDense } from './dense';
import { multiplyDiagonal } from './diagonals';
import { mixPairs } from './pairs';
import { rotate } from './rotations';
import { BYTES, BYTE_BITS, farAt, mul, splat } from './vectors';

/*
 * One pass over the state: every block is brought into the thread's scratch area, all operations of
 * the pass are applied to it there, and it is written back.
 *
 * Argument (bytes): 0 real parts, 4 imaginary parts (farAt), 8 bits of a block, 12 bits of a contiguous
 * run, 16 number of runs, 20 the first amplitude of each (u32), 24 number of qubits outside, 28 these
 * (u32), 32 number of operations, 36 their records, 40 factor of all amplitudes (f64), 48 whether blocks
 * are worked on where they are, 52 scratch area of thread 0, 56 bytes of a scratch area.
 */

/** Bytes of an operation's record. */
@inline
const RECORD: usize = 128;
/** The block's place in the scratch area, after the tables of single operations. */
@inline
const BLOCK: usize = 65536;
/** Keeps real and imaginary parts from competing for the same cache lines. */
@inline
const GAP: usize = 4160;

export function sweep(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const re = farAt(argument);
  const im = farAt(argument + 4);
  const bits = load<i32>(argument, 8);
  const inPlace = load<i32>(argument, 48) != 0;
  const scratch = <usize>load<u32>(argument, 52) + <usize>load<u32>(argument, 56) * thread;
  const ownRe = scratch + BLOCK;
  const ownIm = ownRe + ((<usize>1) << (bits + BYTE_BITS)) + GAP;
  for (let block: u32 = first; block < <u32>last; block++) {
    const base = placeOf(argument, block);
    if (inPlace) {
      applyAll(argument, re + base, im + base, bits, block, scratch);
      continue;
    }
    gather(argument, re + base, ownRe);
    gather(argument, im + base, ownIm);
    applyAll(argument, ownRe, ownIm, bits, block, scratch);
    scatter(argument, ownRe, re + base);
    scatter(argument, ownIm, im + base);
  }
}

function placeOf(argument: usize, block: u32): usize {
  const outside = load<i32>(argument, 24);
  const distances = <usize>load<u32>(argument, 28);
  let base: usize = 0;
  for (let k = 0; k < outside; k++) {
    if ((block >> k) & 1) base += (<usize>BYTES) << load<u32>(distances + 4 * k);
  }
  return base;
}

function gather(argument: usize, from: usize, to: usize): void {
  const run: usize = (<usize>1) << (load<i32>(argument, 12) + BYTE_BITS);
  const count = load<i32>(argument, 16);
  const offsets = <usize>load<u32>(argument, 20);
  const factor = splat(load<f64>(argument, 40));
  let out = to;
  for (let k = 0; k < count; k++) {
    const start = from + ((<usize>load<u32>(offsets + 4 * k)) << BYTE_BITS);
    for (let o: usize = 0; o < run; o += 16) v128.store(out + o, mul(factor, v128.load(start + o)));
    out += run;
  }
}

function scatter(argument: usize, from: usize, to: usize): void {
  const run: usize = (<usize>1) << (load<i32>(argument, 12) + BYTE_BITS);
  const count = load<i32>(argument, 16);
  const offsets = <usize>load<u32>(argument, 20);
  let source = from;
  for (let k = 0; k < count; k++) {
    const start = to + ((<usize>load<u32>(offsets + 4 * k)) << BYTE_BITS);
    for (let o: usize = 0; o < run; o += 16) v128.store(start + o, v128.load(source + o));
    source += run;
  }
}

function applyAll(
  argument: usize,
  re: usize,
  im: usize,
  bits: i32,
  block: u32,
  scratch: usize,
): void {
  let op = <usize>load<u32>(argument, 36);
  const end = op + RECORD * load<i32>(argument, 32);
  for (; op < end; op += RECORD) {
    switch (load<i32>(op)) {
      case 1:
        rotate(op, re, im, bits);
        break;
      case 2:
        multiplyDiagonal(op, re, im, bits, block, scratch);
        break;
      case 3:
        mixPairs(op, re, im, bits, block);
        break;
      default:
        applyDense(op, re, im, bits, block, scratch);
    }
  }
}
