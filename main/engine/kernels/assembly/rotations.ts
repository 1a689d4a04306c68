import { F32 } from './variant';
import { LANE_BITS, flipLanes, madd, mul, nmadd, splat, sub, widen } from './vectors';

/*
 * Real rotations, without their common factor cos or sin:
 *   mode 0:  x − t·y, y + t·x      mode 1:  t·x − y, x + t·y
 * Real and imaginary parts are turned alike, so each array is run through by itself and eight
 * vectors fit into the registers.
 *
 * Record (bytes): 0 kind, 4 number of register qubits (0 to 3), 8 12 16 masks of the vector-index bits
 * below each, 20 24 28 byte distances, 32 modes (a bit each), 36 flags of the lane qubits 0 and 1 (1 and
 * 2 in mode 0, 4 and 8 in mode 1), 40 48 56 t of each (f64); at 64 four vectors: factors of own and
 * flipped lanes for lane qubit 0, then 1.
 */

@inline
function turnLanes(v: v128, flags: i32, op: usize): v128 {
  let x = v;
  if (flags & 1) x = madd(v128.load(op, 80), flipLanes(x, 1), x);
  if (F32) {
    if (flags & 2) x = madd(v128.load(op, 112), flipLanes(x, 2), x);
  }
  if (flags & 12) {
    if (flags & 4) x = madd(v128.load(op, 80), flipLanes(x, 1), mul(v128.load(op, 64), x));
    if (F32) {
      if (flags & 8) x = madd(v128.load(op, 112), flipLanes(x, 2), mul(v128.load(op, 96), x));
    }
  }
  return x;
}

export function rotate(op: usize, re: usize, im: usize, bits: i32): void {
  const qubits = load<i32>(op, 4);
  if (qubits == 3) {
    rotateThree(op, re, bits);
    rotateThree(op, im, bits);
  } else if (qubits == 2) {
    rotateTwo(op, re, bits);
    rotateTwo(op, im, bits);
  } else if (qubits == 1) {
    rotateOne(op, re, bits);
    rotateOne(op, im, bits);
  } else {
    rotateLanes(op, re, bits);
    rotateLanes(op, im, bits);
  }
}

function rotateLanes(op: usize, array: usize, bits: i32): void {
  const flags = load<i32>(op, 36);
  const end = array + ((<usize>1) << (bits - LANE_BITS + 4));
  for (let at = array; at < end; at += 16) v128.store(at, turnLanes(v128.load(at), flags, op));
}

function rotateOne(op: usize, array: usize, bits: i32): void {
  const below = load<u32>(op, 8);
  const d = <usize>load<u32>(op, 20);
  const mode = load<i32>(op, 32);
  const flags = load<i32>(op, 36);
  const t = splat(load<f64>(op, 40));
  const count: u32 = 1 << (bits - LANE_BITS - 1);
  const run = below + 1;
  for (let k: u32 = 0; k < count; k += run) {
    let a = array + (<usize>widen(k, below) << 4);
    const end = a + (<usize>run << 4);
    for (; a < end; a += 16) {
      let x = v128.load(a);
      let y = v128.load(a + d);
      if (flags) {
        x = turnLanes(x, flags, op);
        y = turnLanes(y, flags, op);
      }
      if (mode) {
        v128.store(a, sub(mul(t, x), y));
        v128.store(a + d, madd(t, y, x));
      } else {
        v128.store(a, nmadd(t, y, x));
        v128.store(a + d, madd(t, x, y));
      }
    }
  }
}

function rotateTwo(op: usize, array: usize, bits: i32): void {
  const below0 = load<u32>(op, 8);
  const below1 = load<u32>(op, 12);
  const d0 = <usize>load<u32>(op, 20);
  const d1 = <usize>load<u32>(op, 24);
  const modes = load<i32>(op, 32);
  const flags = load<i32>(op, 36);
  const t0 = splat(load<f64>(op, 40));
  const t1 = splat(load<f64>(op, 48));
  const count: u32 = 1 << (bits - LANE_BITS - 2);
  const run = below0 + 1;
  for (let k: u32 = 0; k < count; k += run) {
    let a = array + (<usize>widen(widen(k, below0), below1) << 4);
    const end = a + (<usize>run << 4);
    for (; a < end; a += 16) {
      const b = a + d1;
      let x0 = v128.load(a);
      let x1 = v128.load(a + d0);
      let x2 = v128.load(b);
      let x3 = v128.load(b + d0);
      if (flags) {
        x0 = turnLanes(x0, flags, op);
        x1 = turnLanes(x1, flags, op);
        x2 = turnLanes(x2, flags, op);
        x3 = turnLanes(x3, flags, op);
      }
      let y: v128;
      if (modes & 1) {
        y = sub(mul(t0, x0), x1); x1 = madd(t0, x1, x0); x0 = y;
        y = sub(mul(t0, x2), x3); x3 = madd(t0, x3, x2); x2 = y;
      } else {
        y = nmadd(t0, x1, x0); x1 = madd(t0, x0, x1); x0 = y;
        y = nmadd(t0, x3, x2); x3 = madd(t0, x2, x3); x2 = y;
      }
      if (modes & 2) {
        y = sub(mul(t1, x0), x2); x2 = madd(t1, x2, x0); x0 = y;
        y = sub(mul(t1, x1), x3); x3 = madd(t1, x3, x1); x1 = y;
      } else {
        y = nmadd(t1, x2, x0); x2 = madd(t1, x0, x2); x0 = y;
        y = nmadd(t1, x3, x1); x3 = madd(t1, x1, x3); x1 = y;
      }
      v128.store(a, x0);
      v128.store(a + d0, x1);
      v128.store(b, x2);
      v128.store(b + d0, x3);
    }
  }
}

function rotateThree(op: usize, array: usize, bits: i32): void {
  const below0 = load<u32>(op, 8);
  const below1 = load<u32>(op, 12);
  const below2 = load<u32>(op, 16);
  const d0 = <usize>load<u32>(op, 20);
  const d1 = <usize>load<u32>(op, 24);
  const d2 = <usize>load<u32>(op, 28);
  const modes = load<i32>(op, 32);
  const flags = load<i32>(op, 36);
  const t0 = splat(load<f64>(op, 40));
  const t1 = splat(load<f64>(op, 48));
  const t2 = splat(load<f64>(op, 56));
  const count: u32 = 1 << (bits - LANE_BITS - 3);
  const run = below0 + 1;
  for (let k: u32 = 0; k < count; k += run) {
    let a = array + (<usize>widen(widen(widen(k, below0), below1), below2) << 4);
    const end = a + (<usize>run << 4);
    for (; a < end; a += 16) {
      const b = a + d1;
      const c = a + d2;
      const d = b + d2;
      let x0 = v128.load(a);
      let x1 = v128.load(a + d0);
      let x2 = v128.load(b);
      let x3 = v128.load(b + d0);
      let x4 = v128.load(c);
      let x5 = v128.load(c + d0);
      let x6 = v128.load(d);
      let x7 = v128.load(d + d0);
      if (flags) {
        x0 = turnLanes(x0, flags, op);
        x1 = turnLanes(x1, flags, op);
        x2 = turnLanes(x2, flags, op);
        x3 = turnLanes(x3, flags, op);
        x4 = turnLanes(x4, flags, op);
        x5 = turnLanes(x5, flags, op);
        x6 = turnLanes(x6, flags, op);
        x7 = turnLanes(x7, flags, op);
      }
      let y: v128;
      if (modes & 1) {
        y = sub(mul(t0, x0), x1); x1 = madd(t0, x1, x0); x0 = y;
        y = sub(mul(t0, x2), x3); x3 = madd(t0, x3, x2); x2 = y;
        y = sub(mul(t0, x4), x5); x5 = madd(t0, x5, x4); x4 = y;
        y = sub(mul(t0, x6), x7); x7 = madd(t0, x7, x6); x6 = y;
      } else {
        y = nmadd(t0, x1, x0); x1 = madd(t0, x0, x1); x0 = y;
        y = nmadd(t0, x3, x2); x3 = madd(t0, x2, x3); x2 = y;
        y = nmadd(t0, x5, x4); x5 = madd(t0, x4, x5); x4 = y;
        y = nmadd(t0, x7, x6); x7 = madd(t0, x6, x7); x6 = y;
      }
      if (modes & 2) {
        y = sub(mul(t1, x0), x2); x2 = madd(t1, x2, x0); x0 = y;
        y = sub(mul(t1, x1), x3); x3 = madd(t1, x3, x1); x1 = y;
        y = sub(mul(t1, x4), x6); x6 = madd(t1, x6, x4); x4 = y;
        y = sub(mul(t1, x5), x7); x7 = madd(t1, x7, x5); x5 = y;
      } else {
        y = nmadd(t1, x2, x0); x2 = madd(t1, x0, x2); x0 = y;
        y = nmadd(t1, x3, x1); x3 = madd(t1, x1, x3); x1 = y;
        y = nmadd(t1, x6, x4); x6 = madd(t1, x4, x6); x4 = y;
        y = nmadd(t1, x7, x5); x7 = madd(t1, x5, x7); x5 = y;
      }
      if (modes & 4) {
        y = sub(mul(t2, x0), x4); x4 = madd(t2, x4, x0); x0 = y;
        y = sub(mul(t2, x1), x5); x5 = madd(t2, x5, x1); x1 = y;
        y = sub(mul(t2, x2), x6); x6 = madd(t2, x6, x2); x2 = y;
        y = sub(mul(t2, x3), x7); x7 = madd(t2, x7, x3); x3 = y;
      } else {
        y = nmadd(t2, x4, x0); x4 = madd(t2, x0, x4); x0 = y;
        y = nmadd(t2, x5, x1); x5 = madd(t2, x1, x5); x1 = y;
        y = nmadd(t2, x6, x2); x6 = madd(t2, x2, x6); x2 = y;
        y = nmadd(t2, x7, x3); x7 = madd(t2, x3, x7); x3 = y;
      }
      v128.store(a, x0);
      v128.store(a + d0, x1);
      v128.store(b, x2);
      v128.store(b + d0, x3);
      v128.store(c, x4);
      v128.store(c + d0, x5);
      v128.store(d, x6);
      v128.store(d + d0, x7);
    }
  }
}
