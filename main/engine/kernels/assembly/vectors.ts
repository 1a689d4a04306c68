import { F32, RELAXED, real } from './variant';

/** Bytes of a number. */
@inline
export const BYTES: i32 = F32 ? 4 : 8;
/** Lowest qubits, whose amplitudes lie within one vector. */
@inline
export const LANE_BITS: i32 = F32 ? 2 : 1;
@inline
export const BYTE_BITS: i32 = F32 ? 2 : 3;

@inline
export function splat(x: f64): v128 {
  if (F32) return f32x4.splat(<f32>x);
  return f64x2.splat(x);
}

@inline
export function add(a: v128, b: v128): v128 {
  if (F32) return f32x4.add(a, b);
  return f64x2.add(a, b);
}

@inline
export function sub(a: v128, b: v128): v128 {
  if (F32) return f32x4.sub(a, b);
  return f64x2.sub(a, b);
}

@inline
export function mul(a: v128, b: v128): v128 {
  if (F32) return f32x4.mul(a, b);
  return f64x2.mul(a, b);
}

/** a·b + c */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (RELAXED) {
    if (F32) return f32x4.relaxed_madd(a, b, c);
    return f64x2.relaxed_madd(a, b, c);
  }
  return add(mul(a, b), c);
}

/** c − a·b */
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (RELAXED) {
    if (F32) return f32x4.relaxed_nmadd(a, b, c);
    return f64x2.relaxed_nmadd(a, b, c);
  }
  return sub(c, mul(a, b));
}

/** Lanes whose numbers differ by these bits change places. */
@inline
export function flipLanes(v: v128, bits: i32): v128 {
  if (bits == 0) return v;
  if (F32) {
    if (bits == 1) return v128.shuffle<f32>(v, v, 1, 0, 3, 2);
    if (bits == 2) return v128.shuffle<f32>(v, v, 2, 3, 0, 1);
    return v128.shuffle<f32>(v, v, 3, 2, 1, 0);
  }
  return v128.shuffle<f64>(v, v, 1, 0);
}

/** A zero put in at the place of a mask of all bits below it; all ones leaves x as it is. */
@inline
export function widen(x: u32, below: u32): u32 {
  return ((x & ~below) << 1) | (x & below);
}

@inline
export function numberAt(address: usize): f64 {
  return <f64>load<real>(address);
}

@inline
export function putNumber(address: usize, value: f64): void {
  store<real>(address, <real>value);
}

/** An address anywhere in memory, kept as a multiple of 64; all others are below 4 GiB. */
@inline
export function farAt(at: usize): usize {
  return (<usize>load<u32>(at)) << 6;
}
