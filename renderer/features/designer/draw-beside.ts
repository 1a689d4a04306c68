import type { InlineState } from '#renderer/lib/inline-states.ts';
import { displaysOf } from '#renderer/lib/workspace/displays.ts';
import { notesOf } from '#renderer/lib/workspace/notes.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import type { Colours } from './colours.ts';
import { contentOf } from './display-content.ts';
import { drawDisplay } from './draw-displays.ts';
import { drawNotes } from './draw-notes.ts';
import { gutterOf } from './draw-wires.ts';
import type { Layout } from './layout.ts';
import type { Size, Viewport } from './viewport.ts';

/** What displays need to know. */
interface Shown {
  readonly states: ReadonlyMap<number, InlineState>;
  readonly bitOrder: 'little' | 'big';
}

/** Displays stand on their wires, never over the names of the wires. */
export function drawBeside(
  context: CanvasRenderingContext2D,
  document: OpenDocument,
  layout: Layout,
  viewport: Viewport,
  size: Size,
  colours: Colours,
  { states, bitOrder }: Shown,
): void {
  const displays = displaysOf(document);
  if (displays.length === 0) return;
  besideNames(context, viewport, size, () => {
    for (const display of displays) {
      const state = states.get(display.column);
      const content = contentOf(display.show, display.qubit, state, bitOrder);
      drawDisplay(context, layout, display, content, colours);
    }
  });
}

/** Notes lie over the frame of what is selected, so that they stay readable. */
export function drawNotesOver(
  context: CanvasRenderingContext2D,
  document: OpenDocument,
  layout: Layout,
  viewport: Viewport,
  size: Size,
  colours: Colours,
): void {
  const notes = notesOf(document);
  if (notes.length === 0) return;
  const seen = [viewport.x, viewport.x + size.width / viewport.zoom] as const;
  besideNames(context, viewport, size, () => {
    drawNotes(context, layout, notes, seen, viewport.zoom, colours);
  });
}

function besideNames(
  context: CanvasRenderingContext2D,
  viewport: Viewport,
  size: Size,
  draw: () => void,
): void {
  const gutter = gutterOf(viewport);
  context.save();
  context.beginPath();
  context.rect(gutter, 0, size.width - gutter, size.height);
  context.clip();
  context.scale(viewport.zoom, viewport.zoom);
  context.translate(-viewport.x, -viewport.y);
  draw();
  context.restore();
}
