import { partMembers } from '#shared/circuit/blocks.ts';
import type { InsidePlace } from '#shared/circuit/circuit.ts';
import { announce, notify } from '#renderer/lib/notices.ts';
import { revealInText } from '#renderer/lib/reveal.ts';
import { toggleFold } from '#renderer/lib/workspace/places.ts';
import {
  activeDocument,
  changePlaces,
  changeStatements,
  select,
} from '#renderer/lib/workspace/workspace-store.ts';
import { insertInside, removeInside } from './block-edits.ts';
import { layoutFor, useDesigner } from './designer-store.ts';
import { glyphTouching, type Hit, type Point } from './hit.ts';
import { nameOfGlyph } from './labels.ts';
import { columnCentre, type Glyph, type Layout } from './layout.ts';
import type { Cell } from './plan.ts';
import { operationToPlace } from './planning.ts';
import type { PaletteItem } from './palette-items.ts';

/** The glyph of the selection, else the one under the cursor. */
function glyphInHand(): Glyph | undefined {
  const document = activeDocument();
  if (document === null) return undefined;
  const layout = layoutFor(document.drawn);
  const [index] = document.selection;
  if (index !== undefined) return layout.glyphs[index];
  return glyphTouching(document.drawn, layout, useDesigner.getState().cursor);
}

/** Everything in an open block that has a statement of its own, in reading order; each statement once. */
function insidesOf(glyph: Glyph): readonly Glyph[] {
  const found = new Map<number, Glyph>();
  const visit = (one: Glyph): void => {
    for (const { inner } of one.frame?.ways ?? []) {
      for (const next of inner.glyphs) {
        if (next.place !== undefined && !found.has(next.place.start)) {
          found.set(next.place.start, next);
        }
        visit(next);
      }
    }
  };
  visit(glyph);
  return [...found.values()];
}

/** The block that a command is for: the statement in hand if it is one, else the one around it. */
function blockInHand(): Glyph | undefined {
  const glyph = glyphInHand();
  const { inner } = useDesigner.getState();
  const own = glyph === undefined ? undefined : insideWith(glyph, inner);
  return own?.block === undefined ? glyph : own;
}

/** Opens the block in hand, or closes it; false where there is none. */
function toggleBlock(): boolean {
  const block = blockInHand()?.block;
  if (block === undefined) return false;
  const isOpen = !block.isOpen;
  changePlaces((document) => toggleFold(document, block.start, isOpen));
  announce(`${block.label}: ${isOpen ? 'open' : 'closed'}.`);
  return true;
}

/** Opens or closes the block in hand; for a statement inside one goes to the text. */
export function openInHand(): boolean {
  const { inner } = useDesigner.getState();
  const glyph = glyphInHand();
  const own = glyph === undefined ? undefined : insideWith(glyph, inner);
  if (own === undefined || own.block !== undefined) return toggleBlock();
  goToText();
  return true;
}

function insideWith(glyph: Glyph, inner: InsidePlace | null): Glyph | undefined {
  return insidesOf(glyph).find(({ place }) => place?.start === inner?.start);
}

export function toggleBlockInHand(): void {
  if (!toggleBlock()) announce('There is no block here.');
}

/** Goes to the next or the previous statement inside the open block in hand. */
export function walkInside(by: 1 | -1): void {
  const document = activeDocument();
  const glyph = glyphInHand();
  if (document === null || glyph?.block === undefined) {
    announce('There is no block here.');
    return;
  }
  if (!glyph.block.isOpen) toggleFoldOf(glyph.block.start);
  const open = layoutFor(activeDocument()?.drawn ?? document.drawn).glyphs[glyph.index] ?? glyph;
  const inside = insidesOf(open);
  const { inner } = useDesigner.getState();
  const at = inside.findIndex(({ place }) => place?.start === inner?.start);
  const next = inside[at < 0 ? (by > 0 ? 0 : inside.length - 1) : at + by];
  select(partMembers(document.drawn, glyph.index));
  useDesigner.setState({ inner: next?.place ?? null });
  announce(
    next === undefined
      ? `${glyph.block.label}, the whole block.`
      : `${nameOfGlyph(document.drawn, next)}, ${inside.indexOf(next) + 1} of ${inside.length} in ${glyph.block.label}.`,
  );
}

function toggleFoldOf(start: number): void {
  changePlaces((document) => toggleFold(document, start, true));
}

/** Takes what was clicked inside a block in hand; null, the whole block. */
export function takeInside(hit: Hit): void {
  useDesigner.setState({ inner: hit.inner?.place ?? null });
}

/** Removes the statement in hand from its block; false where none is in hand. */
export function removeInsideInHand(): boolean {
  const document = activeDocument();
  const { inner } = useDesigner.getState();
  if (document === null || inner === null) return false;
  carryOut(removeInside(document.parsed.text, inner), 'Removed from the block.');
  return true;
}

/** Puts something behind the statement in hand; false where none is in hand. */
export function placeInsideInHand(item: PaletteItem, cell: Cell): boolean {
  const { inner } = useDesigner.getState();
  return inner !== null && placeBeside(item, cell, { place: inner, isBefore: false });
}

/** Puts something into the open block under a world point; false where there is none. */
export function placeAtPoint(item: PaletteItem, cell: Cell, glyph: Glyph, at: Point): boolean {
  const beside = besideAt(glyph, at);
  return beside !== null && placeBeside(item, cell, beside);
}

interface Beside {
  readonly place: InsidePlace;
  readonly isBefore: boolean;
}

/** The statement of the way under the point that stands closest before it, else the first one. */
function besideAt(glyph: Glyph, at: Point): Beside | null {
  const ways = glyph.frame?.ways ?? [];
  const way = ways.findLast(({ left }) => left <= at.x) ?? ways[0];
  if (way === undefined) return null;
  const own = way.inner.glyphs.filter(({ place }) => place !== undefined);
  const centre = (one: Glyph): number => columnCentre(way.inner as Layout, one.column);
  const before = own.filter((one) => centre(one) <= at.x).at(-1);
  const deeper = before === undefined ? null : besideWithin(before, at);
  if (deeper !== null) return deeper;
  const place = before?.place ?? own[0]?.place;
  return place === undefined ? null : { place, isBefore: before === undefined };
}

function besideWithin(glyph: Glyph, at: Point): Beside | null {
  const { frame } = glyph;
  const isInside = frame !== undefined && at.x >= frame.left && at.x <= frame.left + glyph.width;
  return isInside ? besideAt(glyph, at) : null;
}

function placeBeside(item: PaletteItem, cell: Cell, beside: Beside): boolean {
  const document = activeDocument();
  if (document === null) return false;
  const { marks } = useDesigner.getState();
  const operation = operationToPlace(document.drawn, item, cell, marks);
  const edits =
    'refusal' in operation
      ? operation
      : insertInside(document.parsed, document.drawn, beside, operation);
  if (carryOut(edits, 'Placed in the block.')) {
    useDesigner.setState({ marks: [], inner: behind(beside) });
  }
  return true;
}

/** The statement that now stands behind the one where something was placed. */
function behind({ place, isBefore }: Beside): InsidePlace | null {
  const glyph = glyphInHand();
  if (glyph === undefined || isBefore) return null;
  const inside = insidesOf(glyph);
  const at = inside.findIndex((one) => one.place?.start === place.start);
  return at < 0 ? null : (inside[at + 1]?.place ?? null);
}

function carryOut(edits: ReturnType<typeof removeInside>, label: string): boolean {
  if ('refusal' in edits) {
    notify('warning', edits.refusal);
    return false;
  }
  const done = changeStatements(edits, label);
  if (done) useDesigner.setState({ inner: null });
  return done;
}

/** Where the statement in hand stands in the text. */
export function placeInHand(): { readonly start: number; readonly end: number } | undefined {
  const { inner } = useDesigner.getState();
  const index = glyphInHand()?.index ?? -1;
  return inner ?? activeDocument()?.drawn.operations[index]?.origin;
}

/** Shows the statement in hand in the text and gives the text the keyboard. */
export function goToText(): void {
  const place = placeInHand();
  if (place === undefined) announce('There is no statement here.');
  else revealInText({ start: place.start, end: place.end, takesFocus: true });
}
