import { createHash } from 'node:crypto';

/** A table that a run read: its text, or null where it comes with every installation or may not be copied. */
export interface BundledData {
  readonly id: string;
  readonly sha256: string;
  readonly licence: string;
  readonly origin: string;
  readonly text: string | null;
}

/** What a bundle holds beside the report. */
export interface BundleParts {
  readonly version: string;
  /** ISO 8601, of when the run was started: the same run gives the same bytes. */
  readonly date: string;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly data: readonly BundledData[];
  /** Of a comparison the document of every run. */
  readonly jobs: readonly object[];
}

/** A file of a bundle, and what it is in the crate. */
export interface BundleFile {
  readonly path: string;
  readonly description: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
