import { type AppError, exitCodeOf } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { Diagnostic } from '#shared/qasm/document.ts';

/** Reports a failure as CONTRACT §1 says and gives the exit code. */
export function reportFailure(error: AppError, json: boolean): number {
  const { diagnostics, ...details } = error.details;
  if (json) {
    const shown = { code: error.code, message: error.message, details };
    const places = Array.isArray(diagnostics)
      ? { diagnostics: diagnostics.map(shownDiagnostic) }
      : {};
    process.stdout.write(`${stringifyPlain({ error: { ...shown, ...places } })}\n`);
    return exitCodeOf(error.code);
  }
  if (Array.isArray(diagnostics)) {
    const file = typeof details.file === 'string' ? details.file : 'input';
    for (const diagnostic of diagnostics as Diagnostic[]) {
      process.stderr.write(`${diagnosticLine(file, diagnostic)}\n`);
    }
  }
  const said = Array.isArray(diagnostics) ? summaryOf(diagnostics as Diagnostic[]) : null;
  process.stderr.write(`error ${error.code}: ${said ?? error.message}\n`);
  return exitCodeOf(error.code);
}

/** How many errors stand above with their places; null where they are not what failed. */
function summaryOf(diagnostics: readonly Diagnostic[]): string | null {
  const count = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (count === 0) return null;
  return `the program has ${count === 1 ? 'one error' : `${count} errors`}, listed above.`;
}

/** A number for people: rounding of the last bits is not shown. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** `file:line:column: severity code: message` */
export function diagnosticLine(file: string, diagnostic: Diagnostic): string {
  const { line, column, severity, code, message } = diagnostic;
  return `${file}:${line}:${column}: ${severity} ${code}: ${message}`;
}

/** A diagnostic without the offsets that only editors need. */
export function shownDiagnostic({ start: _start, end: _end, ...shown }: Diagnostic): object {
  return shown;
}

/** Columns of text, each as wide as its widest cell. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => cell.padEnd(widths[c] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
