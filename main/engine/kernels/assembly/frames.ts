import { addPlane, copyPlane, PLANE, SHOTS, swapPlanes, writeRows } from './bit-planes';
import { logarithm } from './logarithm';
import { randomWord, seedWith, uniform } from './splitmix';

/**
 * Pauli frames of many shots (after Gidney, Stim, Quantum 5, 497): how the state of each shot differs from one
 * reference run, a bit plane of X and one of Z for each qubit. The argument holds, in words: 0 the program,
 * 1 seeds (8 bytes a block), 2 areas, 3 bytes of a thread's area, 4 qubits, 5 planes that are read, 6 rows,
 * 7 bytes of a block's rows, 8 bytes of a row, 9 tables. An area holds X planes, Z planes, the planes that are
 * read, and a square of 32 words. The program is words: an operation (numbered as in frame-program.ts) and
 * what it takes.
 */
export function frames(first: i32, last: i32, thread: i32, argument: usize): void {
  const qubits = load<i32>(argument, 16);
  const count = load<i32>(argument, 20);
  const xs = load<usize>(argument, 8) + load<usize>(argument, 12) * thread;
  const zs = xs + PLANE * qubits;
  const planes = zs + PLANE * qubits;
  const square = planes + PLANE * count;
  const blockBytes = load<usize>(argument, 28);
  for (let block = first; block < last; block++) {
    seedWith(load<u64>(load<usize>(argument, 4) + (<usize>block << 3)));
    memory.fill(xs, 0, PLANE * qubits);
    memory.fill(planes, 0, PLANE * count);
    // |0…0⟩ is left as it is by any Z, so Z starts random, and so do outcomes that are.
    randomise(zs, PLANE * qubits);
    follow(load<usize>(argument), load<usize>(argument, 36), xs, zs, planes, square);
    const rows = load<usize>(argument, 24) + blockBytes * <usize>block;
    writeRows(planes, count, rows, load<usize>(argument, 32), square);
  }
}

function follow(
  program: usize,
  tables: usize,
  xs: usize,
  zs: usize,
  planes: usize,
  scratch: usize,
): void {
  let at = program;
  while (true) {
    const operation = load<i32>(at);
    const a = <usize>load<i32>(at, 4) * PLANE;
    const b = <usize>load<i32>(at, 8) * PLANE;
    switch (operation) {
      case 1: // CX
        addPlane(xs + b, xs + a);
        addPlane(zs + a, zs + b);
        at += 12;
        break;
      case 2: // CZ
        addPlane(zs + b, xs + a);
        addPlane(zs + a, xs + b);
        at += 12;
        break;
      case 3: // H
        swapPlanes(xs + a, zs + a);
        at += 8;
        break;
      case 4: // S
        addPlane(zs + a, xs + a);
        at += 8;
        break;
      case 5: // the root of X
        addPlane(xs + a, zs + a);
        at += 8;
        break;
      case 6: // any map: number of qubits, qubits, rows
        at = mapPlanes(at, xs, zs);
        break;
      case 7: // channel: table, number of qubits, qubits
        applyChannel(tables + <usize>load<i32>(at, 4), at + 12, xs, zs);
        at += 12 + (<usize>load<i32>(at, 8) << 2);
        break;
      case 8: // measure into a plane (or none), given the reference's outcome
        if (load<i32>(at, 8) >= 0) copyPlane(planes + b, xs + a, load<i32>(at, 12));
        randomise(zs + a, PLANE);
        at += 16;
        break;
      case 9: // reset
        memory.fill(xs + a, 0, PLANE);
        randomise(zs + a, PLANE);
        at += 8;
        break;
      case 10: // misread a plane
        misread(planes + a, tables + <usize>load<i32>(at, 8), scratch);
        at += 12;
        break;
      case 11: // read a qubit into a plane and leave it
        copyPlane(planes + b, xs + a, load<i32>(at, 12));
        at += 16;
        break;
      case 12: // add a qubit's X (1) or Z (2) to a plane
        addPlane(planes + b, load<i32>(at, 12) == 1 ? xs + a : zs + a);
        at += 16;
        break;
      default:
        return;
    }
  }
}

function randomise(to: usize, bytes: usize): void {
  for (let o: usize = 0; o < bytes; o += 8) store<u64>(to + o, randomWord());
}

/** Output o of a gate takes input i (X of qubit 0, Z of qubit 0, X of qubit 1, …) where bit i of its row is 1. */
function mapPlanes(at: usize, xs: usize, zs: usize): usize {
  const count = load<i32>(at, 4);
  const wires = at + 8;
  const rows = wires + (<usize>count << 2);
  for (let o: usize = 0; o < PLANE; o += 16) {
    let i0 = i64x2.splat(0);
    let i1 = i0;
    let i2 = i0;
    let i3 = i0;
    let i4 = i0;
    let i5 = i0;
    const first = <usize>load<i32>(wires) * PLANE + o;
    i0 = v128.load(xs + first);
    i1 = v128.load(zs + first);
    if (count > 1) {
      const second = <usize>load<i32>(wires, 4) * PLANE + o;
      i2 = v128.load(xs + second);
      i3 = v128.load(zs + second);
    }
    if (count > 2) {
      const third = <usize>load<i32>(wires, 8) * PLANE + o;
      i4 = v128.load(xs + third);
      i5 = v128.load(zs + third);
    }
    for (let output = 0; output < 2 * count; output++) {
      const row = load<i32>(rows + (<usize>output << 2));
      let sum = v128.and(i0, i64x2.splat(-(<i64>(row & 1))));
      sum = v128.xor(sum, v128.and(i1, i64x2.splat(-(<i64>((row >> 1) & 1)))));
      sum = v128.xor(sum, v128.and(i2, i64x2.splat(-(<i64>((row >> 2) & 1)))));
      sum = v128.xor(sum, v128.and(i3, i64x2.splat(-(<i64>((row >> 3) & 1)))));
      sum = v128.xor(sum, v128.and(i4, i64x2.splat(-(<i64>((row >> 4) & 1)))));
      sum = v128.xor(sum, v128.and(i5, i64x2.splat(-(<i64>((row >> 5) & 1)))));
      const wire = <usize>load<i32>(wires + (<usize>(output >> 1) << 2)) * PLANE + o;
      v128.store((output & 1) == 0 ? xs + wire : zs + wire, sum);
    }
  }
  return rows + (<usize>count << 3);
}

/**
 * Errors of every shot; rare ones cost only as often as they happen. A table: the probability of any error as
 * 1/ln(1 − p), 0 where it is certain; how many there are; then each one's part of p, added up, and its string.
 */
function applyChannel(table: usize, wires: usize, xs: usize, zs: usize): void {
  const scale = load<f64>(table);
  for (let shot = skip(-1, scale); shot < SHOTS; shot = skip(shot, scale)) {
    const target = uniform();
    let entry = table + 16;
    const last = entry + (<usize>(load<i32>(table, 8) - 1) << 4);
    while (entry < last && load<f64>(entry) <= target) entry += 16;
    let error = load<i32>(entry, 8);
    let wire = wires;
    while (error != 0) {
      const at = <usize>load<i32>(wire) * PLANE;
      if ((error & 1) != 0) turn(xs + at, shot);
      if ((error & 2) != 0) turn(zs + at, shot);
      error >>= 2;
      wire += 4;
    }
  }
}

/** Readout error: by the scales of 0 read as 1 and of 1 read as 0; 1 where there is none. */
function misread(plane: usize, table: usize, scratch: usize): void {
  memory.copy(scratch, plane, PLANE);
  for (let value = 0; value < 2; value++) {
    const scale = load<f64>(table + (<usize>value << 3));
    if (scale > 0) continue;
    for (let shot = skip(-1, scale); shot < SHOTS; shot = skip(shot, scale)) {
      if (((load<u8>(scratch + <usize>(shot >> 3)) >> (shot & 7)) & 1) == value) turn(plane, shot);
    }
  }
}

/** The next shot that something of this scale happens to. */
function skip(shot: i32, scale: f64): i32 {
  if (scale == 0) return shot + 1;
  const missed = logarithm(1 - uniform()) * scale;
  return missed < <f64>SHOTS ? shot + 1 + <i32>missed : SHOTS;
}

function turn(plane: usize, shot: i32): void {
  const at = plane + <usize>(shot >> 3);
  store<u8>(at, load<u8>(at) ^ (<u8>1 << <u8>(shot & 7)));
}
