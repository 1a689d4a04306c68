import { AppError } from '../../base/errors.ts';
import type { Expression3 } from '../syntax3/nodes.ts';
import { readVariable } from './code.ts';
import { compileSelection, compileView, type Selection } from './indexing.ts';
import { type Cell, type Content, itemsOf, type Memory, positionsOf, Unknown } from './memory.ts';
import { isHidden, reportHidden, reportUndeclared } from './names.ts';
import type { TargetCode } from './program-steps.ts';
import type { BitAliasSymbol, Context, VariableSymbol } from './scope.ts';
import { bitsType, bitType, hasBits, nameOfType, type ScalarType } from './types.ts';
import { type ArrayData, type ArrayView, type Scalar, wrap } from './values.ts';

/** Where an assignment or a measurement puts its value; null with a problem where it may not. */
export function compileTarget(context: Context, syntax: Expression3): TargetCode | null {
  if (syntax.kind === 'name') return namedTarget(context, syntax.token.text, syntax);
  if (syntax.kind === 'index') return indexedTarget(context, oneIndexList(context, syntax));
  const message = 'A variable was expected here, such as c or c[0].';
  return context.reporter.error('wrong-kind', message, syntax);
}

/** `a[0][1]` of an array is a[0, 1], as long as the first index takes one row. */
function oneIndexList(
  context: Context,
  syntax: Expression3 & { kind: 'index' },
): Expression3 & { kind: 'index' } {
  if (syntax.base.kind !== 'index') return syntax;
  const base = oneIndexList(context, syntax.base);
  const symbol = base.base.kind === 'name' ? context.scope.find(base.base.token.text) : null;
  const isArray = symbol?.kind === 'variable' && symbol.type.kind === 'array';
  const takesRows = base.indices.every(({ kind }) => kind !== 'range' && kind !== 'set');
  const rank = isArray && symbol.type.kind === 'array' ? symbol.type.rank : 0;
  if (!isArray || !takesRows || base.indices.length >= rank) return syntax;
  return { ...syntax, base: base.base, indices: [...base.indices, ...syntax.indices] };
}

function namedTarget(context: Context, name: string, place: Expression3): TargetCode | null {
  const symbol = context.scope.find(name);
  if (symbol === null) return reportUndeclared(context, name, place);
  const isOwn = symbol.kind === 'bit-alias' || (symbol.kind === 'variable' && !symbol.isConst);
  if (isOwn && isHidden(context, name)) return reportHidden(context, name, place);
  if (symbol.kind === 'bit-alias') return aliasTarget(symbol, place);
  if (symbol.kind !== 'variable') {
    const message = `“${name}” is ${symbol.kind === 'qubits' ? 'quantum' : `a ${symbol.kind}`}; a variable was expected here.`;
    return context.reporter.error('wrong-kind', message, place);
  }
  if (symbol.isConst) {
    const message = `“${name}” is a constant and cannot change. Declare it without “const”.`;
    return context.reporter.error('assign-to-constant', message, place);
  }
  if (symbol.type.kind === 'array' && symbol.type.isReadonly) {
    const message = `“${name}” is a readonly array. Declare the parameter as “mutable”.`;
    return context.reporter.error('assign-to-constant', message, place);
  }
  return variableTarget(symbol, place);
}

/** All of a variable. */
export function variableTarget(
  symbol: VariableSymbol,
  place: { readonly start: number; readonly end: number },
): TargetCode {
  const { slot, type } = symbol;
  const base = { type, slots: [slot], start: place.start, end: place.end };
  if (type.kind === 'array') {
    const { run } = readVariable(symbol, place);
    const store = (memory: Memory, value: Content): void =>
      storeItems(memory, run(memory) as ArrayView, value);
    return { ...base, store, load: run, cells: null };
  }
  const store = (memory: Memory, value: Content): void => {
    memory.slots[slot] = value;
  };
  const load = (memory: Memory): Content => memory.read(slot);
  if (type.kind !== 'bit') return { ...base, store, load, cells: null };
  return { ...base, store, load, cells: cellsOf(slot, type.width) };
}

/** All bits of a variable, listed anew when they are asked for: kept, they would take much memory. */
function cellsOf(slot: number, width: number): () => readonly Cell[] {
  return () => Array.from({ length: width }, (_, bit) => ({ slot, bit }));
}

/** Reads everything first: the two may overlap. */
function storeItems(memory: Memory, view: ArrayView, value: Content): void {
  const from = value as ArrayView;
  const isSame =
    from.shape.length === view.shape.length && from.shape.every((n, i) => n === view.shape[i]);
  if (!isSame) {
    throw new AppError(
      'bad-input',
      `An array of ${from.shape.join(' × ')} items does not fit into one of ${view.shape.join(' × ')}.`,
    );
  }
  const items = itemsOf(memory, from);
  const data = memory.read(view.slot) as ArrayData;
  positionsOf(view).forEach((position, i) => {
    data.items[position] = items[i] as Scalar;
  });
}

function aliasTarget(symbol: BitAliasSymbol, place: Expression3): TargetCode {
  const cells = (memory: Memory) => memory.read(symbol.slot) as readonly Cell[];
  return bitsTarget(symbol.type, cells, symbol.slots, place);
}

function bitsTarget(
  type: ScalarType,
  cells: (memory: Memory) => readonly Cell[],
  slots: readonly number[],
  place: { readonly start: number; readonly end: number },
): TargetCode {
  const store = (memory: Memory, value: Content): void => {
    cells(memory).forEach(({ slot, bit }, i) => {
      memory.writeBit(slot, bit, ((value as bigint) >> BigInt(i)) & 1n);
    });
  };
  const load = (memory: Memory): bigint => {
    let value = 0n;
    cells(memory).forEach(({ slot, bit }, i) => {
      value |= memory.readBit(slot, Math.max(bit, 0)) << BigInt(i);
    });
    return value;
  };
  return { type, store, load, cells, slots, start: place.start, end: place.end };
}

function indexedTarget(
  context: Context,
  syntax: Expression3 & { kind: 'index' },
): TargetCode | null {
  const name = syntax.base.kind === 'name' ? syntax.base.token.text : null;
  const symbol = name === null ? null : context.scope.find(name);
  const base = compileTarget(context, syntax.base);
  if (base === null) return null;
  const { type } = base;
  if (type.kind === 'array') return itemTarget(context, base, type, syntax);
  const [index, more] = syntax.indices;
  if (!hasBits(type) || index === undefined || more !== undefined) {
    const message = `${nameOfType(type)} cannot be indexed like this.`;
    return context.reporter.error('wrong-type', message, syntax);
  }
  const selection = compileSelection(context, index, type.width, `“${name ?? nameOfType(type)}”`);
  if (selection === null) return null;
  const size = typeof selection.fixed === 'number' ? 1 : (selection.fixed?.length ?? -1);
  const part = selection.kind === 'one' ? bitType : bitsType(size);
  const [slot] = base.slots;
  const isVariable = syntax.base.kind === 'name' && symbol?.kind === 'variable';
  const { cells } = base;
  if (!isVariable && cells === null) return bitsOfItem(base, type, part, selection, syntax);
  const chosen = (memory: Memory): readonly Cell[] => {
    // Bits of a variable are numbered, so that one of them costs the same in any register.
    const all = isVariable || cells === null ? null : cells(memory);
    const places = selection.run(memory, all?.length ?? type.width);
    return (typeof places === 'number' ? [places] : places).map(
      (at) => all?.[at] ?? { slot: slot as number, bit: at },
    );
  };
  const target = bitsTarget(part, chosen, base.slots, syntax);
  if (type.kind !== 'int') return target;
  // The highest bit of a signed integer is its sign.
  const store = (memory: Memory, value: Content): void => {
    target.store(memory, value);
    for (const slot of base.slots) {
      const content = memory.slots[slot];
      if (!(content instanceof Unknown)) memory.slots[slot] = wrap(content as bigint, type);
    }
  };
  return { ...target, store };
}

/** Bits of what has no variable of its own, such as an item of an array: all of it is written again. */
function bitsOfItem(
  base: TargetCode,
  type: ScalarType & { readonly width: number },
  part: ScalarType,
  selection: Selection,
  place: { readonly start: number; readonly end: number },
): TargetCode {
  const placesIn = (memory: Memory): readonly number[] => {
    const places = selection.run(memory, type.width);
    return typeof places === 'number' ? [places] : places;
  };
  const store = (memory: Memory, value: Content): void => {
    let bits = BigInt.asUintN(type.width, base.load(memory) as bigint);
    placesIn(memory).forEach((at, i) => {
      const bit = 1n << BigInt(at);
      bits = (((value as bigint) >> BigInt(i)) & 1n) === 1n ? bits | bit : bits & ~bit;
    });
    base.store(memory, wrap(bits, type));
  };
  const load = (memory: Memory): bigint => {
    const bits = base.load(memory) as bigint;
    let value = 0n;
    placesIn(memory).forEach((at, i) => {
      value |= ((bits >> BigInt(at)) & 1n) << BigInt(i);
    });
    return value;
  };
  const { start, end } = place;
  return { type: part, store, load, cells: null, slots: base.slots, start, end };
}

function itemTarget(
  context: Context,
  array: TargetCode,
  type: Parameters<typeof compileView>[2],
  syntax: Expression3 & { kind: 'index' },
): TargetCode | null {
  const { start, end } = syntax;
  const part = compileView(context, { type, run: array.load, start, end }, type, syntax);
  if (part === null) return null;
  const base = { slots: array.slots, cells: null, start, end };
  if (part.type !== null) {
    const store = (memory: Memory, value: Content): void =>
      storeItems(memory, part.view(memory), value);
    return { ...base, type: part.type, store, load: part.view };
  }
  const itemsAt = (memory: Memory, { slot }: ArrayView): Scalar[] =>
    (memory.read(slot) as ArrayData).items;
  const store = (memory: Memory, value: Content): void => {
    const view = part.view(memory);
    itemsAt(memory, view)[view.offset] = value as Scalar;
  };
  const load = (memory: Memory): Scalar => {
    const view = part.view(memory);
    return itemsAt(memory, view)[view.offset] as Scalar;
  };
  return { ...base, type: type.item, store, load };
}
