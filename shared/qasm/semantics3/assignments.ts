import type { AssignmentSyntax, DeclarationSyntax, Expression3 } from '../syntax3/nodes.ts';
import { codeOf, compileExpression, compileScalar, convertCode } from './code.ts';
import { spend } from './budget.ts';
import { compileMeasure, measureInto } from './measurements.ts';
import { type Content, itemsOf, type Memory } from './memory.ts';
import { isFree } from './names.ts';
import { binaryOperation } from './operators.ts';
import type { Code, TargetCode } from './program-steps.ts';
import { type Context, newSlot, type VariableSymbol } from './scope.ts';
import { compileTarget, variableTarget } from './targets.ts';
import { resolveType } from './type-syntax.ts';
import {
  type ArrayType,
  bitsType,
  isScalar,
  nameOfType,
  type ScalarType,
  type Type,
} from './types.ts';
import { type ArrayView, type Scalar, wrap } from './values.ts';

/** `type name = value;` in all its forms. */
export function compileDeclaration(context: Context, syntax: DeclarationSyntax): void {
  const type = resolveType(context, syntax.type);
  const isNew = isFree(context, syntax.name);
  const { modifier } = syntax;
  if (type === null || !isNew) {
    // Declared all the same, so that its uses are not reported again.
    if (isNew) declare(context, syntax, faultyType(syntax), false);
    return;
  }
  if (type.kind === 'qubit') {
    declareQubits(context, syntax, type);
    return;
  }
  const items = type.kind === 'array' ? (type.shape ?? []).reduce((all, size) => all * size, 1) : 0;
  if (!spend(context, items, syntax)) return;
  if (type.kind === 'stretch') {
    context.reporter.note(
      'stretch-minimal',
      `“${syntax.name.text}” is as long as a machine's schedule needs it; here it is taken as short as it may be, 0.`,
      syntax,
    );
  }
  if (type.kind === 'array' && !context.isGlobal) {
    const message = 'Arrays are declared only at the top of a program.';
    context.reporter.error('not-global', message, syntax);
  }
  if (modifier === 'const') {
    declareConstant(context, syntax, type);
    return;
  }
  if (modifier !== null && !context.isGlobal) {
    context.reporter.error(
      'not-global',
      `“${modifier}” stands only at the top of a program.`,
      syntax,
    );
  }
  if (modifier === 'input') {
    const symbol = declare(context, syntax, type, isReal(type));
    context.state.inputs.push({ name: symbol.name, slot: symbol.slot, type });
    return;
  }
  // The value may name an outer variable of the same name, so it is read first.
  const initial = syntax.value;
  if (initial?.kind === 'measure') {
    const symbol = declare(context, syntax, type, false);
    setToZero(context, symbol, syntax);
    measureInto(context, initial.operand, variableTarget(symbol, syntax), syntax);
    return;
  }
  const value = initial === null ? null : initialValue(context, initial, type);
  const symbol = declare(context, syntax, type, false);
  if (value === null) {
    setToZero(context, symbol, syntax);
    return;
  }
  const { slot } = symbol;
  const { start, end } = syntax;
  const run = (memory: Memory): void => {
    memory.slots[slot] = value(memory);
  };
  context.pending.push({ kind: 'run', run, writes: [slot], start, end });
}

function faultyType(syntax: DeclarationSyntax): Type {
  return syntax.type.name === 'qubit' ? { kind: 'qubit', width: 1, isRegister: true } : bitsType(1);
}

function isReal(type: Type): boolean {
  return ['float', 'angle', 'int', 'uint'].includes(type.kind);
}

function declare(
  context: Context,
  syntax: DeclarationSyntax,
  type: Type,
  isParameter: boolean,
): VariableSymbol {
  const slot = newSlot(context);
  const name = syntax.name.text;
  const symbol: VariableSymbol = {
    kind: 'variable',
    name,
    slot,
    type,
    isConst: false,
    isParameter,
  };
  if (type.kind === 'qubit') {
    const fixed = context.state.addQubits(name, type.width);
    context.scope.add({
      kind: 'qubits',
      name,
      slot,
      size: type.width,
      isRegister: type.isRegister,
      fixed,
    });
    return symbol;
  }
  context.scope.add(symbol);
  if (context.isGlobal && type.kind === 'bit') {
    context.state.bitCount += type.width;
    context.state.bitRegisters.push({ name, size: type.width, slot, isRegister: type.isRegister });
  }
  return symbol;
}

const maximumQubits = 65_536;

function declareQubits(
  context: Context,
  syntax: DeclarationSyntax,
  type: Type & { kind: 'qubit' },
): void {
  if (!context.isGlobal) {
    const message = 'Qubits are declared only at the top of a program.';
    context.reporter.error('not-global', message, syntax);
  }
  if (context.state.qubitCount + type.width > maximumQubits) {
    const message = `A program may have ${maximumQubits} qubits. Make the register smaller.`;
    context.reporter.error('register-too-large', message, syntax.type);
    declare(context, syntax, { ...type, width: 1 }, false);
    return;
  }
  declare(context, syntax, type, false);
}

function declareConstant(context: Context, syntax: DeclarationSyntax, type: Type): void {
  const code = syntax.value === null ? null : compileScalar(context, syntax.value);
  const value = code === null || !isScalar(type) ? null : convertCode(context, code, type);
  if (value !== null && value.constant === undefined) {
    const message = 'The value of a constant must be known before the program runs.';
    context.reporter.error('not-constant', message, syntax.value ?? syntax);
  }
  const { constant } = value ?? {};
  context.scope.add({
    kind: 'variable',
    name: syntax.name.text,
    slot: newSlot(context),
    type,
    isConst: true,
    isParameter: false,
    ...(constant === undefined ? {} : { constant }),
  });
}

function setToZero(
  context: Context,
  { slot, type }: VariableSymbol,
  { start, end }: { readonly start: number; readonly end: number },
): void {
  const run = (memory: Memory): void => {
    memory.slots[slot] = zeroOf(type);
  };
  context.pending.push({ kind: 'run', run, writes: [slot], isBareDeclaration: true, start, end });
}

/** What a variable without a value holds. */
export function zeroOf(type: Type): Content {
  switch (type.kind) {
    case 'bool':
      return false;
    case 'float':
    case 'duration':
    case 'stretch':
      return 0;
    case 'complex':
      return { re: 0, im: 0 };
    case 'array': {
      const count = (type.shape ?? []).reduce((all, size) => all * size, 1);
      return { items: Array.from({ length: count }, () => zeroOf(type.item) as Scalar) };
    }
    default:
      return 0n;
  }
}

function initialValue(
  context: Context,
  syntax: Expression3,
  type: Type,
): ((memory: Memory) => Content) | null {
  if (type.kind === 'array') {
    if (syntax.kind === 'set') return listedItems(context, syntax, type, 0);
    if (isJoin(syntax)) return joinedItems(context, syntax, type);
    const code = compileExpression(context, syntax);
    const target = code === null ? null : sameShape(context, code, type);
    return code === null || target === null
      ? null
      : (memory) => ({ items: itemsOf(memory, code.run(memory) as ArrayView) });
  }
  const code = compileScalar(context, syntax);
  if (code === null || !isScalar(type)) return null;
  const value = convertValue(context, code, type);
  return value === null ? null : (memory) => value.run(memory);
}

function isJoin(syntax: Expression3): boolean {
  return syntax.kind === 'binary' && syntax.operator === '++';
}

/** The items of arrays that are joined along their first dimension, one behind the other. */
function joinedItems(
  context: Context,
  syntax: Expression3,
  type: ArrayType,
): ((memory: Memory) => { items: Scalar[] }) | null {
  const parts: Code[] = [];
  const collect = (one: Expression3): boolean => {
    if (one.kind === 'binary' && one.operator === '++')
      return collect(one.left) && collect(one.right);
    const code = compileExpression(context, one);
    if (code !== null) parts.push(code);
    return code !== null;
  };
  if (!collect(syntax)) return null;
  let length = 0;
  for (const part of parts) {
    const from = part.type;
    const rows = from.kind === 'array' ? (from.shape?.[0] ?? -1) : -1;
    const inner = from.kind === 'array' ? from.shape?.slice(1).join() : undefined;
    const fits =
      from.kind === 'array' &&
      from.rank === type.rank &&
      nameOfType(from.item) === nameOfType(type.item) &&
      (inner === undefined || type.shape === null || inner === type.shape.slice(1).join());
    if (!fits) {
      const message = `${nameOfType(from)} cannot be joined into ${nameOfType(type)}.`;
      return context.reporter.error('wrong-shape', message, part);
    }
    length = rows < 0 || length < 0 ? -1 : length + rows;
  }
  const wanted = type.shape?.[0] ?? -1;
  if (length >= 0 && wanted >= 0 && length !== wanted) {
    const message = `${wanted} rows were expected here, but ${length} came.`;
    return context.reporter.error('wrong-shape', message, syntax);
  }
  return (memory) => ({
    items: parts.flatMap((part) => itemsOf(memory, part.run(memory) as ArrayView)),
  });
}

/** As `convertCode`, with bits only to as many bits. */
function convertValue(context: Context, code: Code, type: ScalarType): Code | null {
  const from = code.type;
  const isOther =
    from.kind === 'bit' &&
    type.kind === 'bit' &&
    from.width > 0 &&
    type.width > 0 &&
    from.width !== type.width;
  if (!isOther) return convertCode(context, code, type);
  const message = `${nameOfType(type)} cannot hold ${from.width} bits. Make both sides equally wide.`;
  return context.reporter.error('wrong-width', message, code);
}

function listedItems(
  context: Context,
  syntax: Expression3 & { kind: 'set' },
  type: ArrayType,
  dimension: number,
): ((memory: Memory) => { items: Scalar[] }) | null {
  const size = type.shape?.[dimension] ?? 0;
  if (syntax.items.length !== size) {
    const message = `${size} items were expected here, but ${syntax.items.length} came.`;
    return context.reporter.error('wrong-shape', message, syntax);
  }
  const parts: ((memory: Memory) => Scalar[])[] = [];
  for (const item of syntax.items) {
    if (item.kind === 'set' && dimension + 1 < type.rank) {
      const part = listedItems(context, item, type, dimension + 1);
      if (part === null) return null;
      parts.push((memory) => part(memory).items);
      continue;
    }
    const part = listedItem(context, item, type, dimension + 1);
    if (part === null) return null;
    parts.push(part);
  }
  return (memory) => ({ items: parts.flatMap((part) => part(memory)) });
}

function listedItem(
  context: Context,
  syntax: Expression3,
  type: ArrayType,
  dimension: number,
): ((memory: Memory) => Scalar[]) | null {
  if (dimension === type.rank) {
    const code = compileScalar(context, syntax);
    const value = code === null ? null : convertCode(context, code, type.item);
    return value === null ? null : (memory) => [value.run(memory) as Scalar];
  }
  const row = { ...type, rank: type.rank - dimension, shape: type.shape?.slice(dimension) ?? null };
  const code = compileExpression(context, syntax);
  if (code === null || sameShape(context, code, row) === null) return null;
  return (memory) => itemsOf(memory, code.run(memory) as ArrayView);
}

function sameShape(context: Context, code: Code, type: Type & { kind: 'array' }): true | null {
  const from = code.type;
  const fits =
    from.kind === 'array' &&
    from.rank === type.rank &&
    (from.shape === null || type.shape === null || from.shape.join() === type.shape.join()) &&
    nameOfType(from.item) === nameOfType(type.item);
  if (fits) return true;
  const message = `${nameOfType(type)} was expected, but ${nameOfType(from)} came.`;
  return context.reporter.error('wrong-shape', message, code);
}

/** `target = value;` and the forms with an operator. */
export function compileAssignment(context: Context, syntax: AssignmentSyntax): void {
  if (syntax.value.kind === 'measure') {
    compileMeasure(context, syntax.value.operand, syntax.target, syntax);
    return;
  }
  const target = compileTarget(context, syntax.target);
  if (target?.type.kind === 'array' && isJoin(syntax.value)) {
    assignJoined(context, syntax, target, target.type);
    return;
  }
  const value = compileExpression(context, syntax.value);
  if (target === null || value === null) return;
  const { type } = target;
  const { start, end } = syntax;
  const push = (code: Code): void => {
    const run = (memory: Memory): void => target.store(memory, code.run(memory));
    context.pending.push({ kind: 'run', run, writes: target.slots, start, end });
  };
  if (type.kind === 'array') {
    if (sameShape(context, value, type) !== null) push(value);
    return;
  }
  if (!isScalar(type)) return;
  const combined = syntax.operator === '=' ? value : combine(context, syntax, target, value);
  const converted = combined === null ? null : convertValue(context, combined, type);
  if (converted !== null) push(converted);
}

/** `array = a ++ b;`: all is read before anything is written. */
function assignJoined(
  context: Context,
  { value, start, end }: AssignmentSyntax,
  target: TargetCode,
  type: ArrayType,
): void {
  const joined = joinedItems(context, value, type);
  if (joined === null) return;
  const slot = newSlot(context);
  const shape = type.shape ?? [];
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
  const run = (memory: Memory): void => {
    memory.slots[slot] = joined(memory);
    target.store(memory, { slot, offset: 0, shape, strides });
  };
  context.pending.push({ kind: 'run', run, writes: [...target.slots, slot], start, end });
}

/** `a ~= b` gives a all bits of b turned round. */
function complement(context: Context, syntax: AssignmentSyntax, value: Code): Code | null {
  const { type } = value;
  if (type.kind !== 'bit' && type.kind !== 'uint' && type.kind !== 'int' && type.kind !== 'angle') {
    const message = `“~=” does not work on ${nameOfType(type)}.`;
    return context.reporter.error('wrong-type', message, syntax);
  }
  const run = (memory: Memory): Scalar => wrap(~(value.run(memory) as bigint), type);
  return codeOf(syntax, type, run);
}

/** The target is read as it was understood, so that a call in one of its indices runs once. */
function combine(
  context: Context,
  syntax: AssignmentSyntax,
  target: TargetCode,
  value: Code,
): Code | null {
  if (!isScalar(target.type) || syntax.operator === '=') return null;
  if (!isScalar(value.type)) {
    const message = `A single value was expected here, not ${nameOfType(value.type)}.`;
    return context.reporter.error('wrong-type', message, value);
  }
  if (syntax.operator === '~') return complement(context, syntax, value);
  const operation = binaryOperation(syntax.operator, target.type, value.type);
  if (operation === null) {
    const types = `${nameOfType(target.type)} and ${nameOfType(value.type)}`;
    const message = `“${syntax.operator}=” does not work on ${types}.`;
    return context.reporter.error('wrong-type', message, syntax);
  }
  const run = (memory: Memory): Scalar =>
    operation.apply(target.load(memory) as Scalar, value.run(memory) as Scalar);
  return codeOf(syntax, operation.type, run);
}
