import { describe, expect, test } from 'vitest';
import { parentPath, placeOfPath, readJson } from '#shared/base/json-places.ts';
import { rngOf } from '#shared/base/rng.ts';

/** A random JSON value. */
function randomValue(random: () => number, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 3 ? 5 : 7));
  const count = Math.floor(random() * 4);
  switch (kind) {
    case 0:
      return null;
    case 1:
      return random() < 0.5;
    case 2:
      return Math.round((random() - 0.5) * 1000);
    case 3:
      return (random() - 0.5) * 10 ** Math.floor(40 * random() - 20);
    case 4:
      return ['', 'a "quoted" text', 'líne\nbreak\t\u0001', '\\', '{[:,]}', '🎲'][count + 1] ?? 'x';
    case 5:
      return Array.from({ length: count }, () => randomValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: count }, (_, k) => [`k${k}`, randomValue(random, depth + 1)]),
      );
  }
}

test('a text is read as JSON.parse reads it, and each place holds its value', () => {
  const rng = rngOf(7, 1);
  const random = (): number => rng.uniform();
  for (let round = 0; round < 300; round++) {
    const value = randomValue(random, 0);
    const text = JSON.stringify(value, null, round % 3);
    const reading = readJson(text);
    expect(reading).toMatchObject({ ok: true });
    if (!reading.ok) continue;
    expect(reading.value).toStrictEqual(JSON.parse(text));
    for (const [path, { start, end }] of reading.places) {
      const found = path
        .split(/[.[\]]+/)
        .filter((part) => part !== '')
        .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], value);
      expect(JSON.parse(text.slice(start, end))).toStrictEqual(found === undefined ? value : found);
    }
  }
});

test('a text with a piece taken out is refused exactly where JSON.parse refuses it', () => {
  const rng = rngOf(8, 1);
  const random = (): number => rng.uniform();
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  for (let round = 0; round < 500; round++) {
    const whole = JSON.stringify(randomValue(random, 0), null, 1);
    const at = Math.floor(random() * whole.length);
    const text = whole.slice(0, at) + whole.slice(at + 1);
    const reading = readJson(text);
    const isTwice = !reading.ok && reading.fault.message.includes('already');
    expect(reading.ok || isTwice, text).toBe(isJson(text));
  }
});

describe('a fault', () => {
  test.each([
    ['', 0, /Expected a value; the text ends here/],
    ['{"a": 1,}', 8, /another value/],
    ['{"a": 1\n"b": 2}', 8, /“,” or “}”/],
    ['{a: 1}', 1, /name in double quotes/],
    ['[01]', 1, /Expected a value; found 01/],
    ['{"a": 1, "a": 2}', 9, /already/],
    ['"ab', 0, /closing quote/],
    ['{} {}', 3, /end of the text/],
  ])('of %j is told at %d', (text, start, message) => {
    const reading = readJson(text);
    expect(reading.ok).toBe(false);
    if (reading.ok) return;
    expect(reading.fault.start).toBe(start);
    expect(reading.fault.message).toMatch(message);
  });
});

test('a path that is not there is shown at what is around it', () => {
  const reading = readJson('{"a": {"b": [1, 2]}}');
  if (!reading.ok) throw new Error(reading.fault.message);
  expect(placeOfPath(reading.places, 'a.b[1]')).toEqual({ start: 16, end: 17 });
  expect(placeOfPath(reading.places, 'a.b[7].c')).toEqual(placeOfPath(reading.places, 'a.b'));
  expect(placeOfPath(reading.places, 'z')).toEqual({ start: 0, end: 20 });
  expect(parentPath('a.b[1]')).toBe('a.b');
  expect(parentPath('a.b')).toBe('a');
  expect(parentPath('a')).toBe('');
});
