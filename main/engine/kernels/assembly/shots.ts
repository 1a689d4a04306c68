import { runFlipped } from './flipped-shot';
import { runJumping } from './jumping-shot';
import { mustStop, normOf, runSegment, segmentOf, setZero } from './shot-run';
import { seedWith, uniform } from './splitmix';
import { pauliPart } from './sums';
import { BYTES, BYTE_BITS, numberAt } from './vectors';

/** Runs all segments on |0…0⟩ as if nothing jumped, and keeps states on the way. */
export function prepare(first: i32, last: i32, thread: i32, argument: usize): void {
  const state = load<usize>(argument, 12);
  const bytes = load<usize>(argument, 24);
  const count = load<i32>(argument, 4);
  const every = load<i32>(argument, 36);
  setZero(argument, state);
  let stayed: f64 = 1;
  for (let k = 0; k < count; k++) {
    const record = segmentOf(argument, k);
    if (mustStop(argument)) return;
    runSegment(argument, k, state);
    stayed *= load<f64>(record, 16);
    store<f64>(record, stayed * normOf(argument, state), 24);
    if ((k + 1) % every != 0) continue;
    memory.copy(load<usize>(argument, 32) + bytes * <usize>((k + 1) / every - 1), state, bytes);
  }
  memory.copy(load<usize>(argument, 40), state, bytes);
}

/** Shots of blocks [first, last) that jump where the state says so. */
export function jumpingShots(first: i32, last: i32, thread: i32, argument: usize): void {
  runShots(first, last, thread, argument, true);
}

/** Shots of blocks [first, last) whose errors were drawn beforehand. */
export function flippedShots(first: i32, last: i32, thread: i32, argument: usize): void {
  runShots(first, last, thread, argument, false);
}

/** What the shots of a block end in is added up by itself, in their order. */
function runShots(first: i32, last: i32, thread: i32, argument: usize, jumps: bool): void {
  const perBlock = load<i32>(argument, 52);
  const count = load<i32>(argument, 48);
  const state = load<usize>(argument, 12) + load<usize>(argument, 16) * thread;
  const blockBytes: usize = (<usize>8) << load<i32>(argument, 0);
  for (let block = first; block < last; block++) {
    const table = load<usize>(argument, 56);
    const sums = table == 0 ? 0 : table + blockBytes * <usize>block;
    const end = min(count, (block + 1) * perBlock);
    for (let shot = block * perBlock; shot < end; shot++) {
      const record = load<usize>(argument, 44) + 32 * <usize>shot;
      const values = load<usize>(argument, 68) + load<usize>(argument, 72) * <usize>shot;
      seedWith(load<u64>(record));
      let norm: f64 = 1;
      if (jumps) norm = runJumping(argument, record, state);
      else runFlipped(argument, record, state);
      if (mustStop(argument)) return;
      store<i32>(record, draw(argument, state, norm, sums), 16);
      readValues(argument, state, norm, values);
    }
  }
}

/** Adds the probabilities to the sums, where there are some, and draws one of the basis states. */
function draw(argument: usize, state: usize, norm: f64, sums: usize): i32 {
  const size = 1 << load<i32>(argument, 0);
  const im = state + load<usize>(argument, 20);
  const target = uniform() * norm;
  const scale = 1 / norm;
  let reached: f64 = 0;
  let below = 0;
  for (let i = 0; i < size; i++) {
    const o = (<usize>i) << BYTE_BITS;
    const x = numberAt(state + o);
    const y = numberAt(im + o);
    const weight = x * x + y * y;
    if (sums != 0) {
      const sum = sums + ((<usize>i) << 3);
      store<f64>(sum, load<f64>(sum) + scale * weight);
    }
    reached += weight;
    below += i32(reached <= target);
  }
  return min(below, size - 1);
}

function readValues(argument: usize, state: usize, norm: f64, values: usize): void {
  const bytes: usize = (<usize>BYTES) << load<i32>(argument, 0);
  const im = state + load<usize>(argument, 20);
  const end = load<usize>(argument, 64);
  for (let term = load<usize>(argument, 60); term < end; term += 32) {
    const value = values + load<usize>(term, 24);
    store<f64>(value, load<f64>(value) + pauliPart(term, state, im, 0, bytes) / norm);
  }
}
