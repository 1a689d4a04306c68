import { create } from 'zustand';
import { revise } from '#shared/qasm/text-edits.ts';
import { announce } from './notices.ts';
import { drawnColumns } from './workspace/columns.ts';
import { isStale, type OpenDocument } from './workspace/open-document.ts';
import { activeDocument } from './workspace/workspace-store.ts';

interface Stepping {
  /** The tab that is stepped through, and how many of its columns have run; null = all of every tab. */
  readonly place: { readonly key: string; readonly columns: number } | null;
}

/** Where in the circuit the views stand. */
export const useStepping = create<Stepping>(() => ({ place: null }));

export function columnCountOf(document: OpenDocument): number {
  return drawnColumns(document).columns.reduce((most, column) => Math.max(most, column + 1), 0);
}

/** How many columns of the document the views show; null where they show all of it. */
export function columnsShown(document: OpenDocument, { place }: Stepping): number | null {
  if (place === null || place.key !== document.key || isStale(document)) return null;
  return place.columns >= columnCountOf(document) ? null : place.columns;
}

/** Steps the active circuit; the step past its last column shows all of it again. Returns the place. */
export function stepBy(delta: number): number | null {
  const document = activeDocument();
  if (document === null || isStale(document)) return null;
  const count = columnCountOf(document);
  const current = columnsShown(document, useStepping.getState()) ?? count;
  const columns = Math.max(0, current + delta);
  if (columns >= count) {
    stopStepping();
    return null;
  }
  useStepping.setState({ place: { key: document.key, columns } });
  announce(placeName(columns, count));
  return columns;
}

/** Shows the whole circuit again. */
export function stopStepping(): void {
  if (useStepping.getState().place === null) return;
  useStepping.setState({ place: null });
  announce('The views show the whole circuit.');
}

/** "After column 2 of 5", or "Before column 1 of 5". */
export function placeName(columns: number, count: number): string {
  return columns === 0 ? `Before column 1 of ${count}` : `After column ${columns} of ${count}`;
}

/**
 * The text with only the first columns of its circuit. `unsupported` where a statement stands in
 * several columns and cannot be parted.
 */
export function prefixOf(document: OpenDocument, columns: number): string {
  const indices = drawnColumns(document).columns.flatMap((column, index) =>
    column >= columns ? [index] : [],
  );
  if (indices.length === 0) return document.parsed.text;
  return revise(document.parsed, { kind: 'remove', indices }).after.text;
}
