import { AppError } from '../base/errors.ts';
import type { Circuit, GateDefinition } from '../circuit/circuit.ts';
import type { CircuitEdit } from '../circuit/edit.ts';
import { sameDefinition } from '../circuit/equal.ts';
import { type ParsedDocument, parseDocument } from './document.ts';
import { printCircuit } from './print/circuit.ts';

/** Longer sources of a gate are refused. */
const maximumLength = 200_000;

/**
 * The gates that a text declares, in their order, those that later ones call first. The version
 * line and the standard file may be left out. `bad-input` with the place of what is wrong.
 */
export function definitionsOfSource(text: string): readonly GateDefinition[] {
  if (text.length > maximumLength) {
    const message = `The source of a gate may have ${maximumLength} characters, not ${text.length}.`;
    throw new AppError('too-large', message, { length: text.length });
  }
  const { document, lines } = read(text);
  const fault = document.diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined || document.circuit === null) {
    const line = Math.max(1, (fault?.line ?? 1) - lines);
    const column = fault?.column ?? 1;
    throw new AppError('bad-input', `Line ${line}, column ${column}: ${fault?.message ?? ''}`, {
      line,
      column,
    });
  }
  const { definitions } = document.circuit;
  if (definitions.length > 0) return definitions;
  throw new AppError('bad-input', 'The text declares no gate. Begin with “gate name a, b { … }”.');
}

/** The source of a gate of a circuit, with the gates that it calls, as OpenQASM 3. */
export function sourceOfDefinition(circuit: Circuit, name: string): string {
  const needed = new Set([name]);
  const definitions = circuit.definitions.toReversed().filter((definition) => {
    if (!needed.has(definition.name)) return false;
    for (const step of definition.body ?? []) if (step.kind === 'gate') needed.add(step.gate);
    return true;
  });
  if (definitions.length === 0) {
    throw new AppError('not-found', `The circuit has no gate “${name}” of its own.`, { name });
  }
  const empty = { qubitRegisters: [], bitRegisters: [], parameters: [], operations: [] };
  return printCircuit({ ...empty, definitions: definitions.toReversed() }, 3);
}

/**
 * Edits that bring gates into a circuit; those that it has already stay as they are. `conflict`
 * where the circuit has another gate of the same name.
 */
export function definitionEdits(
  circuit: Circuit,
  definitions: readonly GateDefinition[],
): readonly CircuitEdit[] {
  const edits: CircuitEdit[] = [];
  for (const definition of definitions) {
    const { name } = definition;
    const own = circuit.definitions.find((one) => one.name === name);
    if (own === undefined) edits.push({ kind: 'add-definition', definition });
    else if (!sameDefinition(own, definition)) {
      const message = `The circuit has another gate “${name}” already. Rename one of them.`;
      throw new AppError('conflict', message, { name });
    }
  }
  return edits;
}

/** Reads as it stands, and where that fails with the standard gates before it. */
function read(text: string): { readonly document: ParsedDocument; readonly lines: number } {
  const document = parseDocument(text);
  const isWrong = document.circuit === null;
  if (!isWrong || /^\s*(OPENQASM|include)\b/m.test(text)) return { document, lines: 0 };
  return { document: parseDocument(`include "stdgates.inc";\n${text}`), lines: 1 };
}
