import type { Point } from './hit.ts';
import { type Layout, sizeOf } from './layout.ts';
import { panBy, type Size, type Viewport } from './viewport.ts';

const rowPixels = 3;
const smallestHeight = 22;
const largestHeight = 48;

/** The whole circuit in small: its size in CSS pixels, and what part of it the view shows. */
export interface Overview extends Size {
  /** Pixels of the overview for a world unit. A long circuit is squeezed more across than down. */
  readonly scale: Point;
  readonly seen: Size & { readonly left: number; readonly top: number };
}

/** Null while the view shows the whole circuit. */
export function overviewOf(
  layout: Layout,
  viewport: Viewport,
  screen: Size,
  /** CSS pixels that there are for it. */
  width: number,
): Overview | null {
  const world = sizeOf(layout);
  const visible = { width: screen.width / viewport.zoom, height: screen.height / viewport.zoom };
  if (screen.width === 0 || (visible.width >= world.width && visible.height >= world.height)) {
    return null;
  }
  const wanted = layout.rows.length * rowPixels;
  const height = Math.min(largestHeight, Math.max(smallestHeight, wanted));
  const scale = { x: width / world.width, y: height / world.height };
  const left = Math.min(viewport.x * scale.x, width);
  const top = Math.min(viewport.y * scale.y, height);
  return {
    width,
    height,
    scale,
    seen: {
      left,
      top,
      width: Math.min(visible.width * scale.x, width - left),
      height: Math.min(visible.height * scale.y, height - top),
    },
  };
}

/** The view with the place under a point of the overview in its middle. */
export function lookAt(
  overview: Overview,
  at: Point,
  layout: Layout,
  viewport: Viewport,
  screen: Size,
): Viewport {
  const delta = {
    x: (at.x / overview.scale.x - viewport.x) * viewport.zoom - screen.width / 2,
    y: (at.y / overview.scale.y - viewport.y) * viewport.zoom - screen.height / 2,
  };
  return panBy(viewport, delta, layout, screen);
}
