import { mix, reduce } from './few-qubits';
import { product, scaleBy, weightBehind } from './operators';
import { mustStop, normOf, runSegment, segmentOf, startBefore } from './shot-run';
import { uniform } from './splitmix';

/*
 * A shot that jumps where the probability of having stayed falls to a number drawn beforehand (Dalibard,
 * Castin and Mølmer, PRL 68, 580). Segments in which it does are run unit by unit: a gate, and the
 * channels behind it, whose weights all follow from ρ of the gate's qubits.
 *
 * Unit: 0 its bytes, 4 whether it reads the state, 8 number of channels, 16 its place (few-qubits.ts; 56
 * bytes), 72 the gate's matrix, 76 … its channels.
 * Channel: 0 whether it reads the state, 4 number of jumps, 8 the matrix that stays (0: identity), 16
 * probability of staying where that is fixed (f64), 24 jumps: 0 rate (f64), 8 matrix; 16 bytes each.
 */

/** Room for one matrix on a few qubits, behind the states of an area. */
@inline
const MATRIX: usize = 1024;

/** Squared norm of the state, what its mixtures have left of it, and what both together must not reach. */
let norm: f64 = 1;
let stayed: f64 = 1;
let limit: f64 = 0;

/** Runs a shot; the squared norm of its state at the end. */
export function runJumping(argument: usize, record: usize, state: usize): f64 {
  const count = load<i32>(argument, 4);
  limit = load<f64>(record, 8);
  let k = 0;
  // Up to here it has the history of all; from the last state that was kept it goes on alone.
  while (k < count && load<f64>(segmentOf(argument, k), 24) > limit) k++;
  k = startBefore(argument, k, state);
  stayed = 1;
  for (let j = 0; j < k; j++) stayed *= load<f64>(segmentOf(argument, j), 16);
  norm = k == 0 ? 1 : load<f64>(segmentOf(argument, k - 1), 24) / stayed;
  for (; k < count; k++) {
    if (mustStop(argument)) break;
    if (!stays(argument, k, state)) runUnits(argument, k, state);
  }
  return norm;
}

/** Runs a segment as if nothing jumped; where something does, the state is as before. */
function stays(argument: usize, k: i32, state: usize): bool {
  const record = segmentOf(argument, k);
  const after = stayed * load<f64>(record, 16);
  if (norm * after <= limit) return false;
  if (load<i32>(record, 8) == 0) {
    runSegment(argument, k, state);
    stayed = after;
    return true;
  }
  const bytes = load<usize>(argument, 24);
  memory.copy(state + bytes, state, bytes);
  runSegment(argument, k, state);
  const found = normOf(argument, state);
  if (found * after <= limit) {
    memory.copy(state, state + bytes, bytes);
    return false;
  }
  norm = found;
  stayed = after;
  return true;
}

/** The unit that is being run: what was applied so far, ρ behind it, and room; all matrices of this side. */
let operator: usize = 0;
let rho: usize = 0;
let spare: usize = 0;
let side: u32 = 0;
/** Whether ρ is known. */
let isRead: bool = false;

/** Runs the gates and channels of a segment one by one, with the jumps that are due. */
function runUnits(argument: usize, k: i32, state: usize): void {
  const bits = load<i32>(argument, 0);
  const im = state + load<usize>(argument, 20);
  operator = state + 2 * load<usize>(argument, 24);
  rho = operator + MATRIX;
  spare = rho + MATRIX;
  const vectors = spare + MATRIX;
  const end = load<usize>(segmentOf(argument, k), 4);
  for (let unit = load<usize>(segmentOf(argument, k)); unit < end; unit += load<usize>(unit)) {
    if (mustStop(argument)) return;
    const place = unit + 16;
    const gate = load<usize>(unit, 72);
    side = load<u32>(place, 4);
    isRead = load<i32>(unit, 4) != 0;
    memory.copy(operator, gate, 16 * side * side);
    if (isRead) {
      reduce(place, state, im, bits, rho, vectors);
      turn(gate, 1);
    }
    const channels = load<i32>(unit, 8);
    for (let c = 0; c < channels; c++) passChannel(load<usize>(unit + 76 + 4 * <usize>c));
    mix(place, state, im, bits, operator, vectors);
  }
}

/** ρ becomes A·ρ·A† times the square of the factor. */
function turn(a: usize, factor: f64): void {
  product(a, rho, false, spare, side);
  product(spare, a, true, rho, side);
  if (factor != 1) scaleBy(factor * factor, rho, side);
}

function passChannel(channel: usize): void {
  const reads = load<i32>(channel) != 0;
  const stay = load<usize>(channel, 8);
  const after = reads ? weightBehind(stay, rho, side) : norm;
  const fixed = load<f64>(channel, 16);
  if (after * stayed * fixed > limit || (reads && !canJump(channel))) {
    norm = after;
    stayed *= fixed;
    if (stay != 0) apply(stay, 1);
    return;
  }
  const matrix = load<usize>(drawJump(channel, reads), 8);
  const weight = reads ? weightBehind(matrix, rho, side) : norm;
  apply(matrix, 1 / Math.sqrt(weight));
  // What was survived so far is forgotten: the new limit counts from here.
  norm = 1;
  stayed = 1;
  limit = 1 - uniform();
}

/** factor·A behind all that was applied before. */
function apply(a: usize, factor: f64): void {
  product(a, operator, false, spare, side);
  memory.copy(operator, spare, 16 * side * side);
  if (factor != 1) scaleBy(factor, operator, side);
  if (isRead) turn(a, factor);
}

/** A state that no jump can leave stays, whatever rounding says. */
function canJump(channel: usize): bool {
  const count = load<i32>(channel, 4);
  for (let j = 0; j < count; j++) {
    if (weightOf(jumpOf(channel, j), true) > 1e-15 * norm) return true;
  }
  return false;
}

@inline
function jumpOf(channel: usize, j: i32): usize {
  return channel + 24 + 16 * <usize>j;
}

/** One of the jumps, each in proportion to its weight. */
function drawJump(channel: usize, reads: bool): usize {
  const count = load<i32>(channel, 4);
  let all: f64 = 0;
  for (let j = 0; j < count; j++) all += weightOf(jumpOf(channel, j), reads);
  let rest = uniform() * all;
  for (let j = 0; j < count - 1; j++) {
    rest -= weightOf(jumpOf(channel, j), reads);
    if (rest < 0) return jumpOf(channel, j);
  }
  return jumpOf(channel, count - 1);
}

function weightOf(jump: usize, reads: bool): f64 {
  return reads ? weightBehind(load<usize>(jump, 8), rho, side) : load<f64>(jump);
}
