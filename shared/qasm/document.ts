import type { Circuit } from '../circuit/circuit.ts';

/** A replacement of [start, end) in UTF-16 offsets of the old text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Something to say about a program at a place in it. Lines and UTF-16 columns count from 1. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'info';
  readonly phase: 'lexical' | 'syntax' | 'semantic' | 'lint';
  /** Stable, kebab-case, e.g. "duplicate-qubit". */
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The same place as UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Edits that would mend it, and what to call them. */
  readonly fix?: { readonly title: string; readonly edits: readonly TextEdit[] };
}

export interface ParseOptions {
  /** Forces a language version; otherwise the version line decides (none = 3). */
  readonly language?: 2 | 3;
  /** Faults that the OpenQASM 2 paper forbids but tools tolerate are warnings instead of errors. */
  readonly lenient?: boolean;
  /** Text of an included file, or null where there is none. The built-in files need no loader. */
  readonly include?: (path: string) => string | null;
}

/** A document that was read: its text, what is wrong with it and the circuit that it describes. */
export interface ParsedDocument {
  readonly text: string;
  readonly language: 2 | 3;
  readonly options: ParseOptions;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Null where there is an error. Each operation carries the origin of its statement. */
  readonly circuit: Circuit | null;
}
