import type { Expression3, TypeSyntax } from '../syntax3/nodes.ts';
import { compileExpression } from './code.ts';
import type { Context } from './scope.ts';
import { defaultWidth, isScalar, type ScalarType, type Type } from './types.ts';

/** Wider numbers, larger registers and longer arrays are refused: nothing here could hold them. */
export const maximumWidth = 65_536;
const maximumItems = 1_000_000;
const maximumRank = 7;

/** An integer that is known when the program is read; null with a problem where it is none. */
export function constantInteger(
  context: Context,
  syntax: Expression3,
  what: string,
): number | null {
  const code = compileExpression(context, syntax);
  if (code === null) return null;
  const { constant } = code;
  if (constant === undefined) {
    const message = `${what} must be known before the program runs. Use a number or a “const”.`;
    return context.reporter.error('not-constant', message, syntax);
  }
  const isWhole = typeof constant === 'bigint' || Number.isInteger(constant);
  if (isWhole) return Number(constant);
  const message = `${what} must be a whole number.`;
  return context.reporter.error('wrong-type', message, syntax);
}

/** A size: a positive constant that is not too large. */
export function sizeOf(
  context: Context,
  syntax: Expression3,
  what: string,
  most = maximumWidth,
): number | null {
  const size = constantInteger(context, syntax, what);
  if (size === null) return null;
  if (size >= 1 && size <= most) return size;
  const code = size < 1 ? 'empty-register' : 'register-too-large';
  const message = `${what} goes from 1 to ${most}; ${size} came.`;
  return context.reporter.error(code, message, syntax);
}

export function resolveScalarType(context: Context, syntax: TypeSyntax): ScalarType | null {
  const type = resolveType(context, syntax);
  return type !== null && isScalar(type) ? type : null;
}

/** The type that is written; null with a problem where a size in it is wrong. */
export function resolveType(context: Context, syntax: TypeSyntax): Type | null {
  const { name } = syntax;
  const written = syntax.width;
  const width = written === null ? null : sizeOf(context, written, `The size of a ${name}`);
  if (written !== null && width === null) return null;
  switch (name) {
    case 'bit':
    case 'qubit':
      return { kind: name, width: width ?? 1, isRegister: written !== null };
    case 'int':
    case 'uint':
    case 'angle':
      return { kind: name, width: width ?? defaultWidth };
    case 'float':
      return floatOf(context, syntax, width);
    case 'complex': {
      const base = syntax.base === null ? null : resolveScalarType(context, syntax.base);
      if (syntax.base !== null && base === null) return null;
      return { kind: 'complex', width: base !== null && 'width' in base ? base.width : 64 };
    }
    case 'array':
      return arrayOf(context, syntax);
    default:
      return { kind: name as 'bool' | 'duration' | 'stretch' };
  }
}

function floatOf(context: Context, syntax: TypeSyntax, width: number | null): Type {
  if (width !== null && width > 64) {
    context.reporter.lint(
      'float-width',
      `Floats are computed with 64 bits; the ${width} asked for are not kept.`,
      syntax,
    );
  }
  return { kind: 'float', width: width ?? 64 };
}

function arrayOf(context: Context, syntax: TypeSyntax): Type | null {
  const item = syntax.base === null ? null : resolveScalarType(context, syntax.base);
  const isReadonly = syntax.access === 'readonly';
  if (syntax.dimensions !== null) {
    const rank = sizeOf(context, syntax.dimensions, 'The number of dimensions', maximumRank);
    if (item === null || rank === null) return null;
    return { kind: 'array', item, rank, shape: null, isReadonly };
  }
  const shape: number[] = [];
  for (const one of syntax.shape) {
    const size = sizeOf(context, one, 'The size of an array', maximumItems);
    if (size === null) return null;
    shape.push(size);
  }
  if (item === null) return null;
  if (shape.length > maximumRank || shape.reduce((all, size) => all * size, 1) > maximumItems) {
    const message = `An array has at most ${maximumRank} dimensions and ${maximumItems} items.`;
    return context.reporter.error('array-too-large', message, syntax);
  }
  return { kind: 'array', item, rank: shape.length, shape, isReadonly };
}
