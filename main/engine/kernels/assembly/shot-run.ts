import { BYTES, madd, mul, putNumber } from './vectors';
import { total, widened } from './sums';

/*
 * Shots of a noisy circuit on pure states, each thread with a state of its own. A circuit comes as
 * segments, emitted for it, that do what happens where no channel jumps.
 *
 * Argument (bytes): 0 qubits, 4 segments, 8 their records, 12 areas of thread 0, 16 bytes of an area,
 * 20 from a real to its imaginary part, 24 bytes of a state, 28 tables of the segments, 32 states behind
 * every 36th segment, 40 the state at the end, 44 shots, 48 their number, 52 shots of a block, 56 sums,
 * 60 terms, 64 their end, 68 values, 72 bytes of the values of a shot.
 * Segment (32 bytes): 0 its units, 4 their end, 8 whether it reads the state, 16 probability that none of
 * its mixtures jumps (f64), 24 probability of having stayed up to its end (f64).
 * Shot (32 bytes): 0 seed (u64), 8 number that the probability of having stayed falls to (f64), 16 the
 * basis state that it ends in, 20 its events, 24 their end.
 * Term (32 bytes): sums.ts, and 24 offset of its observable's value.
 */

/** Calls segment k on the state: (k, 0, state, tables). */
@external("env", "segment")
declare function segment(k: i32, unused: i32, state: usize, tables: usize): void;

/** Whether the run was cancelled; also says that this thread gets on. */
@external("env", "stopped")
declare function stopped(): i32;

/** Qubits from which a segment takes long enough for a look at whether the run still goes on. */
@inline
const WIDE: i32 = 14;

@inline
export function mustStop(argument: usize): bool {
  return load<i32>(argument, 0) >= WIDE && stopped() != 0;
}

@inline
export function runSegment(argument: usize, k: i32, state: usize): void {
  segment(k, 0, state, load<usize>(argument, 28));
}

/** The record of segment k. */
@inline
export function segmentOf(argument: usize, k: i32): usize {
  return load<usize>(argument, 8) + 32 * <usize>k;
}

export function setZero(argument: usize, state: usize): void {
  memory.fill(state, 0, load<usize>(argument, 24));
  putNumber(state, 1);
}

/** Σ|a|². */
export function normOf(argument: usize, state: usize): f64 {
  const bytes: usize = (<usize>BYTES) << load<i32>(argument, 0);
  const im = state + load<usize>(argument, 20);
  let sum = f64x2.splat(0);
  for (let o: usize = 0; o < bytes; o += 16) {
    const x = v128.load(state + o);
    const y = v128.load(im + o);
    sum = widened(madd(x, x, mul(y, y)), sum);
  }
  return total(sum);
}

/** The last state that was kept at or before the start of segment k, and which segment follows it. */
export function startBefore(argument: usize, k: i32, state: usize): i32 {
  const every = load<i32>(argument, 36);
  const bytes = load<usize>(argument, 24);
  const kept = k / every;
  if (kept == 0) setZero(argument, state);
  else memory.copy(state, load<usize>(argument, 32) + bytes * <usize>(kept - 1), bytes);
  return kept * every;
}
