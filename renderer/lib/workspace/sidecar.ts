import { z } from 'zod';
import { type Beside, parameterSchema, storedBeside } from './beside.ts';
import { markSchema } from './marks.ts';
import { type Change, emptyHistory, type History } from './history.ts';

const editSchema = z.object({
  start: z.int().gte(0),
  end: z.int().gte(0),
  text: z.string(),
});

const changeSchema = z.object({
  label: z.string(),
  source: z.enum(['text', 'canvas', 'parameter']),
  steps: z.array(z.object({ forward: z.array(editSchema), backward: z.array(editSchema) })),
  marks: z.object({ before: z.array(markSchema), after: z.array(markSchema) }).exactOptional(),
  parameter: z
    .object({
      name: z.string(),
      before: parameterSchema.nullable(),
      after: parameterSchema.nullable(),
    })
    .exactOptional(),
  at: z.number(),
});

const storedSchema = z.object({
  version: z.literal(1),
  /** Of the text that the history leads to; a text that was changed elsewhere has another one. */
  mark: z.string(),
  past: z.array(changeSchema),
  future: z.array(changeSchema),
});

/** Characters of JSON that the history of one document may take; the oldest changes go first. */
const historyLimit = 256 * 1024;

/** The undo history kept in a sidecar; empty where there is none or it belongs to another text. */
export function historyIn(sidecar: unknown, text: string): History {
  const stored = storedSchema.safeParse(recordOf(sidecar)['history']);
  if (!stored.success || stored.data.mark !== markOf(text)) return emptyHistory;
  return { past: stored.data.past, future: stored.data.future };
}

/** The sidecar with the history of the text in it; what else it holds stays. */
export function sidecarWith(
  sidecar: unknown,
  history: History,
  beside: Beside,
  text: string,
): Readonly<Record<string, unknown>> {
  const past = newestWithin(history.past, historyLimit / 2);
  const future = newestWithin(history.future, historyLimit / 2);
  return {
    ...recordOf(sidecar),
    history: { version: 1, mark: markOf(text), past, future },
    drawing: storedBeside(beside, text),
  };
}

function recordOf(sidecar: unknown): Readonly<Record<string, unknown>> {
  const isRecord = typeof sidecar === 'object' && sidecar !== null && !Array.isArray(sidecar);
  return isRecord ? (sidecar as Readonly<Record<string, unknown>>) : {};
}

/** Sizes are asked for at each save, and all but the last change are the same as before. */
const sizes = new WeakMap<Change, number>();

function sizeOf(change: Change): number {
  const known = sizes.get(change) ?? JSON.stringify(change).length;
  sizes.set(change, known);
  return known;
}

/** The changes at the end of the stack that fit; both stacks are walked from their end. */
function newestWithin(changes: readonly Change[], limit: number): readonly Change[] {
  let from = changes.length;
  let used = 0;
  while (from > 0) {
    used += sizeOf(changes[from - 1] as Change);
    if (used > limit) break;
    from -= 1;
  }
  return changes.slice(from);
}

/** Length and FNV-1a (32 bits) over the UTF-16 units: a mistake to notice, not an attack. */
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return `${text.length}-${(hash >>> 0).toString(16)}`;
}
