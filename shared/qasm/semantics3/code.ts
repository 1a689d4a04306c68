import { type Expression, numberOf } from '../../circuit/expression.ts';
import type { Expression3 } from '../syntax3/nodes.ts';
import { type Memory, Unknown } from './memory.ts';
import type { Code } from './program-steps.ts';
import type { Context, VariableSymbol } from './scope.ts';
import { boolType, isScalar, nameOfType, type ScalarType, type Type } from './types.ts';
import { type ArrayData, type ArrayView, conversion, realOf, type Scalar } from './values.ts';

/** Folds to a constant where `inputs` all are. */
export function codeOf(
  place: { readonly start: number; readonly end: number },
  type: Type,
  run: (memory: Memory) => Scalar,
  inputs?: readonly Code[],
  formula?: Code['formula'],
): Code {
  const base = {
    type,
    run,
    start: place.start,
    end: place.end,
    ...(formula === undefined ? {} : { formula }),
  };
  if (inputs === undefined || !inputs.every((one) => one.constant !== undefined)) return base;
  return { ...base, constant: run(emptyMemory) };
}

const emptyMemory = { slots: [] } as unknown as Memory;

/** What an expression means; null where something in it is wrong (reported). */
export function compileExpression(context: Context, syntax: Expression3): Code | null {
  return context.compile.expression(context, syntax);
}

/** A variable as a value. */
export function readVariable(
  symbol: VariableSymbol,
  place: { readonly start: number; readonly end: number },
): Code {
  const { slot, type, constant, name } = symbol;
  const base = { type, start: place.start, end: place.end };
  if (type.kind === 'array') {
    const run = (memory: Memory): ArrayView => wholeView(memory, slot, type.shape);
    return { ...base, run };
  }
  if (constant !== undefined) return { ...base, run: () => constant, constant };
  const run = (memory: Memory) => memory.read(slot);
  if (!symbol.isParameter) return { ...base, run };
  const formula = (memory: Memory): Expression | null =>
    memory.slots[slot] instanceof Unknown ? { kind: 'parameter', name } : null;
  return { ...base, run, formula };
}

/** All of an array; a parameter of a subroutine holds a view of the caller's. */
function wholeView(memory: Memory, slot: number, shape: readonly number[] | null): ArrayView {
  const content = memory.read(slot) as ArrayData | ArrayView;
  if ('strides' in content) return content;
  const strides = (shape ?? []).map((_, i) =>
    (shape ?? []).slice(i + 1).reduce((a, b) => a * b, 1),
  );
  return { slot, offset: 0, shape: shape ?? [], strides };
}

/** The formula of a real number, or its value where it has none. */
export function formulaOf(code: Code, type: ScalarType, memory: Memory): Expression {
  return code.formula?.(memory) ?? numberOf(realOf(code.run(memory) as Scalar, type));
}

/** A scalar value; arrays and qubits are reported. */
export function compileScalar(
  context: Context,
  syntax: Expression3,
): (Code & { readonly type: ScalarType }) | null {
  return asScalar(context, compileExpression(context, syntax), syntax);
}

/** The same as a scalar value; null with a problem where it is none. */
export function asScalar(
  context: Context,
  code: Code | null,
  syntax: Expression3,
): (Code & { readonly type: ScalarType }) | null {
  if (code === null) return null;
  const { type } = code;
  if (isScalar(type)) return { ...code, type };
  const message = `A single value was expected here, not ${nameOfType(type)}.`;
  return context.reporter.error('wrong-type', message, syntax);
}

/** A truth value. */
export function compileCondition(context: Context, syntax: Expression3): Code | null {
  const code = compileScalar(context, syntax);
  return code === null ? null : asCondition(context, code);
}

/** The truth of a value. */
export function asCondition(
  context: Context,
  code: Code & { readonly type: ScalarType },
): Code | null {
  return convertCode(context, code, boolType);
}

/** The value in another type; null with a problem where there is no such conversion. */
export function convertCode(context: Context, code: Code, to: ScalarType): Code | null {
  const { type } = code;
  const convert = isScalar(type) ? conversion(type, to) : null;
  if (convert === null) {
    const message = `${capital(nameOfType(type))} cannot become ${nameOfType(to)}.`;
    return context.reporter.error('wrong-type', message, code);
  }
  if (type.kind === to.kind && !('width' in to && 'width' in type && type.width !== to.width)) {
    return code;
  }
  const { formula } = code;
  const keepsFormula = formula !== undefined && to.kind === 'float' && to.width === 64;
  try {
    const run = (memory: Memory): Scalar => convert(code.run(memory) as Scalar);
    return codeOf(code, to, run, [code], keepsFormula ? formula : undefined);
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault);
    return context.reporter.error('not-computable', message, code);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
