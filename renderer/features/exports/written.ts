import type { Circuit } from '#shared/circuit/circuit.ts';
import { type AppError, asAppError } from '#shared/base/errors.ts';
import { boundCircuit, type BoundValue, boundValues } from '#renderer/lib/bound-circuit.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import type { DrawingStyle, Exporter, ExportLoss } from '#shared/qasm/exporters/exporter.ts';

/** A circuit in another language, or why it cannot be written in it. */
export type Written =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly losses: readonly ExportLoss[];
      /** Values that stand in place of named parameters, because the format takes numbers only. */
      readonly values: readonly BoundValue[];
    }
  | { readonly kind: 'refused'; readonly error: AppError };

/** Asks the exporter; what it throws becomes a value that can be shown. */
export function writeAs(exporter: Exporter, source: Exportable, style: DrawingStyle): Written {
  try {
    return { kind: 'text', ...exporter.export(source.circuit, style), values: [] };
  } catch (thrown) {
    return source.values.length === 0
      ? { kind: 'refused', error: asAppError(thrown) }
      : writeBound(exporter, source, style);
  }
}

/** Once more with the sliders' values: what is still refused has another reason. */
function writeBound(
  exporter: Exporter,
  { bound, values }: Exportable,
  style: DrawingStyle,
): Written {
  try {
    return { kind: 'text', ...exporter.export(bound(), style), values };
  } catch (thrown) {
    return { kind: 'refused', error: asAppError(thrown) };
  }
}

/** A circuit, and the same with the values of its named parameters. */
export interface Exportable {
  readonly circuit: Circuit;
  readonly bound: () => Circuit;
  readonly values: readonly BoundValue[];
}

export function exportableOf(document: OpenDocument): Exportable {
  return {
    circuit: document.drawn,
    bound: () => boundCircuit(document),
    values: boundValues(document),
  };
}

/** More than this is not put on the page, where it would make each edit slow; copy and save have it all. */
const shownCharacters = 100_000;

/** The beginning of a text, up to the end of a line; `hidden` counts the characters left out. */
export function beginningOf(text: string): { readonly shown: string; readonly hidden: number } {
  if (text.length <= shownCharacters) return { shown: text, hidden: 0 };
  const lineEnd = text.lastIndexOf('\n', shownCharacters);
  const shown = text.slice(0, lineEnd < 0 ? shownCharacters : lineEnd + 1);
  return { shown, hidden: text.length - shown.length };
}
