import { AppError } from '#shared/base/errors.ts';
import {
  decodeText,
  type Encoding,
  encodings,
  encodingTitles,
  isGzip,
} from '#shared/data/decode-text.ts';
import type { DataReading } from '#shared/data/data-set.ts';

/** A file that may become a data set, unpacked. */
export interface DataFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the user says of a file in the dialog; null = found out. */
export interface Corrections {
  readonly encoding: Encoding | null;
  readonly separator: NonNullable<DataReading['separator']> | null;
  readonly decimal: NonNullable<DataReading['decimal']> | null;
  /** Empty = none. */
  readonly dateColumn: string | null;
  readonly dayFirst: boolean | null;
}

export const noCorrections: Corrections = {
  encoding: null,
  separator: null,
  decimal: null,
  dateColumn: null,
  dayFirst: null,
};

export const dataFileTypes = '.csv,.tsv,.txt,.gz,text/csv';

export function isDataFile(name: string): boolean {
  return /\.(csv|tsv|txt|gz)$/i.test(name);
}

/** Reads a file; what gzip packed is unpacked. */
export async function readDataFile(file: File): Promise<DataFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isGzip(bytes)) return { name: file.name, bytes };
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const unpacked = await new Response(stream).arrayBuffer().catch((thrown: unknown) => {
    throw new AppError(
      'bad-input',
      `“${file.name}” cannot be unpacked: it is damaged.`,
      {},
      thrown,
    );
  });
  return { name: file.name.replace(/\.gz$/i, ''), bytes: new Uint8Array(unpacked) };
}

export interface ReadFile {
  readonly text: string;
  readonly encoding: Encoding;
}

/** The text of a file as the user says, else as found out; null where it is no text. */
export function textOfFile({ bytes }: DataFile, { encoding }: Corrections): ReadFile | null {
  return decodeText(bytes, encoding);
}

/** What main is told of the file; undefined where all is found out and the file is UTF-8. */
export function readingOf(corrections: Corrections, encoding: Encoding): DataReading | undefined {
  const { separator, decimal, dateColumn, dayFirst } = corrections;
  const reading: DataReading = {
    ...(separator === null ? {} : { separator }),
    ...(decimal === null ? {} : { decimal }),
    ...(dateColumn === null ? {} : { dateColumn }),
    ...(dayFirst === null ? {} : { dayFirst }),
    ...(encoding === 'utf-8' ? {} : { encoding: encodingTitles[encoding] }),
  };
  return Object.keys(reading).length === 0 ? undefined : reading;
}

export const encodingOptions = encodings.map((value) => ({ value, title: encodingTitles[value] }));
