import type { TextEdit } from '#shared/qasm/document.ts';
import type { ParameterSetting } from './beside.ts';
import type { Mark } from './marks.ts';

/** Edits of the text and those that take them back. */
export interface Step {
  readonly forward: readonly TextEdit[];
  readonly backward: readonly TextEdit[];
}

/** What one press of undo takes back. */
export interface Change {
  readonly label: string;
  readonly source: 'text' | 'canvas' | 'parameter';
  readonly steps: readonly Step[];
  /** What was fixed to operations on both sides of the change; left out = nothing. */
  readonly marks?: { readonly before: readonly Mark[]; readonly after: readonly Mark[] };
  /** A named parameter's value and range on both sides; null = those that it begins with. */
  readonly parameter?: {
    readonly name: string;
    readonly before: ParameterSetting | null;
    readonly after: ParameterSetting | null;
  };
  /** Milliseconds; what follows closely, typing or the moves of one slider, joins the same change. */
  readonly at: number;
}

/** One stack for text and canvas. */
export interface History {
  readonly past: readonly Change[];
  readonly future: readonly Change[];
}

export const emptyHistory: History = { past: [], future: [] };

const typingPauseMs = 700;
/** No hand types two keys this fast: what comes so is one paste in several pieces. */
const sameMomentMs = 20;
const depth = 1000;

/** The edits that lead back from the changed text. */
export function invertTextEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return inOrder(edits).map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length, text: text.slice(edit.start, edit.end) };
  });
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** The smallest single replacement that makes `after` of `before`; null where they are equal. */
export function differenceOf(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  let tail = 0;
  while (
    tail < shortest - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

/**
 * Adds a change; what had been undone before it is gone. Typing without a pause is one change, and so
 * are the moves of a slider.
 */
export function record(history: History, change: Change): History {
  const last = history.past.at(-1);
  if (last !== undefined && joins(last, change)) {
    const marks =
      change.marks === undefined
        ? {}
        : { marks: { ...change.marks, before: last.marks?.before ?? change.marks.before } };
    const parameter =
      last.parameter === undefined || change.parameter === undefined
        ? {}
        : { parameter: { ...change.parameter, before: last.parameter.before } };
    const steps = [...last.steps, ...change.steps];
    const joined = { ...last, ...marks, ...parameter, steps, at: change.at };
    return { past: [...history.past.slice(0, -1), joined], future: [] };
  }
  return { past: [...history.past, change].slice(-depth), future: [] };
}

function joins(last: Change, next: Change): boolean {
  if (last.source === 'parameter' && next.source === 'parameter') {
    return last.parameter?.name === next.parameter?.name && next.at - last.at <= typingPauseMs;
  }
  if (last.source !== 'text' || next.source !== 'text') return false;
  if (next.at - last.at <= sameMomentMs) return true;
  if (next.at - last.at > typingPauseMs) return false;
  return !next.steps.some((step) => step.forward.some((edit) => edit.text.includes('\n')));
}

/** Whether a change was added or taken back since, and not only typing joined to the last one. */
export function hasMoved(history: History, before: History): boolean {
  return (
    history.past.length !== before.past.length ||
    history.past.at(-1)?.steps[0] !== before.past.at(-1)?.steps[0]
  );
}

/** A change taken off the stack and the edits, batch by batch, that carry it out. */
export interface Walk {
  readonly history: History;
  readonly change: Change;
  readonly batches: readonly (readonly TextEdit[])[];
}

/** Null where nothing can be taken back. */
export function undoOf(history: History): Walk | null {
  const change = history.past.at(-1);
  if (change === undefined) return null;
  return {
    history: { past: history.past.slice(0, -1), future: [...history.future, change] },
    change,
    batches: change.steps.toReversed().map((step) => step.backward),
  };
}

/** Null where nothing was undone. */
export function redoOf(history: History): Walk | null {
  const change = history.future.at(-1);
  if (change === undefined) return null;
  return {
    history: { past: [...history.past, change], future: history.future.slice(0, -1) },
    change,
    batches: change.steps.map((step) => step.forward),
  };
}
