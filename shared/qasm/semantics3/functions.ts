import { AppError } from '../../base/errors.ts';
import type { Expression, MathFunction } from '../../circuit/expression.ts';
import { type Complex, complex, polar } from '../../math/complex.ts';
import type { Expression3 } from '../syntax3/nodes.ts';
import { codeOf, compileExpression, compileScalar, convertCode, formulaOf } from './code.ts';
import type { Memory } from './memory.ts';
import { binaryOperation } from './operators.ts';
import type { Code } from './program-steps.ts';
import type { Context } from './scope.ts';
import { compileSubroutineCall } from './subroutine-calls.ts';
import { floatType, intType, type ScalarType, uintType, wideInteger } from './types.ts';
import type { ArrayView, Scalar } from './values.ts';

type CallSyntax = Expression3 & { readonly kind: 'call' };

const realFunctions: ReadonlyMap<string, MathFunction> = new Map([
  ['arccos', 'arccos'],
  ['arcsin', 'arcsin'],
  ['arctan', 'arctan'],
  ['ceiling', 'ceiling'],
  ['cos', 'cos'],
  ['exp', 'exp'],
  ['floor', 'floor'],
  ['log', 'log'],
  ['sin', 'sin'],
  ['sqrt', 'sqrt'],
  ['tan', 'tan'],
]);

const compute: Readonly<Record<string, (x: number) => number>> = {
  arccos: Math.acos,
  arcsin: Math.asin,
  arctan: Math.atan,
  ceiling: Math.ceil,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  log: Math.log,
  sin: Math.sin,
  sqrt: Math.sqrt,
  tan: Math.tan,
};

/** Functions that every program knows. */
export const builtInFunctions: readonly string[] = [
  ...realFunctions.keys(),
  'imag',
  'mod',
  'popcount',
  'pow',
  'real',
  'rotl',
  'rotr',
  'sizeof',
];

/** A call inside an expression: a function of the language or a subroutine. */
export function compileCall(context: Context, syntax: CallSyntax): Code | null {
  const name = syntax.name.text;
  if (context.scope.find(name) !== null || !builtInFunctions.includes(name)) {
    return compileSubroutineCall(context, syntax);
  }
  if (name === 'sizeof') return compileSizeOf(context, syntax);
  const wanted = ['mod', 'pow', 'rotl', 'rotr'].includes(name) ? 2 : 1;
  if (!hasArguments(context, syntax, wanted, wanted)) return null;
  const codes = syntax.arguments.map((one) => compileScalar(context, one));
  const [first, second] = codes;
  if (first === null || first === undefined || second === null) return null;
  const real = realFunctions.get(name);
  if (real !== undefined) {
    return first.type.kind === 'complex'
      ? complexCall(context, syntax, name, first)
      : realCall(context, syntax, real, first);
  }
  switch (name) {
    case 'real':
    case 'imag':
      return partOf(context, syntax, first, name);
    case 'popcount':
      return popcount(context, syntax, first);
    case 'mod':
    case 'pow':
      return second === undefined ? null : arithmeticCall(context, syntax, name, first, second);
    default:
      return second === undefined ? null : rotation(context, syntax, first, second);
  }
}

type ScalarCode = Code & { readonly type: ScalarType };

function hasArguments(context: Context, syntax: CallSyntax, least: number, most: number): boolean {
  const came = syntax.arguments.length;
  if (came >= least && came <= most) return true;
  const count = least === most ? String(least) : `${least} or ${most}`;
  const message = `“${syntax.name.text}” takes ${count} arguments, but ${came} came.`;
  context.reporter.error('wrong-parameter-count', message, syntax);
  return false;
}

function realCall(
  context: Context,
  syntax: CallSyntax,
  name: MathFunction,
  argument: ScalarCode,
): Code | null {
  const converted = convertCode(context, argument, floatType);
  const apply = compute[name];
  if (converted === null || apply === undefined) return null;
  const formula = (memory: Memory): Expression => ({
    kind: 'call',
    name,
    arguments: [formulaOf(converted, floatType, memory)],
  });
  const run = (memory: Memory): number => apply(converted.run(memory) as number);
  return codeOf(syntax, floatType, run, [converted], formula);
}

/** Functions that are defined on the whole complex plane. */
function complexCall(
  context: Context,
  syntax: CallSyntax,
  name: string,
  argument: ScalarCode,
): Code | null {
  const apply = complexFunctions[name];
  if (apply === undefined) {
    const message = `“${name}” takes a real number; take real(…) or imag(…) first.`;
    return context.reporter.error('wrong-type', message, syntax);
  }
  const run = (memory: Memory): Scalar => apply(argument.run(memory) as Complex);
  return codeOf(syntax, argument.type, run, [argument]);
}

const complexFunctions: Readonly<Record<string, (z: Complex) => Complex>> = {
  exp: ({ re, im }) => polar(Math.exp(re), im),
  log: ({ re, im }) => complex(Math.log(Math.hypot(re, im)), Math.atan2(im, re)),
  sqrt: ({ re, im }) => polar(Math.sqrt(Math.hypot(re, im)), Math.atan2(im, re) / 2),
  sin: ({ re, im }) => complex(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im)),
  cos: ({ re, im }) => complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im)),
};

function partOf(
  context: Context,
  syntax: CallSyntax,
  argument: ScalarCode,
  part: 'real' | 'imag',
): Code | null {
  const width = argument.type.kind === 'complex' ? argument.type.width : 64;
  const converted = convertCode(context, argument, { kind: 'complex', width });
  if (converted === null) return null;
  const run = (memory: Memory): number => {
    const value = converted.run(memory) as { re: number; im: number };
    return part === 'real' ? value.re : value.im;
  };
  return codeOf(syntax, { kind: 'float', width }, run, [converted]);
}

function popcount(context: Context, syntax: CallSyntax, argument: ScalarCode): Code | null {
  const { kind } = argument.type;
  if (kind !== 'bit' && kind !== 'uint' && kind !== 'int') {
    return context.reporter.error('wrong-type', 'popcount counts the ones of bits.', syntax);
  }
  const width = Math.max('width' in argument.type ? argument.type.width : 1, 1);
  const run = (memory: Memory): bigint => {
    const bits = BigInt.asUintN(width, argument.run(memory) as bigint).toString(2);
    return BigInt(bits.replaceAll('0', '').length);
  };
  return codeOf(syntax, uintType, run, [argument]);
}

function arithmeticCall(
  context: Context,
  syntax: CallSyntax,
  name: 'mod' | 'pow',
  first: ScalarCode,
  second: ScalarCode,
): Code | null {
  const isFraction = typeof second.constant === 'bigint' && second.constant < 0n;
  const exponent = name === 'pow' && isFraction ? convertCode(context, second, floatType) : second;
  if (exponent === null) return null;
  const operation = binaryOperation(
    name === 'mod' ? '%' : '**',
    first.type,
    exponent.type as ScalarType,
  );
  if (operation === null) {
    return context.reporter.error('wrong-type', `“${name}” does not work on these types.`, syntax);
  }
  const run = (memory: Memory): Scalar =>
    operation.apply(first.run(memory) as Scalar, exponent.run(memory) as Scalar);
  try {
    return codeOf(syntax, operation.type, run, [first, exponent]);
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    return context.reporter.error('not-computable', fault.message, syntax);
  }
}

function rotation(
  context: Context,
  syntax: CallSyntax,
  bits: ScalarCode,
  by: ScalarCode,
): Code | null {
  const { type } = bits;
  const distance = convertCode(context, by, wideInteger(by.type));
  if ((type.kind !== 'bit' && type.kind !== 'uint') || type.width < 1 || distance === null) {
    return context.reporter.error('wrong-type', 'Only bits can be rotated.', syntax);
  }
  const width = BigInt(type.width);
  const sign = syntax.name.text === 'rotl' ? 1n : -1n;
  const run = (memory: Memory): bigint => {
    const raw = (distance.run(memory) as bigint) * sign;
    const places = ((raw % width) + width) % width;
    const value = bits.run(memory) as bigint;
    return BigInt.asUintN(type.width, (value << places) | (value >> (width - places)));
  };
  return codeOf(syntax, type, run, [bits, distance]);
}

function compileSizeOf(context: Context, syntax: CallSyntax): Code | null {
  if (!hasArguments(context, syntax, 1, 2)) return null;
  const [first, second] = syntax.arguments;
  const array = first === undefined ? null : compileExpression(context, first);
  if (array === null) return null;
  const { type } = array;
  if (type.kind !== 'array') {
    return context.reporter.error('wrong-type', 'sizeof takes an array.', syntax);
  }
  const given = second === undefined ? null : compileScalar(context, second);
  const dimension = given === null ? null : convertCode(context, given, intType);
  if (second !== undefined && dimension === null) return null;
  const sizeIn = (shape: readonly number[], memory: Memory): bigint => {
    const at = Number((dimension?.run(memory) ?? 0n) as bigint);
    const size = shape[at];
    if (size !== undefined) return BigInt(size);
    throw new AppError('bad-input', `The array has no dimension ${at}; it has ${shape.length}.`);
  };
  const { shape } = type;
  try {
    if (shape !== null) {
      const inputs = dimension === null ? [] : [dimension];
      return codeOf(syntax, uintType, (memory) => sizeIn(shape, memory), inputs);
    }
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    return context.reporter.error('index-out-of-range', fault.message, syntax);
  }
  return codeOf(syntax, uintType, (memory) =>
    sizeIn((array.run(memory) as ArrayView).shape, memory),
  );
}
