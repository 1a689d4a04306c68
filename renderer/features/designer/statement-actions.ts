import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { revise } from '#shared/qasm/text-edits.ts';
import { announce, notify } from '#renderer/lib/notices.ts';
import {
  activeDocument,
  changeCircuit,
  changeStatements,
  select,
} from '#renderer/lib/workspace/workspace-store.ts';
import { bitEdits, insertionIndex } from './planning.ts';
import { type BlockKind, useDesigner } from './designer-store.ts';
import {
  changeConditionEdits,
  conditionEdits2,
  conditionPlace,
  durationPlace,
  type Edits,
  encloseEdits,
  removeConditionEdits,
} from './enclose.ts';
import { attempt, designerTarget, indicesInHand } from './hand.ts';
import type { Cell } from './plan.ts';

/** Asks for a block around what is in hand, or for another condition where it has one. */
export function askForBlock(kind: BlockKind): void {
  const target = designerTarget();
  if (target === null) return;
  if (useDesigner.getState().inner !== null) {
    announce('The statement stands in a block. Alt+T goes to it in the text.');
    return;
  }
  const indices = indicesInHand();
  if (indices.length === 0) announce('Select gates first, or put the cursor on one.');
  else useDesigner.setState({ dialog: { kind: 'block', indices, block: kind } });
}

/** The statement of what is in hand, if all of it is one that has a condition of its own. */
export function conditionInHand(
  indices: readonly number[],
): { readonly start: number; readonly end: number; readonly source: string } | null {
  const document = activeDocument();
  const origins = indices.map((index) => document?.drawn.operations[index]?.origin);
  const [first] = origins;
  if (document === null || first === undefined) return null;
  if (origins.some((one) => one?.start !== first.start)) return null;
  const { text } = document.parsed;
  const place = conditionPlace(text, first);
  if (place === null) return null;
  const { start, end } = first;
  return { start, end, source: text.slice(place.start, place.end) };
}

/** Carries edits of statements out; false, with the reason told, where they cannot be. */
function changeText(edits: Edits, label: string): boolean {
  if ('refusal' in edits) {
    notify('warning', edits.refusal);
    return false;
  }
  select([]);
  return changeStatements(
    edits.toSorted((a, b) => a.start - b.start),
    label,
  );
}

/** Puts a block around operations. `head` is the statement up to its brace. */
export function enclose(indices: readonly number[], head: string): boolean {
  const document = activeDocument();
  if (document === null) return false;
  return changeText(
    encloseEdits(document.parsed, document.drawn, indices, head),
    `${head}: block made.`,
  );
}

/** Makes operations depend on a condition, or gives those that have one another. */
export function makeConditional(indices: readonly number[], condition: string): boolean {
  const document = activeDocument();
  if (document === null) return false;
  const has = conditionInHand(indices);
  const { text, language } = document.parsed;
  const label = `If ${condition}.`;
  if (has !== null) return changeText(changeConditionEdits(text, has, condition), label);
  return language === 3
    ? enclose(indices, `if (${condition})`)
    : changeText(conditionEdits2(document.drawn, indices, condition), label);
}

/** Takes the condition of a statement away; what depended on it stays. */
export function removeCondition(indices: readonly number[]): boolean {
  const document = activeDocument();
  const has = conditionInHand(indices);
  if (document === null || has === null) return false;
  return changeText(removeConditionEdits(document.parsed.text, has), 'Condition taken away.');
}

/** Reads a measurement into another bit; null = its outcome is not kept. */
export function measureInto(index: number, bit: number | null): boolean {
  const circuit = designerTarget()?.circuit;
  const operation = circuit?.operations[index];
  if (circuit === undefined || operation?.kind !== 'measure') return false;
  const { origin: _, ...fresh } = operation;
  const edits = bit === null ? [] : bitEdits(circuit, bit + 1);
  return changeCircuit(
    [...edits, { kind: 'replace', index, operation: { ...fresh, bit } }],
    'Measured into another bit.',
    [index],
  );
}

export function isDelay(operation: Operation | undefined): boolean {
  return operation?.kind === 'opaque' && operation.isInert === true;
}

/** The duration of a delay as the text has it; null where it cannot be told apart. */
export function durationOf(index: number): string | null {
  const document = activeDocument();
  const origin = document?.drawn.operations[index]?.origin;
  if (document === null || origin === undefined) return null;
  const place = durationPlace(document.parsed.text, origin);
  return place === null ? null : document.parsed.text.slice(place.start, place.end);
}

export function setDuration(index: number, duration: string): boolean {
  const document = activeDocument();
  const origin = document?.drawn.operations[index]?.origin;
  if (document === null || origin === undefined) return false;
  const place = durationPlace(document.parsed.text, origin);
  if (place === null) return false;
  return changeText([{ ...place, text: duration }], `Delay of ${duration}.`);
}

const usualDelay = '100ns';

/** Puts a delay on a wire, as a statement of the text. */
export function placeDelay(circuit: Circuit, cell: Cell, columns?: readonly number[]): boolean {
  const document = activeDocument();
  if (document === null) return false;
  if (document.parsed.language !== 3) {
    notify('warning', 'OpenQASM 2 has no delays. Convert the document to OpenQASM 3 first.');
    return false;
  }
  const index = insertionIndex(circuit, [cell.row], cell.column, columns, { anchor: cell.row });
  const done = attempt(() => {
    // A barrier takes the same place in the text, and is written the same way.
    const { edits } = revise(document.parsed, {
      kind: 'insert',
      index,
      operations: [{ kind: 'barrier', qubits: [cell.row] }],
    });
    return changeText(
      edits.map((edit) => ({
        ...edit,
        text: edit.text.replace('barrier', `delay[${usualDelay}]`),
      })),
      'Delay placed.',
    );
  });
  if (done) select([index]);
  return done;
}
