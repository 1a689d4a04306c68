import { type Expression, numberOf, parametersIn } from '../../circuit/expression.ts';
import type { Expression3, TypeSyntax } from '../syntax3/nodes.ts';
import { constants3 } from '../syntax3/words.ts';
import {
  asCondition,
  codeOf,
  asScalar,
  compileCondition,
  compileExpression,
  compileScalar,
  convertCode,
  formulaOf,
  readVariable,
} from './code.ts';
import { compileDurationOf } from './durations.ts';
import { compileCall } from './functions.ts';
import { compileIndexed } from './indexing.ts';
import { compileLiteral } from './literals.ts';
import type { Memory } from './memory.ts';
import { binaryOperation } from './operators.ts';
import type { Code, Step } from './program-steps.ts';
import { type Context, inside, newSlot } from './scope.ts';
import { compileMeasurement } from './subroutine-calls.ts';
import {
  boolType,
  bitsType,
  floatType,
  hasBits,
  intType,
  nameOfType,
  type ScalarType,
  type Type,
} from './types.ts';
import { isHidden, reportHidden, reportUndeclared } from './names.ts';
import { maximumWidth, resolveScalarType } from './type-syntax.ts';
import { conversion, type Scalar, wrap } from './values.ts';

/** What an expression means; others ask for it through `compileExpression` of code.ts. */
export function compileAnyExpression(context: Context, syntax: Expression3): Code | null {
  const code = compile(context, syntax);
  return code === null ? null : { ...code, start: syntax.start, end: syntax.end };
}

function compile(context: Context, syntax: Expression3): Code | null {
  switch (syntax.kind) {
    case 'literal':
      return compileLiteral(context, syntax);
    case 'name':
      return compileName(context, syntax);
    case 'unary':
      return compileUnary(context, syntax);
    case 'binary':
      return compileBinary(context, syntax);
    case 'call':
      return compileCall(context, syntax);
    case 'cast':
      return compileCast(context, syntax.type, syntax.operand, syntax);
    case 'index':
      return compileIndexed(context, syntax);
    case 'measure':
      return compileMeasurement(context, syntax);
    case 'durationof':
      return compileDurationOf(context, syntax);
    case 'set':
    case 'range':
      return context.reporter.error(
        'wrong-kind',
        'A list or a range stands where one value is expected.',
        syntax,
      );
  }
}

function compileName(context: Context, syntax: Expression3 & { kind: 'name' }): Code | null {
  const name = syntax.token.text;
  const constant = constants3.get(name);
  if (constant !== undefined) {
    const value = { pi: Math.PI, tau: 2 * Math.PI, euler: Math.E }[constant];
    const formula = (): Expression => ({ kind: 'constant', name: constant });
    return codeOf(syntax, floatType, () => value, [], formula);
  }
  const symbol = context.scope.find(name);
  if (symbol === null) return reportUndeclared(context, name, syntax);
  switch (symbol.kind) {
    case 'variable':
      if (!symbol.isConst && isHidden(context, name)) return reportHidden(context, name, syntax);
      return readVariable(symbol, syntax);
    case 'bit-alias':
      if (isHidden(context, name)) return reportHidden(context, name, syntax);
      return {
        ...syntax,
        type: symbol.type,
        run: (memory) => {
          let value = 0n;
          (memory.read(symbol.slot) as readonly { slot: number; bit: number }[]).forEach(
            ({ slot, bit }, i) => {
              value |= memory.readBit(slot, Math.max(bit, 0)) << BigInt(i);
            },
          );
          return value;
        },
      };
    default: {
      const what = symbol.kind === 'qubits' ? 'a quantum register' : `a ${symbol.kind}`;
      const message = `“${name}” is ${what}; a classical value was expected here.`;
      return context.reporter.error('wrong-kind', message, syntax);
    }
  }
}

function compileUnary(context: Context, syntax: Expression3 & { kind: 'unary' }): Code | null {
  const operand = compileScalar(context, syntax.operand);
  if (operand === null) return null;
  const { type } = operand;
  const read = operand.run as (memory: Memory) => Scalar;
  if (syntax.operator === '!') {
    const truth = asCondition(context, operand);
    return truth === null
      ? null
      : codeOf(syntax, boolType, (memory) => truth.run(memory) !== true, [truth]);
  }
  if (syntax.operator === '~') {
    if (type.kind === 'bit' && !type.isRegister) {
      return codeOf(syntax, type, (memory) => 1n - (read(memory) as bigint), [operand]);
    }
    if (type.kind === 'bit' || hasBits(type)) {
      return codeOf(syntax, type, (memory) => wrap(~(read(memory) as bigint), type), [operand]);
    }
    return reportOperator(context, '~', [type], syntax);
  }
  const result: ScalarType = type.kind === 'bool' || type.kind === 'bit' ? intType : type;
  const negate = (value: Scalar): Scalar => {
    if (typeof value === 'object') return { re: -value.re, im: -value.im };
    return typeof value === 'number' ? -value : wrap(-BigInt(value), result);
  };
  const formula =
    type.kind === 'bit' || type.kind === 'bool' ? undefined : negatedFormula(operand, type);
  return codeOf(syntax, result, (memory) => negate(read(memory)), [operand], formula);
}

function negatedFormula(operand: Code, type: ScalarType): Code['formula'] {
  return (memory) => {
    const inner = formulaOf(operand, type, memory);
    if (inner.kind === 'number' && inner.text === undefined && inner.value > 0) {
      return numberOf(-inner.value);
    }
    return { kind: 'negate', operand: inner };
  };
}

const formulaOperators: ReadonlySet<string> = new Set(['+', '-', '*', '/']);

type BinarySyntax = Expression3 & { kind: 'binary' };

/** A long sum stands inside itself to the left: it is read from there in a loop, not by recursion. */
function compileBinary(context: Context, syntax: BinarySyntax): Code | null {
  const chain: BinarySyntax[] = [];
  let first: Expression3 = syntax;
  while (first.kind === 'binary') {
    chain.push(first);
    first = first.left;
  }
  let code = compileExpression(context, first);
  for (const one of chain.reverse()) code = compileOperator(context, one, code);
  return code;
}

/** An operator on what its left side was understood as. */
function compileOperator(context: Context, syntax: BinarySyntax, first: Code | null): Code | null {
  const { operator } = syntax;
  const left = asScalar(context, first, syntax.left);
  if (operator === '&&' || operator === '||') {
    return compileLogical(context, syntax, operator, left);
  }
  const right = compileScalar(context, syntax.right);
  if (left === null || right === null) return null;
  if (operator === '++') return concatenated(context, left, right, syntax);
  const rightType: ScalarType =
    operator === '**' && typeof right.constant === 'bigint' && right.constant < 0n
      ? floatType
      : right.type;
  const operation = binaryOperation(operator, left.type, rightType);
  if (operation === null) return reportOperator(context, operator, [left.type, right.type], syntax);
  const { apply, type } = operation;
  const [a, b] = [left.run, right.run] as ((memory: Memory) => Scalar)[] as [
    (memory: Memory) => Scalar,
    (memory: Memory) => Scalar,
  ];
  const convert = rightType === right.type ? null : conversion(right.type, rightType);
  const second = convert === null ? b : (memory: Memory) => convert(b(memory));
  const isFormula = type.kind === 'float' && (formulaOperators.has(operator) || operator === '**');
  const isAngle = type.kind === 'angle' && formulaOperators.has(operator);
  const written = (memory: Memory): Expression => ({
    kind: 'binary',
    operator: operator === '**' ? '^' : (operator as '+' | '-' | '*' | '/'),
    left: formulaOf(left, left.type, memory),
    right: formulaOf(right, right.type, memory),
  });
  // An angle that is known has wrapped; one of an input is a formula, as a float's is.
  const openAngle = (memory: Memory): Expression | null => {
    const angle = written(memory);
    return parametersIn(angle).length > 0 ? angle : null;
  };
  const formula = isFormula ? written : isAngle ? openAngle : undefined;
  try {
    const run = (memory: Memory): Scalar => apply(a(memory), second(memory));
    const code = codeOf(syntax, type, run, [left, right], formula);
    const comparison = comparisonOf(context, syntax, left, right);
    return comparison === null ? code : { ...code, comparison };
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault);
    return context.reporter.error('not-computable', message, syntax);
  }
}

/** `c == 3` for all bits of a variable. */
function comparisonOf(
  context: Context,
  syntax: Expression3 & { kind: 'binary' },
  left: Code,
  right: Code,
): NonNullable<Code['comparison']> | null {
  if (syntax.operator !== '==' && syntax.operator !== '!=') return null;
  const symbol = syntax.left.kind === 'name' ? context.scope.find(syntax.left.token.text) : null;
  const isBits = symbol?.kind === 'variable' && left.type.kind === 'bit';
  if (!isBits || typeof right.constant !== 'bigint') return null;
  return { slot: symbol.slot, value: right.constant, isNegated: syntax.operator === '!=' };
}

function concatenated(
  context: Context,
  left: Code & { readonly type: ScalarType },
  right: Code & { readonly type: ScalarType },
  syntax: Expression3,
): Code | null {
  if (left.type.kind !== 'bit' || right.type.kind !== 'bit') {
    return reportOperator(context, '++', [left.type, right.type], syntax);
  }
  const width = left.type.width + right.type.width;
  if (width > maximumWidth) {
    const message = `${width} bits are more than a register may have; the most is ${maximumWidth}.`;
    return context.reporter.error('register-too-large', message, syntax);
  }
  const shift = BigInt(left.type.width);
  const run = (memory: Memory): Scalar =>
    (left.run(memory) as bigint) | ((right.run(memory) as bigint) << shift);
  return codeOf(syntax, bitsType(width), run, [left, right]);
}

/** `&&` and `||` look at their second side only where the first does not decide. */
function compileLogical(
  context: Context,
  syntax: Expression3 & { kind: 'binary' },
  operator: '&&' | '||',
  first: (Code & { readonly type: ScalarType }) | null,
): Code | null {
  const left = first === null ? null : asCondition(context, first);
  const pending: Step[] = [];
  const right = compileCondition(inside(context, { pending }), syntax.right);
  if (left === null || right === null) return null;
  const stopsAt = operator === '||';
  if (pending.length === 0) {
    const run = (memory: Memory): boolean =>
      left.run(memory) === stopsAt ? stopsAt : (right.run(memory) as boolean);
    return codeOf(syntax, boolType, run, [left, right]);
  }
  const slot = newSlot(context);
  const place = { start: syntax.start, end: syntax.end };
  const keep = (code: Code): Step => ({
    kind: 'run',
    run: (memory) => {
      memory.slots[slot] = code.run(memory);
    },
    writes: [slot],
    ...place,
  });
  const decided: Code = {
    type: boolType,
    run: (memory) => memory.read(slot) !== stopsAt,
    ...place,
  };
  const body = [...pending, keep(right)];
  context.pending.push(keep(left), {
    kind: 'if',
    condition: decided,
    body,
    otherwise: [],
    ...place,
  });
  return { type: boolType, run: (memory) => memory.read(slot), ...place };
}

function compileCast(
  context: Context,
  typeSyntax: TypeSyntax,
  operandSyntax: Expression3,
  place: Expression3,
): Code | null {
  const type = resolveScalarType(context, typeSyntax);
  const operand = compileScalar(context, operandSyntax);
  if (type === null || operand === null) return null;
  const code = convertCode(context, operand, type);
  return code === null ? null : { ...code, type, start: place.start, end: place.end };
}

function reportOperator(
  context: Context,
  operator: string,
  types: readonly Type[],
  place: Expression3,
): null {
  const on = types.map(nameOfType).join(' and ');
  return context.reporter.error('wrong-type', `“${operator}” does not work on ${on}.`, place);
}
