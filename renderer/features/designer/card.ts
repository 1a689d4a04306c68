import type { Circuit } from '#shared/circuit/circuit.ts';
import type { ParsedDocument } from '#shared/qasm/document.ts';
import { hoverAt } from '#shared/qasm/service/hover.ts';
import { nameOfOperation } from './labels.ts';

/** What a gate card says. */
export interface CardContent {
  readonly title: string;
  readonly lines: readonly string[];
  /** Entries as text, first qubit = least significant bit; null where it is none or too large. */
  readonly matrix: readonly (readonly string[])[] | null;
  /** The statement as it stands in the text; empty where it has no place of its own. */
  readonly code: string;
}

const longestCode = 160;

/** The card of an operation; null where there is none under the index. */
export function cardOf(
  parsed: ParsedDocument,
  circuit: Circuit,
  index: number,
): CardContent | null {
  const operation = circuit.operations[index];
  if (operation === undefined) return null;
  const { origin } = operation;
  const code = origin === undefined ? '' : parsed.text.slice(origin.start, origin.end).trim();
  const found =
    operation.kind === 'gate' && origin !== undefined ? hoverAt(parsed, origin.start) : null;
  return {
    title: found?.title ?? nameOfOperation(circuit, operation),
    lines: found?.lines ?? [],
    matrix: found?.matrix ?? null,
    code: code.length <= longestCode ? code : `${code.slice(0, longestCode - 1)}…`,
  };
}
