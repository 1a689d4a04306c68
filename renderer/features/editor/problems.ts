import type { Diagnostic } from '#shared/qasm/diagnostic.ts';

/** "3:5 error unknown-gate: There is no gate …". */
export function problemLine({ line, column, severity, code, message }: Diagnostic): string {
  return `${line}:${column} ${severity} ${code}: ${message}`;
}

/** All problems of a document as text, one a line, in source order. */
export function problemLines(name: string, diagnostics: readonly Diagnostic[]): string {
  return `${[name, ...diagnostics.map(problemLine)].join('\n')}\n`;
}
