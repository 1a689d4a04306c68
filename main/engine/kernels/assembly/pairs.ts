import { LANE_BITS, flipLanes, madd, mul, widen } from './vectors';

/*
 * A real 2 × 2 matrix on pairs of amplitudes whose indices differ by a fixed pattern, where further
 * bits have given values: CX, Toffoli, controlled rotations, SWAP, the two blocks of XX + YY.
 *
 * Record (bytes): 0 kind, 4 8 12 16 masks of the vector-index bits below up to four fixed bits (all ones:
 * none), 20 values of the fixed bits as a byte offset, 24 byte distance of the partner (0: the same
 * vector), 28 lane bits that differ, 32 number of fixed bits, 36 mask and 40 value of further bits of
 * the byte offset, 44 mask of bits of the block and 112 their values, 116 whether whole vectors are
 * exchanged; at 48 four vectors: own and partner's factor of the first, then of the second.
 */
export function mixPairs(op: usize, re: usize, im: usize, bits: i32, block: u32): void {
  if ((block & load<u32>(op, 44)) != load<u32>(op, 112)) return;
  if (<usize>load<u32>(op, 24) == 0) {
    mixWithin(op, re, bits);
    mixWithin(op, im, bits);
  } else {
    mixAcross(op, re, bits);
    mixAcross(op, im, bits);
  }
}

function mixWithin(op: usize, array: usize, bits: i32): void {
  const below0 = load<u32>(op, 4);
  const below1 = load<u32>(op, 8);
  const below2 = load<u32>(op, 12);
  const below3 = load<u32>(op, 16);
  const values = <usize>load<u32>(op, 20);
  const lanes = load<i32>(op, 28);
  const count: u32 = 1 << (bits - LANE_BITS - load<i32>(op, 32));
  const mask = <usize>load<u32>(op, 36);
  const value = <usize>load<u32>(op, 40);
  const own = v128.load(op, 48);
  const other = v128.load(op, 64);
  for (let k: u32 = 0; k < count; k++) {
    const index = widen(widen(widen(widen(k, below0), below1), below2), below3);
    const offset = ((<usize>index) << 4) | values;
    if ((offset & mask) != value) continue;
    const x = v128.load(array + offset);
    v128.store(array + offset, madd(other, flipLanes(x, lanes), mul(own, x)));
  }
}

/** Vectors in a row that have the same fixed bits. */
@inline
function runOf(below: u32, count: u32): u32 {
  return below == 0xffffffff ? count : below + 1;
}

function mixAcross(op: usize, array: usize, bits: i32): void {
  const below0 = load<u32>(op, 4);
  const below1 = load<u32>(op, 8);
  const below2 = load<u32>(op, 12);
  const below3 = load<u32>(op, 16);
  const values = <usize>load<u32>(op, 20);
  const partner = <usize>load<u32>(op, 24);
  const lanes = load<i32>(op, 28);
  const count: u32 = 1 << (bits - LANE_BITS - load<i32>(op, 32));
  const mask = <usize>load<u32>(op, 36);
  const value = <usize>load<u32>(op, 40);
  const isExchange = load<i32>(op, 116) != 0;
  const run = runOf(below0, count);
  for (let k: u32 = 0; k < count; k += run) {
    const index = widen(widen(widen(widen(k, below0), below1), below2), below3);
    const start = (<usize>index << 4) | values;
    if ((start & mask) != value) continue;
    const a = array + start;
    const b = array + (start ^ partner);
    if (isExchange) exchangeRun(a, b, run);
    else mixRun(op, a, b, run, lanes);
  }
}

/** X on whole vectors: nothing is computed. */
function exchangeRun(first: usize, second: usize, run: u32): void {
  let b = second;
  const end = first + (<usize>run << 4);
  for (let a = first; a < end; a += 16) {
    const x = v128.load(a);
    v128.store(a, v128.load(b));
    v128.store(b, x);
    b += 16;
  }
}

function mixRun(op: usize, first: usize, second: usize, run: u32, lanes: i32): void {
  const own = v128.load(op, 48);
  const other = v128.load(op, 64);
  const secondOwn = v128.load(op, 80);
  const secondOther = v128.load(op, 96);
  let b = second;
  const end = first + (<usize>run << 4);
  for (let a = first; a < end; a += 16) {
    const x = v128.load(a);
    const y = v128.load(b);
    v128.store(a, madd(other, flipLanes(y, lanes), mul(own, x)));
    v128.store(b, madd(secondOther, flipLanes(x, lanes), mul(secondOwn, y)));
    b += 16;
  }
}
