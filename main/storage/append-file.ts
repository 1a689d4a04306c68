import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { codeOf } from './files.ts';
import { moveAside, type Notify } from './stored-document.ts';

/** Rows that are only ever added: one JSON object a line, on disk when `append` returns. */
export class AppendFile<T> {
  readonly #path: string;
  readonly #rows: T[];

  private constructor(path: string, rows: T[]) {
    this.#path = path;
    this.#rows = rows;
  }

  /** Reads a file; a last line that a crash cut off is dropped, and so is a damaged one, with a word. */
  static open<T>(path: string, row: z.ZodType<T>, notify: Notify): AppendFile<T> {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const text = readOrEmpty(path, notify);
    const end = text.lastIndexOf('\n') + 1;
    if (end < text.length) {
      notify('warning', `The last line of ${path} was cut off and has been dropped.`);
      truncateSync(path, Buffer.byteLength(text.slice(0, end)));
    }
    const rows: T[] = [];
    text
      .slice(0, end)
      .split('\n')
      .forEach((line, i) => {
        if (line === '') return;
        const parsed = parseLine(line, row);
        if (parsed === null)
          notify('warning', `Line ${i + 1} of ${path} is damaged and is left out.`);
        else rows.push(parsed.value);
      });
    return new AppendFile(path, rows);
  }

  all(): readonly T[] {
    return this.#rows;
  }

  append(row: T): void {
    appendWhole(this.#path, `${JSON.stringify(row)}\n`, true);
    this.#rows.push(row);
  }
}

/** Adds text to a file, all of it or nothing: half a line would spoil the next one. */
export function appendWhole(path: string, text: string, sync: boolean): void {
  const bytes = Buffer.from(text, 'utf8');
  const file = openSync(path, 'a', 0o600);
  try {
    const { size } = fstatSync(file);
    try {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(file, bytes, written, bytes.length - written);
      }
      if (sync) fsyncSync(file);
    } catch (thrown) {
      ftruncateSync(file, size);
      throw thrown;
    }
  } finally {
    closeSync(file);
  }
}

/** What cannot be read at all is put aside, so that rows can be added. */
function readOrEmpty(path: string, notify: Notify): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') moveAside(path, notify);
    return '';
  }
}

function parseLine<T>(line: string, row: z.ZodType<T>): { readonly value: T } | null {
  try {
    const parsed = row.safeParse(JSON.parse(line));
    return parsed.success ? { value: parsed.data } : null;
  } catch {
    return null;
  }
}
