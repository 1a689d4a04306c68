import type { Rng } from '#shared/base/rng.ts';
import { type RequestName, requests } from '#shared/ipc/contract.ts';
import { encodeValue } from '#shared/ipc/wire.ts';
import { sampleOf } from './sample-of-schema.ts';

/** A frame of hostile or broken origin: random bytes, damaged frames, and messages with wrong parts. */
export function hostileFrame(rng: Rng, names: readonly RequestName[]): Uint8Array<ArrayBuffer> {
  switch (rng.below(6)) {
    case 0:
      return Uint8Array.from({ length: rng.below(64) }, () => rng.below(256));
    case 1:
      return damaged(encodeValue(message(rng, names)), rng);
    case 2:
      return withHeader(`[[],${JSON.stringify(message(rng, names))}]`);
    case 3:
      return withHeader(nestedHeader(rng));
    case 4:
      return withHeader(oddHeaders[rng.below(oddHeaders.length)] as string);
    default:
      return encodeValue(spoilt(message(rng, names), rng));
  }
}

/** JSON that is well-formed and means something else than the format has. */
const oddHeaders = [
  '',
  'null',
  '[]',
  '[[],null]',
  '[null,{}]',
  '[[1e999],1]',
  '[[-1],{"kind":"request"}]',
  '[["8"],{"$":["f64",0]}]',
  '[[],{"$":["f64",0]}]',
  '[[],{"$":["constructor",0]}]',
  '[[],{"$":null}]',
  '[[],{"$":["object",null]}]',
  '[[],{"kind":{"toString":1,"valueOf":1}}]',
  '[[],{"kind":"acknowledge","number":{"valueOf":1,"toString":1}}]',
  '[[],{"kind":"acknowledge","number":{"$":"NaN"}}]',
  '[[],{"kind":"acknowledge","number":1e300}]',
  '[[],{"kind":"hello","session":{"length":1},"lastEvent":0}]',
  '[[],{"kind":"cancel","id":-1}]',
  '[[],{"kind":"__proto__"}]',
  '[[],{"__proto__":{"kind":"hello"},"session":null,"lastEvent":0}]',
];

function message(rng: Rng, names: readonly RequestName[]): Record<string, unknown> {
  switch (rng.below(5)) {
    case 0:
      return { kind: 'hello', session: rng.below(2) === 0 ? null : 'x', lastEvent: rng.below(9) };
    case 1:
      return { kind: 'acknowledge', number: rng.below(1000) };
    case 2:
      return { kind: 'cancel', id: 1 + rng.below(1000) };
    default: {
      const name = names[rng.below(names.length)] as RequestName;
      return {
        kind: 'request',
        id: 1 + rng.below(1e6),
        name,
        input: sampleOf(requests[name].input),
      };
    }
  }
}

function damaged(bytes: Uint8Array<ArrayBuffer>, rng: Rng): Uint8Array<ArrayBuffer> {
  if (rng.below(3) === 0) return bytes.slice(0, rng.below(bytes.length));
  for (let n = 1 + rng.below(4); n > 0; n--) bytes[rng.below(bytes.length)] = rng.below(256);
  return bytes;
}

function nestedHeader(rng: Rng): string {
  const depth = [10, 400, 2200, 30_000][rng.below(4)] as number;
  const [open, close] = rng.below(2) === 0 ? ['[', ']'] : ['{"a":', '}'];
  const deep = `${open.repeat(depth)}0${close.repeat(depth)}`;
  return [
    `[[],${deep}]`,
    `[[],{"kind":"request","id":${deep},"name":"app.info","input":{}}]`,
    `[[],{"kind":"request","id":7,"name":${deep},"input":{}}]`,
    `[[],{"kind":"request","id":7,"name":"documents.write","input":{"name":"a","text":"","sidecar":${deep}}}]`,
    `[[],{"kind":"hello","session":${deep},"lastEvent":0}]`,
    `[[],{"kind":"acknowledge","number":${deep}}]`,
  ][rng.below(6)] as string;
}

/** What stands where something else is expected. */
function oddValue(rng: Rng): unknown {
  return [
    null,
    true,
    -1,
    0.5,
    NaN,
    Infinity,
    1e300,
    '',
    'x'.repeat(100_000),
    '\u0000\uD800',
    [],
    {},
    { valueOf: 1, toString: 1 },
    { $: 'NaN' },
    JSON.parse('{"__proto__":{"polluted":1}}'),
    new Float64Array(3),
    '../../../etc/passwd',
    Array.from({ length: 2000 }, () => 0),
  ][rng.below(18)];
}

/** One part of a message, at any depth, is replaced, removed or added. */
function spoilt(value: unknown, rng: Rng): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value))
    return oddValue(rng);
  const entries = Object.entries(value);
  if (entries.length === 0 || rng.below(8) === 0) return { ...value, odd: oddValue(rng) };
  const [key, part] = entries[rng.below(entries.length)] as [string, unknown];
  const { [key]: _, ...rest } = value as Record<string, unknown>;
  if (rng.below(6) === 0) return rest;
  return { ...rest, [key]: rng.below(2) === 0 ? oddValue(rng) : spoilt(part, rng) };
}

function withHeader(json: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(8 + Math.ceil(text.length / 8) * 8);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  return bytes;
}
