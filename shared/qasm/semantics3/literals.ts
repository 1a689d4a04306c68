import { type Expression, numberOf } from '../../circuit/expression.ts';
import type { Expression3 } from '../syntax3/nodes.ts';
import type { Token } from '../syntax/tokens.ts';
import { codeOf } from './code.ts';
import type { Code } from './program-steps.ts';
import type { Context } from './scope.ts';
import { maximumWidth } from './type-syntax.ts';
import { bitsType, boolType, complexType, durationType, floatType, intType } from './types.ts';
import type { Scalar } from './values.ts';

/** Seconds. A dt is a machine's own; without one it counts as a nanosecond. */
const units: Readonly<Record<string, number>> = {
  dt: 1e-9,
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
};

/** Digits that may say a number of `maximumWidth` bits, by base. */
const mostDigits: readonly (readonly [RegExp, number])[] = [
  [/^0[xX]0*/, Math.ceil(maximumWidth / 4)],
  [/^0[oO]0*/, Math.ceil(maximumWidth / 3)],
  [/^0[bB]0*/, maximumWidth],
  [/^"/, maximumWidth + 1],
  [/^0*/, Math.ceil(maximumWidth * Math.log10(2))],
];

/** Longer numbers fit into no variable; working them out would take long. */
function isTooLong(text: string): boolean {
  const [prefix, most] = mostDigits.find(([start]) => start.test(text)) as (typeof mostDigits)[0];
  return text.replace(prefix, '').length > most;
}

export function compileLiteral(
  context: Context,
  syntax: Expression3 & { kind: 'literal' },
): Code | null {
  const { token } = syntax;
  const make = (type: Parameters<typeof codeOf>[1], value: Scalar, formula?: Expression): Code =>
    codeOf(syntax, type, () => value, [], formula === undefined ? undefined : () => formula);
  const text = token.text.replaceAll('_', '');
  if ((token.kind === 'integer' || token.kind === 'bits') && isTooLong(text)) {
    const message = `This number has ${text.length} characters. A number or a bit string may have at most ${maximumWidth} bits.`;
    return context.reporter.error('number-too-long', message, syntax);
  }
  switch (token.kind) {
    case 'integer': {
      const value = integerOf(text);
      if (value === null) return null;
      const width = value.toString(2).length;
      const type = width < 64 ? intType : ({ kind: 'uint', width: Math.max(64, width) } as const);
      return make(type, value, writtenNumber(Number(value), token));
    }
    case 'real':
      return make(floatType, Number(text), writtenNumber(Number(text), token));
    case 'imaginary':
      return make(complexType, { re: 0, im: Number.parseFloat(text) });
    case 'duration': {
      const unit = /[a-zµμ]+$/u.exec(text)?.[0] ?? 's';
      return make(durationType, Number.parseFloat(text) * (units[unit] ?? 1));
    }
    case 'bits': {
      const bits = text.slice(1, -1);
      return make(bitsType(bits.length), BigInt(`0b${bits}`));
    }
    default:
      return make(boolType, token.text === 'true');
  }
}

/** The value of an integer in any base; null for one that was reported as malformed. */
function integerOf(text: string): bigint | null {
  try {
    return BigInt(text.replace(/^0([XB])/, (_, base: string) => `0${base.toLowerCase()}`));
  } catch {
    return null;
  }
}

/** Keeps the writing of a number where it is not the shortest one, so that printing gives it back. */
function writtenNumber(value: number, token: Token): Expression {
  const { text } = token;
  const isPlain = /^[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?$/.test(text) && !/^0[0-9]/.test(text);
  return isPlain && String(value) !== text ? { kind: 'number', value, text } : numberOf(value);
}
