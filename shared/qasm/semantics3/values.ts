import { AppError } from '../../base/errors.ts';
import { type Complex, complex } from '../../math/complex.ts';
import type { ScalarType } from './types.ts';

/**
 * Values of variables. Integers, bits and angles are non-negative or signed bigints within their
 * width (an angle counts in units of a turn / 2^width); floats and durations (seconds) are numbers.
 */
export type Scalar = bigint | number | boolean | Complex;

/** The items of an array, row by row. Changed in place by the memory that owns it. */
export interface ArrayData {
  readonly items: Scalar[];
}

/** A part of the array in a slot: item (i, j, …) stands at offset + i·strides[0] + j·strides[1] + … */
export interface ArrayView {
  readonly slot: number;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

const turn = 2 * Math.PI;

export function wrap(value: bigint, type: ScalarType): bigint {
  if (type.kind === 'int') return BigInt.asIntN(type.width, value);
  if (type.kind === 'uint' || type.kind === 'angle' || type.kind === 'bit') {
    return type.width < 0 ? value : BigInt.asUintN(type.width, value);
  }
  return value;
}

/** How values of one type become values of another; null where they cannot. */
export function conversion(from: ScalarType, to: ScalarType): ((value: Scalar) => Scalar) | null {
  if (from.kind === to.kind && !('width' in to && 'width' in from && from.width !== to.width)) {
    return same;
  }
  if (isTime(from) || isTime(to)) return isTime(from) && isTime(to) ? same : null;
  switch (to.kind) {
    case 'bool':
      return (value) =>
        typeof value === 'object' ? value.re !== 0 || value.im !== 0 : Boolean(value);
    case 'complex':
      return (value) => (typeof value === 'object' ? value : complex(toReal(value, from)));
    case 'float':
      if (from.kind === 'complex') return null;
      return (value) => rounded(toReal(value as bigint, from), to.width);
    case 'angle':
      return toAngle(from, to);
    case 'bit':
      // The specification's table of casts: a float has no bits to give.
      return from.kind === 'float' ? null : toInteger(from, to);
    case 'int':
    case 'uint':
      return toInteger(from, to);
    default:
      return null;
  }
}

function same(value: Scalar): Scalar {
  return value;
}

function isTime(type: ScalarType): boolean {
  return type.kind === 'duration' || type.kind === 'stretch';
}

function toReal(value: bigint | number | boolean, from: ScalarType): number {
  if (from.kind === 'angle') return (Number(value) / 2 ** from.width) * turn;
  return Number(value);
}

function rounded(value: number, width: number): number {
  return width <= 32 ? Math.fround(value) : value;
}

type WithWidth = ScalarType & { readonly width: number };

function toAngle(from: ScalarType, to: WithWidth): ((value: Scalar) => Scalar) | null {
  switch (from.kind) {
    case 'complex':
      return null;
    case 'angle': {
      const shift = BigInt(to.width - from.width);
      return (value) =>
        wrap(shift >= 0n ? (value as bigint) << shift : (value as bigint) >> -shift, to);
    }
    case 'bit':
      return (value) => wrap(value as bigint, to);
    default:
      return (value) => angleOf(Number(value), to.width);
  }
}

/** The nearest angle; ties away from zero do not matter at these widths. */
export function angleOf(radians: number, width: number): bigint {
  const turns = radians / turn - Math.floor(radians / turn);
  if (!Number.isFinite(turns)) {
    throw new AppError('bad-input', `An angle must be a finite number; got ${radians}.`);
  }
  const precision = Math.min(width, 52);
  const units = BigInt(Math.round(turns * 2 ** precision));
  return BigInt.asUintN(width, units << BigInt(width - precision));
}

function toInteger(from: ScalarType, to: WithWidth): ((value: Scalar) => Scalar) | null {
  switch (from.kind) {
    case 'complex':
      return null;
    case 'float':
      return (value) => {
        if (!Number.isFinite(value as number)) {
          throw new AppError('bad-input', `${value as number} cannot become an integer.`);
        }
        return wrap(BigInt(Math.trunc(value as number)), to);
      };
    default:
      return (value) => wrap(BigInt(value as bigint | boolean), to);
  }
}

/** Radians of an angle, or the number itself. */
export function realOf(value: Scalar, type: ScalarType): number {
  if (typeof value === 'object') return value.re;
  return toReal(value, type);
}
