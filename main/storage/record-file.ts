import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Disposable } from '#shared/base/disposable.ts';
import { decodeValue, encodeValue } from '#shared/ipc/wire.ts';
import { codeOf } from './files.ts';

/** Before each record: its length and its CRC-32, both little-endian uint32. */
const prefixBytes = 8;

/** Everything that a record file held, and how many bytes at its end were torn off. */
export interface RecordsRead {
  readonly records: readonly unknown[];
  readonly wholeBytes: number;
  readonly tornBytes: number;
}

/**
 * Reads records up to the first that is cut short or damaged: what follows it cannot be trusted. A power
 * cut may leave zeros behind, which are no records: none is empty.
 */
export function readRecords(path: string): RecordsRead {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return { records: [], wholeBytes: 0, tornBytes: 0 };
    throw thrown;
  }
  const records: unknown[] = [];
  let offset = 0;
  while (offset + prefixBytes <= bytes.length) {
    const length = bytes.readUInt32LE(offset);
    const content = bytes.subarray(offset + prefixBytes, offset + prefixBytes + length);
    const isWhole = length > 0 && content.length === length;
    if (!isWhole || crc32(content) !== bytes.readUInt32LE(offset + 4)) break;
    const record = decoded(content);
    if (record === null) break;
    records.push(record.value);
    offset += prefixBytes + length;
  }
  return { records, wholeBytes: offset, tornBytes: bytes.length - offset };
}

function decoded(content: Buffer): { readonly value: unknown } | null {
  try {
    return { value: decodeValue(content) };
  } catch {
    return null;
  }
}

/** How long written records may wait to be forced to the disk; a killed process loses none of them. */
const syncMs = 1000;

/** Appends checksummed records to a file that one thread owns. */
export class RecordFile implements Disposable {
  readonly #file: number;
  #lastSync = 0;
  #closed = false;

  /** Opens for appending after `wholeBytes`; what was torn behind them is cut off. */
  constructor(path: string, wholeBytes: number) {
    this.#file = openSync(path, wholeBytes === 0 ? 'w' : 'r+', 0o600);
    ftruncateSync(this.#file, wholeBytes);
    this.#position = wholeBytes;
  }

  #position: number;

  append(record: unknown): void {
    const content = encodeValue(record);
    const bytes = Buffer.alloc(prefixBytes + content.length);
    bytes.writeUInt32LE(content.length, 0);
    bytes.writeUInt32LE(crc32(content), 4);
    bytes.set(content, prefixBytes);
    this.#write(bytes);
    const now = performance.now();
    if (now - this.#lastSync > syncMs) this.sync();
  }

  /** All of it or nothing: half a record would hide every later one. */
  #write(bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) {
        const rest = bytes.length - written;
        written += writeSync(this.#file, bytes, written, rest, this.#position + written);
      }
    } catch (thrown) {
      ftruncateSync(this.#file, this.#position);
      throw thrown;
    }
    this.#position += written;
  }

  /** Returns when everything appended so far would survive a power cut. */
  sync(): void {
    fsyncSync(this.#file);
    this.#lastSync = performance.now();
  }

  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.sync();
    } finally {
      closeSync(this.#file);
    }
  }
}
