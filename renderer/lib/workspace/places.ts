import { z } from 'zod';
import type { TextEdit } from '#shared/qasm/document.ts';
import { differenceOf } from './history.ts';
import type { OpenDocument } from './open-document.ts';

/** What the user fixed to places of the text: UTF-16 offsets where statements begin, ascending. */
export interface Places {
  /** Blocks that were opened (true) or closed. */
  readonly folds: readonly (readonly [start: number, isOpen: boolean])[];
  readonly breakpoints: readonly number[];
}

const nowhere: Places = { folds: [], breakpoints: [] };

const storedSchema = z.object({
  version: z.literal(1),
  /** Characters of the text; another length is another text. */
  length: z.int(),
  folds: z.array(z.tuple([z.int(), z.boolean()])),
  breakpoints: z.array(z.int()),
});

/** The places of a document; none where those that were kept belong to another text. */
export function placesOf(document: OpenDocument): Places {
  const { sidecar, parsed } = document;
  if (typeof sidecar !== 'object' || sidecar === null || !('places' in sidecar)) return nowhere;
  const known = checked.get(sidecar) ?? storedSchema.safeParse(sidecar.places);
  checked.set(sidecar, known);
  return known.success && known.data.length === parsed.text.length ? known.data : nowhere;
}

const checked = new WeakMap<object, ReturnType<typeof storedSchema.safeParse>>();

/** The document with these places; they are saved with it. */
export function withPlaces(document: OpenDocument, places: Places): OpenDocument {
  const before = typeof document.sidecar === 'object' ? document.sidecar : null;
  const { length } = document.parsed.text;
  const stored = { ...places, version: 1, length };
  return { ...document, sidecar: { ...before, places: stored } };
}

/** Takes the places along when the text around them changes; those that are cut out are dropped. */
export function carryPlaces(before: OpenDocument, after: OpenDocument): OpenDocument {
  if (before.parsed.text === after.parsed.text) return after;
  const { folds, breakpoints } = placesOf(before);
  if (folds.length === 0 && breakpoints.length === 0) return after;
  const edit = differenceOf(before.parsed.text, after.parsed.text);
  if (edit === null) return after;
  return withPlaces(after, {
    folds: folds.flatMap(([start, isOpen]) => {
      const moved = carried(start, edit);
      return moved === null ? [] : [[moved, isOpen] as const];
    }),
    breakpoints: breakpoints.flatMap((start) => carried(start, edit) ?? []),
  });
}

/** Null where the place itself is cut out. */
function carried(start: number, { start: from, end, text }: TextEdit): number | null {
  if (start < from) return start;
  if (start >= end) return start + text.length - (end - from);
  return null;
}

export function toggleFold(document: OpenDocument, start: number, isOpen: boolean): OpenDocument {
  const places = placesOf(document);
  const others = places.folds.filter(([other]) => other !== start);
  const folds = [...others, [start, isOpen] as const].toSorted(([a], [b]) => a - b);
  return withPlaces(document, { ...places, folds });
}

export function toggleBreakpoint(document: OpenDocument, start: number): OpenDocument {
  const places = placesOf(document);
  const { breakpoints } = places;
  const next = breakpoints.includes(start)
    ? breakpoints.filter((other) => other !== start)
    : [...breakpoints, start].toSorted((a, b) => a - b);
  return withPlaces(document, { ...places, breakpoints: next });
}
