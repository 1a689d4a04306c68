import { AppError } from '../base/errors.ts';
import { deepestNesting } from '../base/nesting.ts';

const arrayTypes = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  i16: Int16Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
} as const;

type ArrayType = keyof typeof arrayTypes;

/** Marks what JSON cannot say: ["f64", frame], "NaN", "Infinity", "-Infinity", "-0", or an object that has this key. */
const mark = '$';

/**
 * A value as JSON data; its typed arrays are collected in `frames`. Numbers survive exactly, NaN,
 * infinities and −0 included; `undefined` members are left out, as in JSON.
 */
export function packValue(value: unknown, frames: ArrayBufferView[]): unknown {
  if (typeof value === 'number') return packNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item) => (item === undefined ? null : packValue(item, frames)));
  }
  if (ArrayBuffer.isView(value)) return packArray(value, frames);
  // Not by assignment: a member called __proto__ would set the prototype.
  const packed = Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, packValue(item, frames)]),
  );
  return Object.hasOwn(packed, mark) ? { [mark]: ['object', packed] } : packed;
}

function packNumber(value: number): unknown {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { [mark]: Object.is(value, -0) ? '-0' : String(value) };
}

function packArray(value: ArrayBufferView, frames: ArrayBufferView[]): unknown {
  const found = Object.entries(arrayTypes).find(([, type]) => value instanceof type);
  if (found === undefined) {
    throw new AppError('internal', `${value.constructor.name} cannot cross a carrier.`);
  }
  frames.push(value);
  return { [mark]: [found[0], frames.length - 1] };
}

/**
 * The value that `packValue` was given; typed arrays are views of `frames`, which must be 8-aligned.
 * What is nested too deep is refused, before a stack is full somewhere else.
 */
export function unpackValue(packed: unknown, frames: readonly Uint8Array[], depth = 0): unknown {
  if (typeof packed !== 'object' || packed === null) return packed;
  if (depth > deepestNesting) {
    throw new AppError('bad-input', `A message is nested more than ${deepestNesting} deep.`);
  }
  if (Array.isArray(packed)) return packed.map((item) => unpackValue(item, frames, depth + 1));
  if (Object.hasOwn(packed, mark)) {
    return unpackMarked((packed as Record<string, unknown>)[mark], frames, depth);
  }
  return unpackMembers(packed, frames, depth);
}

function unpackMembers(
  packed: object,
  frames: readonly Uint8Array[],
  depth: number,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(packed).map(([key, item]) => [key, unpackValue(item, frames, depth + 1)]),
  );
}

function unpackMarked(marked: unknown, frames: readonly Uint8Array[], depth: number): unknown {
  if (typeof marked === 'string') return Number(marked);
  const [type, content] = marked as [string, unknown];
  if (type === 'object') return unpackMembers(content as object, frames, depth);
  const frame = frames[content as number];
  const arrayType = Object.hasOwn(arrayTypes, type) ? arrayTypes[type as ArrayType] : undefined;
  if (frame === undefined || arrayType === undefined) {
    throw new AppError('bad-input', `A message names a typed array that it does not carry.`);
  }
  return new arrayType(
    frame.buffer as ArrayBuffer,
    frame.byteOffset,
    frame.byteLength / arrayType.BYTES_PER_ELEMENT,
  );
}
