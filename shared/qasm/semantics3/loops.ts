import { AppError } from '../../base/errors.ts';
import type { Expression3 } from '../syntax3/nodes.ts';
import { compileExpression, compileScalar, convertCode } from './code.ts';
import { itemsOf, type Memory } from './memory.ts';
import type { Code } from './program-steps.ts';
import type { Context } from './scope.ts';
import { isScalar, nameOfType, type ScalarType, wideInteger } from './types.ts';
import { type ArrayView, conversion, type Scalar } from './values.ts';

type Values = (memory: Memory) => Iterable<Scalar>;

/** What a loop runs over, in the type of its variable. */
export function loopValues(context: Context, syntax: Expression3, type: ScalarType): Values | null {
  if (syntax.kind === 'range') return rangeValues(context, syntax, type);
  if (syntax.kind === 'set') return setValues(context, syntax, type);
  const code = compileExpression(context, syntax);
  if (code === null) return null;
  const source = code.type;
  if (source.kind === 'array' && source.rank === 1) {
    const convert = conversion(source.item, type);
    if (convert !== null) {
      return (memory) => itemsOf(memory, code.run(memory) as ArrayView).map(convert);
    }
  }
  if (source.kind === 'bit' && source.isRegister) {
    const convert = conversion({ kind: 'bit', width: 1, isRegister: false }, type);
    if (convert !== null) {
      return (memory) => {
        const value = code.run(memory) as bigint;
        return Array.from({ length: source.width }, (_, i) => convert((value >> BigInt(i)) & 1n));
      };
    }
  }
  const message = `A loop of ${nameOfType(type)} cannot run over ${nameOfType(source)}.`;
  return context.reporter.error('wrong-type', message, syntax);
}

function setValues(
  context: Context,
  syntax: Expression3 & { kind: 'set' },
  type: ScalarType,
): Values | null {
  const codes: Code[] = [];
  for (const item of syntax.items) {
    const code = compileScalar(context, item);
    const value = code === null ? null : convertCode(context, code, type);
    if (value === null) return null;
    codes.push(value);
  }
  return (memory) => codes.map((code) => code.run(memory) as Scalar);
}

function rangeValues(
  context: Context,
  syntax: Expression3 & { kind: 'range' },
  type: ScalarType,
): Values | null {
  const parts = [syntax.from, syntax.to, syntax.step];
  const codes: (Code | null)[] = [];
  for (const part of parts) {
    const code = part === null ? null : compileScalar(context, part);
    if (part !== null && code === null) return null;
    codes.push(code);
  }
  if (codes[0] === null || codes[1] === null) {
    const message = 'The range of a loop needs a beginning and an end.';
    return context.reporter.error('wrong-kind', message, syntax);
  }
  const isReal = codes.some(
    (code) => code !== null && isScalar(code.type) && code.type.kind === 'float',
  );
  const within: ScalarType =
    isReal || type.kind === 'float'
      ? { kind: 'float', width: 64 }
      : wideInteger(...codes.flatMap((code) => (code === null ? [] : [code.type])));
  const converted = codes.map((code) =>
    code === null ? null : convertCode(context, code, within),
  );
  const [from, to, step] = converted;
  if (from === null || from === undefined || to === null || to === undefined) return null;
  if (codes[2] !== null && step === null) return null;
  const convert = conversion(within, type);
  if (convert === null) {
    const message = `A loop of ${nameOfType(type)} cannot run over ${nameOfType(within)}.`;
    return context.reporter.error('wrong-type', message, syntax);
  }
  return (memory) => {
    const by = step?.run(memory) ?? (within.kind === 'float' ? 1 : 1n);
    return steps(from.run(memory) as number, by as number, to.run(memory) as number, convert);
  };
}

/** first, first + by, … as long as `last` is not passed; rounding of floats may not lose the last. */
function* steps<T extends number | bigint>(
  first: T,
  by: T,
  last: T,
  convert: (value: Scalar) => Scalar,
): Generator<Scalar> {
  if (Number(by) === 0) throw new AppError('bad-input', 'A range needs a step other than 0.');
  if (typeof first === 'bigint') {
    const [start, stride, end] = [first, by as bigint, last as bigint];
    for (let value: bigint = start; stride > 0n ? value <= end : value >= end; value += stride) {
      yield convert(value);
    }
    return;
  }
  const [start, stride, end] = [first as number, by as number, last as number];
  const count = Math.floor((end - start) / stride + 1e-9);
  for (let i = 0; i <= count; i++) yield convert(start + i * stride);
}
