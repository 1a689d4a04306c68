import { AppError } from '../../base/errors.ts';
import { add, type Complex, multiply } from '../../math/complex.ts';
import type { BinaryOperator } from '../syntax3/nodes.ts';
import {
  bitType,
  boolType,
  commonType,
  defaultWidth,
  floatType,
  type ScalarType,
  wideInteger,
} from './types.ts';
import { angleOf, conversion, realOf, type Scalar, wrap } from './values.ts';

type Apply = (left: Scalar, right: Scalar) => Scalar;

/** What an operator makes of two types: the result's type and the operation; null where nothing. */
export function binaryOperation(
  operator: BinaryOperator,
  left: ScalarType,
  right: ScalarType,
): { readonly type: ScalarType; readonly apply: Apply } | null {
  switch (operator) {
    case '==':
    case '!=':
    case '<':
    case '>':
    case '<=':
    case '>=':
      return comparison(operator, left, right);
    case '&':
    case '|':
    case '^':
      return bitwise(operator, left, right);
    case '<<':
    case '>>':
      return shift(operator, left, right);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '**':
      return arithmetic(operator, left, right);
    case '&&':
    case '||':
    case '++':
      return null;
  }
}

/** The operation on operands that were converted to one type before. */
function inType(
  left: ScalarType,
  right: ScalarType,
  common: ScalarType,
  apply: Apply,
): Apply | null {
  const a = conversion(left, common);
  const b = conversion(right, common);
  return a === null || b === null ? null : (x, y) => apply(a(x), b(y));
}

function comparison(
  operator: '==' | '!=' | '<' | '>' | '<=' | '>=',
  left: ScalarType,
  right: ScalarType,
) {
  const common = commonType(left, right);
  if (common === null) return null;
  if (common.kind === 'complex' && operator !== '==' && operator !== '!=') return null;
  const apply = inType(left, right, common, (a, b) => compare(operator, a, b));
  return apply === null ? null : { type: boolType, apply };
}

function compare(operator: string, a: Scalar, b: Scalar): boolean {
  if (typeof a === 'object' && typeof b === 'object') {
    return (a.re === b.re && a.im === b.im) === (operator === '==');
  }
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    default:
      return a >= b;
  }
}

function bitwise(operator: '&' | '|' | '^', left: ScalarType, right: ScalarType) {
  const isBits = left.kind === 'bit' && right.kind === 'bit';
  if (isBits && left.width !== right.width && left.width > 0 && right.width > 0) return null;
  const common = isBits ? left : commonType(left, right);
  if (common === null) return null;
  const onBooleans = common.kind === 'bool';
  if (!['bool', 'bit', 'int', 'uint', 'angle'].includes(common.kind)) return null;
  const type = onBooleans ? bitType : common;
  const apply = inType(left, right, type, (a, b) => {
    const [x, y] = [a as bigint, b as bigint];
    if (operator === '&') return x & y;
    return wrap(operator === '|' ? x | y : x ^ y, type);
  });
  return apply === null
    ? null
    : { type: onBooleans ? boolType : type, apply: boolean(apply, onBooleans) };
}

function boolean(apply: Apply, isBoolean: boolean): Apply {
  return isBoolean ? (a, b) => apply(a, b) === 1n : apply;
}

function shift(operator: '<<' | '>>', left: ScalarType, right: ScalarType) {
  const places = conversion(right, wideInteger(right));
  const isShiftable = left.kind === 'bit' || left.kind === 'uint' || left.kind === 'int';
  if (!(isShiftable || left.kind === 'angle') || places === null || right.kind === 'float')
    return null;
  const width = BigInt(Math.max('width' in left ? left.width : 0, 0) || 1 << 16);
  const apply: Apply = (value, by) => {
    const count = places(by) as bigint;
    if (count < 0n) throw new AppError('bad-input', `Bits cannot be shifted by ${count} places.`);
    const bounded = count > width ? width : count;
    if (operator === '>>') return (value as bigint) >> bounded;
    return wrap((value as bigint) << bounded, left);
  };
  return { type: left, apply };
}

type Arithmetic = '+' | '-' | '*' | '/' | '%' | '**';

function arithmetic(operator: Arithmetic, left: ScalarType, right: ScalarType) {
  if (isTime(left) || isTime(right)) {
    return onTimes(operator, left, right);
  }
  if (left.kind === 'angle' || right.kind === 'angle') return onAngles(operator, left, right);
  const met = commonType(left, right);
  if (met === null || met.kind === 'duration' || met.kind === 'stretch') return null;
  const common: ScalarType = met.kind === 'bool' ? { kind: 'uint', width: defaultWidth } : met;
  let apply: Apply | null = null;
  if (common.kind === 'complex') {
    if (operator !== '%')
      apply = inType(left, right, common, (a, b) =>
        onComplex(operator, a as Complex, b as Complex),
      );
  } else if (common.kind === 'float') {
    const round = common.width <= 32 ? Math.fround : (x: number) => x;
    apply = inType(left, right, common, (a, b) =>
      round(onReals(operator, a as number, b as number)),
    );
  } else {
    apply = inType(left, right, common, (a, b) =>
      onIntegers(operator, a as bigint, b as bigint, common),
    );
  }
  return apply === null ? null : { type: common, apply };
}

function onReals(operator: Arithmetic, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
  }
}

function onIntegers(operator: Arithmetic, a: bigint, b: bigint, type: ScalarType): bigint {
  switch (operator) {
    case '+':
      return wrap(a + b, type);
    case '-':
      return wrap(a - b, type);
    case '*':
      return wrap(a * b, type);
    case '/':
    case '%':
      if (b === 0n) throw new AppError('bad-input', 'An integer is divided by zero.');
      return wrap(operator === '/' ? a / b : a % b, type);
    case '**':
      return powerOf(a, b, type);
  }
}

/** Wraps at every step, so that no exponent makes a number of a million digits. */
function powerOf(base: bigint, exponent: bigint, type: ScalarType): bigint {
  if (exponent < 0n) {
    if (base === 0n) throw new AppError('bad-input', 'Zero has no negative power.');
    if (base === 1n) return 1n;
    return base === -1n ? (exponent % 2n === 0n ? 1n : -1n) : 0n;
  }
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = wrap(result * square, type);
    square = wrap(square * square, type);
  }
  return result;
}

function onComplex(operator: Arithmetic, a: Complex, b: Complex): Complex {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return { re: a.re - b.re, im: a.im - b.im };
    case '*':
      return multiply(a, b);
    case '/': {
      const size = b.re * b.re + b.im * b.im;
      const product = multiply(a, { re: b.re, im: -b.im });
      return { re: product.re / size, im: product.im / size };
    }
    default: {
      const radius = Math.hypot(a.re, a.im);
      if (radius === 0) return { re: b.re === 0 && b.im === 0 ? 1 : 0, im: 0 };
      const [logarithm, argument] = [Math.log(radius), Math.atan2(a.im, a.re)];
      const size = Math.exp(b.re * logarithm - b.im * argument);
      const phase = b.re * argument + b.im * logarithm;
      return { re: size * Math.cos(phase), im: size * Math.sin(phase) };
    }
  }
}

function isTime(type: ScalarType): boolean {
  return type.kind === 'duration' || type.kind === 'stretch';
}

function onTimes(operator: Arithmetic, left: ScalarType, right: ScalarType) {
  const real = (type: ScalarType) => (value: Scalar) => realOf(value, type);
  const [a, b] = [real(left), real(right)];
  const type: ScalarType = { kind: 'duration' };
  if (isTime(left) && isTime(right)) {
    if (operator === '/')
      return { type: floatType, apply: ((x, y) => a(x) / b(y)) satisfies Apply };
    if (operator !== '+' && operator !== '-') return null;
    return {
      type,
      apply: ((x, y) => (operator === '+' ? a(x) + b(y) : a(x) - b(y))) satisfies Apply,
    };
  }
  if (operator === '*') {
    return { type, apply: ((x, y) => endingTime(a(x) * b(y))) satisfies Apply };
  }
  if (operator !== '/' || !isTime(left)) return null;
  return { type, apply: ((x, y) => endingTime(a(x) / b(y))) satisfies Apply };
}

/** No time lasts for ever; one that is not known yet is not a number and stays so. */
function endingTime(seconds: number): number {
  if (Math.abs(seconds) !== Number.POSITIVE_INFINITY) return seconds;
  throw new AppError('bad-input', 'A time is divided by zero or multiplied beyond all bounds.');
}

function onAngles(operator: Arithmetic, left: ScalarType, right: ScalarType) {
  const common = commonType(left, right);
  if (common === null || common.kind !== 'angle') return null;
  const both = left.kind === 'angle' && right.kind === 'angle';
  const isWhole = (type: ScalarType): boolean => ['int', 'uint', 'bit', 'bool'].includes(type.kind);
  if (both && operator === '/') {
    const type: ScalarType = { kind: 'uint', width: common.width };
    const apply = inType(left, right, common, (a, b) =>
      onIntegers('/', a as bigint, b as bigint, type),
    );
    return apply === null ? null : { type, apply };
  }
  if (operator === '+' || operator === '-') {
    const apply = inType(left, right, common, (a, b) =>
      onIntegers(operator, a as bigint, b as bigint, common),
    );
    return apply === null ? null : { type: common, apply };
  }
  if (!both && (operator === '*' || (operator === '/' && left.kind === 'angle'))) {
    const factor = left.kind === 'angle' ? right : left;
    const apply: Apply = (x, y) => {
      const [angle, by] = left.kind === 'angle' ? [x, y] : [y, x];
      if (isWhole(factor))
        return onIntegers(operator, angle as bigint, BigInt(by as bigint), common);
      const radians = onReals(operator, realOf(angle, common), realOf(by, factor));
      return angleOf(radians, common.width);
    };
    return { type: common, apply };
  }
  return null;
}
