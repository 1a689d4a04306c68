import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { decodeHostMessage, encodeMessage, errorFromData, errorToData } from '#shared/ipc/wire.ts';

function roundTrip(value: unknown): unknown {
  const message = decodeHostMessage(encodeMessage({ kind: 'answer', id: 1, output: value }));
  return message.kind === 'answer' ? message.output : message;
}

describe('the wire', () => {
  test.each([
    [NaN],
    [Infinity],
    [-Infinity],
    [-0],
    [0.1],
    [null],
    [true],
    [''],
    ['ψ 😀 \u0000'],
    [[1, [NaN, { a: [] }]]],
    [{ $: 'NaN', nested: { $: ['f64', 0] } }],
    [JSON.parse('{"__proto__": 1}')],
  ])('carries %j unchanged', (value) => {
    expect(roundTrip(value)).toStrictEqual(value);
  });

  test.each([
    new Float64Array([1, NaN, -0, Infinity]),
    new Float32Array([1.5]),
    new Int32Array([-1, 2]),
    new Uint32Array([4294967295]),
    new Int16Array([-3]),
    new Uint16Array([65535]),
    new Int8Array([-128]),
    new Uint8Array([255, 0, 1]),
    new Float64Array(0),
  ])('carries %o as the same kind of typed array', (array) => {
    const { a, b } = roundTrip({ a: array, b: { c: array } }) as { a: object; b: { c: object } };
    expect(a.constructor).toBe(array.constructor);
    expect(a).toStrictEqual(array);
    expect(b.c).toStrictEqual(array);
  });

  test('reads a message at any offset of a larger buffer', () => {
    const bytes = encodeMessage({ kind: 'answer', id: 1, output: new Float64Array([1, 2]) });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeHostMessage(shifted.subarray(3))).toStrictEqual(decodeHostMessage(bytes));
  });

  test('leaves undefined members out', () => {
    expect(roundTrip({ a: undefined, b: 1 })).toStrictEqual({ b: 1 });
  });

  test('refuses bytes that are no message as bad input, whatever they are', () => {
    const whole = encodeMessage({ kind: 'answer', id: 1, output: new Float64Array(8) });
    const rng = rngOf(7);
    for (let i = 0; i < 300; i++) {
      const damaged = whole.slice(0, rng.below(whole.length));
      expect(() => decodeHostMessage(damaged)).toThrow(AppError);
    }
    expect(() => decodeHostMessage(new Uint8Array([1, 2, 3]))).toThrow(/wire format/);
    expect(() => decodeHostMessage(encodeMessage({ kind: 'odd' } as never))).toThrow(/kind/);
  });

  test.each([10, 499, 501, 2200, 100_000])(
    'a value nested %i deep passes or is bad input',
    (depth) => {
      const header = `[[],{"kind":"answer","id":1,"output":${'['.repeat(depth)}${']'.repeat(depth)}}]`;
      const text = new TextEncoder().encode(header);
      const bytes = new Uint8Array(8 + Math.ceil(text.length / 8) * 8);
      new DataView(bytes.buffer).setUint32(0, text.length, true);
      bytes.set(text, 8);
      if (depth < 500) expect(decodeHostMessage(bytes).kind).toBe('answer');
      else expect(() => decodeHostMessage(bytes)).toThrow(/nested/);
    },
  );

  test('an error keeps its code, message and details', () => {
    const error = new AppError('budget', 'Too dear.', { cost: 3 });
    const back = errorFromData(roundTrip(errorToData(error)) as never);
    expect(back).toBeInstanceOf(AppError);
    expect([back.code, back.message, back.details]).toStrictEqual([
      'budget',
      'Too dear.',
      { cost: 3 },
    ]);
  });

  test('an error that is not ours crosses as internal', () => {
    expect(errorToData(new TypeError('odd'))).toStrictEqual({
      code: 'internal',
      message: 'odd',
      details: {},
    });
  });
});

describe('plain JSON', () => {
  test('writes NaN and infinities as strings and typed arrays as arrays', () => {
    const value = { a: NaN, b: [-Infinity], c: new Float64Array([1, Infinity]), d: undefined };
    expect(stringifyPlain(value)).toBe('{"a":"NaN","b":["-Infinity"],"c":[1,"Infinity"]}');
  });
});
