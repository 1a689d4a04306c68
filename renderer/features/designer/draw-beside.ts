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

/** What lies beside the text is drawn over the circuit, never over the names of the wires. */
export function drawBeside(
  context: CanvasRenderingContext2D,
  document: OpenDocument,
  layout: Layout,
  viewport: Viewport,
  size: Size,
  colours: Colours,
  { states, bitOrder }: Shown,
): void {
  if (document.placed.length === 0) return;
  const displays = displaysOf(document);
  const seen = [viewport.x, viewport.x + size.width / viewport.zoom] as const;
  const gutter = gutterOf(viewport);
  context.save();
  context.beginPath();
  context.rect(gutter, 0, size.width - gutter, size.height);
  context.clip();
  context.scale(viewport.zoom, viewport.zoom);
  context.translate(-viewport.x, -viewport.y);
  for (const display of displays) {
    const state = states.get(display.column);
    const content = contentOf(display.show, display.qubit, state, bitOrder);
    drawDisplay(context, layout, display, content, colours);
  }
  drawNotes(context, layout, notesOf(document), seen, viewport.zoom, colours);
  context.restore();
}
