import { acrossOf, withinOf } from './block-argument';
import { mustStop, runSegment, startBefore } from './shot-run';
import { laneSigns } from './sums';
import { BYTE_BITS, LANE_BITS, flipLanes, mul, splat, sub } from './vectors';

/*
 * A shot whose errors are Pauli strings that were drawn beforehand. Event (12 bytes): 0 behind which
 * segment, 4 mask of the string's X parts, 8 of its Z parts.
 */

/** Starts behind what all shots share; every shot has an event at least. */
export function runFlipped(argument: usize, record: usize, state: usize): void {
  let event = load<usize>(record, 20);
  const end = load<usize>(record, 24);
  const count = load<i32>(argument, 4);
  let k = startBefore(argument, load<i32>(event) + 1, state);
  for (;;) {
    for (; event < end && load<i32>(event) < k; event += 12) {
      flip(argument, load<u32>(event, 4), load<u32>(event, 8), state);
    }
    if (k == count || mustStop(argument)) return;
    runSegment(argument, k++, state);
  }
}

/** A Pauli string on the state, up to a phase of all. */
function flip(argument: usize, flips: u32, signs: u32, state: usize): void {
  const bytes: usize = (<usize>1) << (load<i32>(argument, 0) + BYTE_BITS);
  const plus = laneSigns(withinOf(signs));
  const im = state + load<usize>(argument, 20);
  flipPart(state, bytes, flips, signs >> LANE_BITS, plus);
  flipPart(im, bytes, flips, signs >> LANE_BITS, plus);
}

function flipPart(array: usize, bytes: usize, flips: u32, signs: u32, plus: v128): void {
  const minus = sub(splat(0), plus);
  const lanes = <i32>withinOf(flips);
  const across = acrossOf(flips);
  for (let o: usize = 0; o < bytes; o += 16) {
    const p = o ^ across;
    if (p < o) continue;
    const x = mul(popcnt(<u32>(o >> 4) & signs) & 1 ? minus : plus, v128.load(array + o));
    const y = mul(popcnt(<u32>(p >> 4) & signs) & 1 ? minus : plus, v128.load(array + p));
    v128.store(array + o, flipLanes(y, lanes));
    v128.store(array + p, flipLanes(x, lanes));
  }
}
