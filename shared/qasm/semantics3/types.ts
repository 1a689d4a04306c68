import { unreachable } from '../../base/assert.ts';

/** Widths of types that are written without one. */
export const defaultWidth = 64;

export type ScalarType =
  /** `isRegister` false: one bit, which has no index. Width -1: known only when it runs. */
  | { readonly kind: 'bit'; readonly width: number; readonly isRegister: boolean }
  | {
      readonly kind: 'int' | 'uint' | 'angle' | 'float' | 'complex';
      readonly width: number;
    }
  | { readonly kind: 'bool' | 'duration' | 'stretch' };

export interface ArrayType {
  readonly kind: 'array';
  readonly item: ScalarType;
  readonly rank: number;
  /** Null where the sizes are those of the caller's array. */
  readonly shape: readonly number[] | null;
  readonly isReadonly: boolean;
}

interface QubitType {
  readonly kind: 'qubit';
  readonly width: number;
  readonly isRegister: boolean;
}

export type Type = ScalarType | ArrayType | QubitType | { readonly kind: 'void' };

export const boolType: ScalarType = { kind: 'bool' };
export const bitType: ScalarType = { kind: 'bit', width: 1, isRegister: false };
export const intType: ScalarType = { kind: 'int', width: defaultWidth };
export const uintType: ScalarType = { kind: 'uint', width: defaultWidth };
export const floatType: ScalarType = { kind: 'float', width: 64 };
export const complexType: ScalarType = { kind: 'complex', width: 64 };
export const durationType: ScalarType = { kind: 'duration' };
export const voidType: Type = { kind: 'void' };

export function bitsType(width: number): ScalarType {
  return { kind: 'bit', width, isRegister: true };
}

/** Signed integers that hold every value of these types as it is. */
export function wideInteger(...types: readonly Type[]): ScalarType {
  const widths = types.map((type) => ('width' in type ? type.width + 1 : 0));
  return { kind: 'int', width: Math.max(defaultWidth, ...widths) };
}

export function isScalar(type: Type): type is ScalarType {
  return type.kind !== 'array' && type.kind !== 'qubit' && type.kind !== 'void';
}

/** Types whose single bits can be read and written. */
export function hasBits(type: Type): type is ScalarType & { readonly width: number } {
  if (type.kind === 'bit') return type.isRegister;
  return type.kind === 'int' || type.kind === 'uint' || type.kind === 'angle';
}

/** The type as it is written in a program. */
export function nameOfType(type: Type): string {
  switch (type.kind) {
    case 'bool':
    case 'duration':
    case 'stretch':
      return type.kind;
    case 'void':
      return 'no value';
    case 'bit':
    case 'qubit':
      return type.isRegister ? `${type.kind}[${type.width < 0 ? '…' : type.width}]` : type.kind;
    case 'int':
    case 'uint':
    case 'angle':
    case 'float':
      return `${type.kind}[${type.width}]`;
    case 'complex':
      return `complex[float[${type.width}]]`;
    case 'array': {
      const shape = type.shape === null ? `#dim=${type.rank}` : type.shape.join(', ');
      return `array[${nameOfType(type.item)}, ${shape}]`;
    }
    default:
      return unreachable(type);
  }
}

const ranks = { bool: 0, bit: 1, uint: 2, int: 2, angle: 3, float: 4, complex: 5 } as const;

/** The type in which two operands meet; null where they do not. */
export function commonType(a: ScalarType, b: ScalarType): ScalarType | null {
  const [left, right] = [numeric(a), numeric(b)];
  if (left.kind === 'duration' || right.kind === 'duration') {
    return left.kind === right.kind ? durationType : null;
  }
  if (left.kind === 'stretch' || right.kind === 'stretch') return null;
  if (left.kind === 'angle' || right.kind === 'angle') return withAngle(left, right);
  if (left.kind === 'bool' && right.kind === 'bool') return boolType;
  const [low, high] = ranks[left.kind] <= ranks[right.kind] ? [left, right] : [right, left];
  const widths = 'width' in low && low.kind === high.kind ? low.width : 0;
  switch (high.kind) {
    case 'complex':
    case 'float':
      return { kind: high.kind, width: Math.max(high.width, widths) };
    case 'int':
    case 'uint':
      return low.kind === 'int' || low.kind === 'uint' ? mixed(low, high) : high;
    default:
      return high;
  }
}

/** Bits count as unsigned integers in arithmetic. */
function numeric(type: ScalarType): ScalarType {
  if (type.kind === 'stretch') return durationType;
  if (type.kind !== 'bit') return type;
  return { kind: 'uint', width: type.width < 0 ? defaultWidth : type.width };
}

function withAngle(a: ScalarType, b: ScalarType): ScalarType | null {
  if (a.kind === 'complex' || b.kind === 'complex') return null;
  if (a.kind === 'angle' && b.kind === 'angle') return a.width >= b.width ? a : b;
  return a.kind === 'angle' ? a : b;
}

/** As in C99: the wider one; of two equally wide ones the unsigned one. */
function mixed(a: ScalarType & { width: number }, b: ScalarType & { width: number }): ScalarType {
  if (a.kind === b.kind) return a.width >= b.width ? a : b;
  const [unsigned, signed] = a.kind === 'uint' ? [a, b] : [b, a];
  return signed.width > unsigned.width ? signed : unsigned;
}
