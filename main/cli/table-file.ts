import { gunzipSync } from 'node:zlib';
import { AppError } from '#shared/base/errors.ts';
import { decodeText, encodingTitles, isGzip } from '#shared/data/decode-text.ts';
import { readBytes } from './input.ts';

export interface TableFile {
  readonly text: string;
  /** What its bytes were taken for, where that was not UTF-8. */
  readonly encoding?: string;
}

/** Texts are at most so long; a small gzip file may hold far more. */
const mostBytes = 2 ** 29 - 64;

/** The text of a table's file, in whatever encoding, packed by gzip or not. */
export function readTableFile(path: string): TableFile {
  const bytes = readBytes(path);
  const decoded = decodeText(isGzip(bytes) ? unpacked(path, bytes) : bytes);
  if (decoded === null) {
    throw new AppError(
      'bad-input',
      `${path} is no table of text: it holds zero bytes. Save it as CSV in UTF-8.`,
      { path },
    );
  }
  const { text, encoding } = decoded;
  return encoding === 'utf-8' ? { text } : { text, encoding: encodingTitles[encoding] };
}

function unpacked(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('bad-input', `${path} cannot be unpacked: ${reason}.`, { path });
  }
}
