/** A replacement of [start, end) in UTF-16 offsets of the old text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits that would mend a fault, and what to call them. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
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
  readonly fix?: Fix;
}

/**
 * A diagnostic before its place in the file is known: offsets count from the start of its
 * statement. `strict` is a fault that tools tolerate: an error, or a warning when lenient.
 */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info' | 'strict';
  readonly phase: Diagnostic['phase'];
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly fix?: Fix;
}

/** Offsets of the first character of every line; \n, \r\n and \r end a line. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** Line and UTF-16 column, both from 1, of an offset. O(log lines). */
export function positionAt(
  lineStarts: readonly number[],
  offset: number,
): { line: number; column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] as number) + 1 };
}

/** The problem at its place: `base` is where its statement starts in the text. */
export function diagnosticOf(
  problem: Problem,
  base: number,
  lineStarts: readonly number[],
  lenient: boolean,
): Diagnostic {
  const start = base + problem.start;
  const end = base + problem.end;
  const from = positionAt(lineStarts, start);
  const to = positionAt(lineStarts, end);
  const strictSeverity = lenient ? 'warning' : 'error';
  return {
    severity: problem.severity === 'strict' ? strictSeverity : problem.severity,
    phase: problem.phase,
    code: problem.code,
    message: problem.message,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    start,
    end,
    ...(problem.fix === undefined
      ? {}
      : {
          fix: {
            title: problem.fix.title,
            edits: problem.fix.edits.map((edit) => ({
              start: base + edit.start,
              end: base + edit.end,
              text: edit.text,
            })),
          },
        }),
  };
}
