import type { Point } from './hit.ts';
import { type Layout, sizeOf } from './layout.ts';

/** Screen = (world − origin) · zoom. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const smallestZoom = 0.02;
const largestZoom = 4;
const margin = 12;

export const initialViewport: Viewport = { x: 0, y: 0, zoom: 1 };

export function toWorld(viewport: Viewport, screen: Point): Point {
  return { x: screen.x / viewport.zoom + viewport.x, y: screen.y / viewport.zoom + viewport.y };
}

export function toScreen(viewport: Viewport, world: Point): Point {
  return { x: (world.x - viewport.x) * viewport.zoom, y: (world.y - viewport.y) * viewport.zoom };
}

/** Zooms so that the world point under `screen` stays where it is. */
export function zoomAt(viewport: Viewport, screen: Point, factor: number): Viewport {
  const zoom = Math.min(largestZoom, Math.max(smallestZoom, viewport.zoom * factor));
  const fixed = toWorld(viewport, screen);
  return { zoom, x: fixed.x - screen.x / zoom, y: fixed.y - screen.y / zoom };
}

/** Moves the view by screen pixels, not further than the drawing goes. */
export function panBy(viewport: Viewport, delta: Point, layout: Layout, screen: Size): Viewport {
  const size = sizeOf(layout);
  const limit = (value: number, drawn: number, visible: number): number =>
    Math.min(Math.max(value, 0), Math.max(0, drawn - visible));
  return {
    zoom: viewport.zoom,
    x: limit(
      viewport.x + delta.x / viewport.zoom,
      size.width + screen.width / viewport.zoom / 2,
      screen.width / viewport.zoom,
    ),
    y: limit(viewport.y + delta.y / viewport.zoom, size.height, screen.height / viewport.zoom),
  };
}

/** Shows the whole drawing, never larger than life. */
export function fitTo(layout: Layout, screen: Size): Viewport {
  const size = sizeOf(layout);
  const zoom = Math.min(
    1,
    (screen.width - margin) / Math.max(size.width, 1),
    (screen.height - margin) / Math.max(size.height, 1),
  );
  return { x: 0, y: 0, zoom: Math.max(smallestZoom, zoom) };
}

/** Moves the view just far enough that a world rectangle is seen. */
export function reveal(
  viewport: Viewport,
  target: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  },
  screen: Size,
  hiddenLeft: number,
): Viewport {
  const width = screen.width / viewport.zoom;
  const height = screen.height / viewport.zoom;
  let { x, y } = viewport;
  if (target.left < x + hiddenLeft) x = target.left - hiddenLeft;
  else if (target.right > x + width) x = target.right - width;
  if (target.top < y) y = target.top;
  else if (target.bottom > y + height) y = target.bottom - height;
  return { zoom: viewport.zoom, x: Math.max(0, x), y: Math.max(0, y) };
}
