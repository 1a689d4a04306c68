import { z } from 'zod';
import {
  AppError,
  asAppError,
  type ErrorCode,
  type ErrorDetails,
  isErrorCode,
} from '../base/errors.ts';
import { packValue, unpackValue } from './packing.ts';

/** An error as plain data; the stack stays where it was thrown. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

const errorDataSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
});
const number = z.int().gte(0);
const id = z.int().gte(1);

/** What a window says. Everything that arrives goes through this before anything is done with it. */
const windowMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('request'), id, name: z.string().max(100), input: z.unknown() }),
  /** Nobody waits for this answer any more; the work for it may end. It is answered all the same. */
  z.strictObject({ kind: z.literal('cancel'), id }),
  /** A window's first message: which session it knows and the last event that it saw (0 = none). */
  z.strictObject({
    kind: z.literal('hello'),
    session: z.string().max(100).nullable(),
    lastEvent: number,
  }),
  /** The window has handled every event up to this one; the sender may go on. */
  z.strictObject({ kind: z.literal('acknowledge'), number }),
]);

/** What the application says. */
const hostMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), id, output: z.unknown() }),
  z.strictObject({ kind: z.literal('failure'), id, error: errorDataSchema }),
  /** Events are numbered from 1 in the life of a session. */
  z.strictObject({ kind: z.literal('event'), number, name: z.string(), payload: z.unknown() }),
  /** `resumed`: all events after `lastEvent` of the hello follow; else the window must read anew. */
  z.strictObject({
    kind: z.literal('welcome'),
    session: z.string(),
    lastEvent: number,
    resumed: z.boolean(),
  }),
]);

export type WindowMessage = z.infer<typeof windowMessageSchema>;
export type HostMessage = z.infer<typeof hostMessageSchema>;

/** Everything that crosses between a window and the application, in both directions. */
export type WireMessage = WindowMessage | HostMessage;

// Present in every process that Ketbench runs in, but in no library of the language itself.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

const headerBytes = 8;

/**
 * One message as bytes: the header's length and the frames' number (two little-endian uint32), the
 * JSON header, then each typed array as raw bytes, all padded to 8 so that views need no copy.
 */
export function encodeMessage(message: WireMessage): Uint8Array<ArrayBuffer> {
  return encodeValue(message);
}

/** Any value of plain data and typed arrays in the same format, e.g. for a record of a log. */
export function encodeValue(value: unknown): Uint8Array<ArrayBuffer> {
  const frames: ArrayBufferView[] = [];
  const packed = packValue(value, frames);
  const sizes = frames.map((frame) => frame.byteLength);
  const header = new TextEncoder().encode(JSON.stringify([sizes, packed]));
  const total = sizes.reduce(
    (sum, size) => sum + padded(size),
    headerBytes + padded(header.length),
  );
  const bytes = new Uint8Array(total);
  const numbers = new DataView(bytes.buffer);
  numbers.setUint32(0, header.length, true);
  numbers.setUint32(4, frames.length, true);
  bytes.set(header, headerBytes);
  let offset = headerBytes + padded(header.length);
  for (const frame of frames) {
    bytes.set(new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength), offset);
    offset += padded(frame.byteLength);
  }
  return bytes;
}

/** The window's message in these bytes; throws `bad-input` on anything else. */
export function decodeWindowMessage(bytes: Uint8Array): WindowMessage {
  return checked(windowMessageSchema, decodeValue(bytes));
}

/** The application's message in these bytes; throws `bad-input` on anything else. */
export function decodeHostMessage(bytes: Uint8Array): HostMessage {
  return checked(hostMessageSchema, decodeValue(bytes));
}

/** The value that `encodeValue` made these bytes of; throws `bad-input` on others. */
export function decodeValue(bytes: Uint8Array): unknown {
  try {
    return decode(bytes);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError('bad-input', 'A message was not in the wire format.', {}, thrown);
  }
}

function decode(bytes: Uint8Array): unknown {
  // Views of 8-byte numbers need an aligned buffer; a socket may hand out any offset.
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const numbers = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  const headerLength = numbers.getUint32(0, true);
  const start = headerBytes + padded(headerLength);
  if (start > aligned.length) throw new AppError('bad-input', 'A message was cut short.');
  const header = new TextDecoder().decode(
    aligned.subarray(headerBytes, headerBytes + headerLength),
  );
  const [sizes, packed] = JSON.parse(header) as [number[], unknown];
  let offset = start;
  const frames = sizes.map((size) => {
    const frame = aligned.subarray(offset, offset + size);
    if (frame.length !== size) throw new AppError('bad-input', 'A message was cut short.');
    offset += padded(size);
    return frame;
  });
  return unpackValue(packed, frames);
}

function checked<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  throw new AppError(
    'bad-input',
    `A message was not of any known shape: ${place === '' ? '' : `${place}: `}${issue?.message ?? ''}.`,
  );
}

function padded(length: number): number {
  return (length + 7) & ~7;
}

/** What crosses when something fails. An error that is not ours becomes `internal`. */
export function errorToData(thrown: unknown): ErrorData {
  const { code, message, details } = asAppError(thrown);
  return { code, message, details };
}

/** The other direction; an unknown code of a newer version becomes `internal`. */
export function errorFromData(data: Omit<ErrorData, 'code'> & { readonly code: string }): AppError {
  const code = isErrorCode(data.code) ? data.code : 'internal';
  return new AppError(code, data.message, data.details);
}
