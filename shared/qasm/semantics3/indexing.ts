import { AppError } from '../../base/errors.ts';
import type { Expression3 } from '../syntax3/nodes.ts';
import { codeOf, compileExpression, compileScalar } from './code.ts';
import { spend } from './budget.ts';
import type { Memory } from './memory.ts';
import type { Code } from './program-steps.ts';
import type { Context } from './scope.ts';
import { type ArrayType, bitsType, bitType, hasBits, nameOfType } from './types.ts';
import type { ArrayData, ArrayView, Scalar } from './values.ts';

/** Places that an index names among `size`; -1 where their number is known only when it runs. */
export type Selection =
  | {
      readonly kind: 'one';
      readonly run: (memory: Memory, size: number) => number;
      readonly fixed: number | null;
    }
  | {
      readonly kind: 'many';
      readonly run: (memory: Memory, size: number) => readonly number[];
      readonly fixed: readonly number[] | null;
    };

const none = { slots: [] } as unknown as Memory;

/** Reads one index of something that has `size` places (-1: not known yet). */
export function compileSelection(
  context: Context,
  syntax: Expression3,
  size: number,
  what: string,
): Selection | null {
  if (syntax.kind === 'set') return selectSet(context, syntax, size, what);
  if (syntax.kind === 'range') return selectRange(context, syntax, size, what);
  if (syntax.kind === 'literal' && size >= 0 && /^[0-9]{1,9}$/.test(syntax.token.text)) {
    // Nearly every index is a plain number.
    const place = Number(syntax.token.text);
    if (place < size) return { kind: 'one', run: () => place, fixed: place };
  }
  const code = compileIndexValue(context, syntax);
  if (code === null) return null;
  const run = (memory: Memory, length: number): number =>
    within(Number(code.run(memory) as bigint), length, what);
  return guard(context, syntax, () => {
    const fixed = code.constant === undefined || size < 0 ? null : run(none, size);
    return { kind: 'one', run, fixed };
  });
}

/** An index is an integer; bits and truth values count as such. */
function compileIndexValue(context: Context, syntax: Expression3): Code | null {
  const code = compileScalar(context, syntax);
  if (code === null) return null;
  const { kind } = code.type;
  // Whatever its width, it stays as it is: a narrower number would be another place.
  if (kind === 'int' || kind === 'uint' || kind === 'bit') return code;
  const message = `An index is an integer, not ${nameOfType(code.type)}.`;
  return context.reporter.error('wrong-type', message, syntax);
}

function selectSet(
  context: Context,
  syntax: Expression3 & { kind: 'set' },
  size: number,
  what: string,
): Selection | null {
  const codes = syntax.items.map((item) => compileIndexValue(context, item));
  const all = codes.filter((code) => code !== null);
  if (all.length < codes.length) return null;
  const run = (memory: Memory, length: number): number[] =>
    all.map((code) => within(Number(code.run(memory) as bigint), length, what));
  return guard(context, syntax, () => {
    const isFixed = size >= 0 && all.every((code) => code.constant !== undefined);
    return { kind: 'many', run, fixed: isFixed ? run(none, size) : null };
  });
}

function selectRange(
  context: Context,
  syntax: Expression3 & { kind: 'range' },
  size: number,
  what: string,
): Selection | null {
  const parts = [syntax.from, syntax.step, syntax.to].map((part) =>
    part === null ? undefined : compileIndexValue(context, part),
  );
  if (parts.includes(null)) return null;
  const [from, step, to] = parts as (Code | undefined)[];
  const run = (memory: Memory, length: number): number[] => {
    const read = (code: Code | undefined, otherwise: number): number =>
      code === undefined ? otherwise : Number(code.run(memory) as bigint);
    const by = read(step, 1);
    const first = within(read(from, by < 0 ? length - 1 : 0), length, what);
    const last = within(read(to, by < 0 ? 0 : length - 1), length, what);
    return placesOf(first, by, last);
  };
  const selection = guard(context, syntax, (): Selection => {
    const given = [from, step, to].filter((code) => code !== undefined);
    const isFixed = size >= 0 && given.every((code) => code.constant !== undefined);
    const fixed = isFixed ? run(none, size) : null;
    if (fixed?.length === 0) throw new AppError('bad-input', 'This range has no places.');
    return { kind: 'many', run, fixed };
  });
  const count = Array.isArray(selection?.fixed) ? selection.fixed.length : 0;
  return spend(context, count, syntax) ? selection : null;
}

/** first, first + by, … up to last, which belongs to it. */
function placesOf(first: number, by: number, last: number): number[] {
  if (by === 0) throw new AppError('bad-input', 'A range needs a step other than 0.');
  const count = Math.max(0, Math.floor((last - first) / by) + 1);
  return Array.from({ length: count }, (_, i) => first + i * by);
}

function within(index: number, size: number, what: string): number {
  const place = index < 0 ? index + size : index;
  if (place >= 0 && place < size) return place;
  const range = size === 1 ? 'the only index is 0' : `indices go from 0 to ${size - 1}`;
  throw new AppError(
    'bad-input',
    `Index ${index} is not there: ${what} has ${size} places, so ${range}.`,
  );
}

function guard(context: Context, place: Expression3, make: () => Selection): Selection | null {
  try {
    return make();
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    return context.reporter.error('index-out-of-range', fault.message, place);
  }
}

/** `base[indices]` as a value: bits of a number, or items of an array. */
export function compileIndexed(
  context: Context,
  syntax: Expression3 & { kind: 'index' },
): Code | null {
  const base = compileExpression(context, syntax.base);
  if (base === null) return null;
  const { type } = base;
  if (type.kind === 'array') return compileItem(context, base, type, syntax);
  if (!hasBits(type)) {
    const message = `${nameOfType(type)} has no places to index.`;
    return context.reporter.error('wrong-type', message, syntax);
  }
  const index = onlyIndex(context, syntax);
  const selection =
    index === null ? null : compileSelection(context, index, type.width, nameOfType(type));
  if (selection === null) return null;
  const fixed = selection.fixed;
  const inputs = base.constant !== undefined && fixed !== null ? [base] : undefined;
  const bitsOf = bitReader(context, syntax.base, base);
  if (selection.kind === 'one') {
    const run = (memory: Memory): bigint =>
      bitsOf(memory, selection.fixed ?? selection.run(memory, type.width));
    return codeOf(syntax, bitType, run, inputs);
  }
  const run = (memory: Memory): bigint => {
    let value = 0n;
    (selection.fixed ?? selection.run(memory, type.width)).forEach((place, i) => {
      value |= bitsOf(memory, place) << BigInt(i);
    });
    return value;
  };
  return codeOf(syntax, bitsType(selection.fixed?.length ?? -1), run, inputs);
}

/** Reads bits of a variable in place, so that only these bits need to be known. */
function bitReader(
  context: Context,
  syntax: Expression3,
  code: Code,
): (memory: Memory, place: number) => bigint {
  const symbol = syntax.kind === 'name' ? context.scope.find(syntax.token.text) : null;
  if (symbol?.kind === 'variable' && symbol.constant === undefined) {
    return (memory, place) => memory.readBit(symbol.slot, place);
  }
  return (memory, place) => ((code.run(memory) as bigint) >> BigInt(place)) & 1n;
}

function onlyIndex(context: Context, syntax: Expression3 & { kind: 'index' }): Expression3 | null {
  const [first, second] = syntax.indices;
  if (first === undefined) return null;
  if (second === undefined) return first;
  const message = `One index is enough here; ${syntax.indices.length} came.`;
  return context.reporter.error('too-many-indices', message, second);
}

/** A view, or the item where every dimension has an index. */
function compileItem(
  context: Context,
  base: Code,
  type: ArrayType,
  syntax: Expression3 & { kind: 'index' },
): Code | null {
  const part = compileView(context, base, type, syntax);
  if (part === null) return null;
  if (part.type !== null)
    return { ...base, type: part.type, run: part.view, start: syntax.start, end: syntax.end };
  const run = (memory: Memory): Scalar => {
    const view = part.view(memory);
    return (memory.read(view.slot) as ArrayData).items[view.offset] as Scalar;
  };
  return codeOf(syntax, type.item, run);
}

/** The part of an array that indices select; `type` null: one item. */
export function compileView(
  context: Context,
  base: Code,
  type: ArrayType,
  syntax: Expression3 & { kind: 'index' },
): { readonly type: ArrayType | null; readonly view: (memory: Memory) => ArrayView } | null {
  if (syntax.indices.length > type.rank) {
    const message = `The array has ${type.rank} dimensions; ${syntax.indices.length} indices came.`;
    return context.reporter.error(
      'too-many-indices',
      message,
      syntax.indices[type.rank] as Expression3,
    );
  }
  const selections: Selection[] = [];
  for (const [dimension, index] of syntax.indices.entries()) {
    const size = type.shape?.[dimension] ?? -1;
    const selection = compileSelection(context, index, size, 'the array');
    if (selection === null) return null;
    if (index.kind === 'set') {
      return context.reporter.error('wrong-kind', 'A set cannot index an array.', index);
    }
    selections.push(selection);
  }
  const view = (memory: Memory): ArrayView =>
    selected(base.run(memory) as ArrayView, selections, memory);
  const rest =
    selections.filter((one) => one.kind === 'many').length + type.rank - selections.length;
  if (rest === 0) return { type: null, view };
  const sizes = selections.flatMap((one) => (one.kind === 'many' ? [one.fixed?.length ?? -1] : []));
  const shape = type.shape === null ? null : [...sizes, ...type.shape.slice(selections.length)];
  const isKnown = shape !== null && !shape.includes(-1);
  return { type: { ...type, rank: rest, shape: isKnown ? shape : null }, view };
}

function selected(view: ArrayView, selections: readonly Selection[], memory: Memory): ArrayView {
  let { offset } = view;
  const shape: number[] = [];
  const strides: number[] = [];
  view.shape.forEach((size, dimension) => {
    const stride = view.strides[dimension] as number;
    const selection = selections[dimension];
    if (selection?.kind === 'one') offset += stride * selection.run(memory, size);
    else if (selection === undefined) {
      shape.push(size);
      strides.push(stride);
    } else {
      const places = selection.run(memory, size);
      offset += stride * (places[0] ?? 0);
      shape.push(places.length);
      strides.push(stride * ((places[1] ?? 0) - (places[0] ?? 0)));
    }
  });
  return { slot: view.slot, offset, shape, strides };
}
