import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { useSettings } from '#renderer/lib/settings.ts';
import { useTheme } from '#renderer/lib/theme.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { readColours } from './colours.ts';
import { layoutFor, useDesigner } from './designer-store.ts';
import { drawGlyphPlain } from './draw-glyph.ts';
import { type Layout, sizeOf } from './layout.ts';
import { lookAt, type Overview, overviewOf } from './overview.ts';

/** CSS pixels beside the overview in its strip. */
const margins = 18;
/** More gates than this are thinned out: they would share their pixels anyway. */
const drawnGlyphs = 20_000;

/** The whole circuit in small, in a strip below it while it is larger than the view. The grid is what is read aloud. */
export function Minimap({ document }: { document: OpenDocument }) {
  const viewport = useDesigner((state) => state.viewport);
  const size = useDesigner((state) => state.size);
  const shown = useSettings((state) => state.settings.minimap);
  const layout = layoutFor(document.drawn);
  const overview = overviewOf(layout, viewport, size, Math.max(0, size.width - margins));
  if (overview === null || !shown) return null;
  const look = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    useDesigner.setState({ viewport: lookAt(overview, at, layout, viewport, size) });
  };
  return (
    <div className="overview-strip">
      <div
        className="overview"
        aria-hidden
        data-testid="minimap"
        style={{ width: overview.width, height: overview.height }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          look(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) look(event);
        }}
      >
        <Picture layout={layout} width={overview.width} height={overview.height} />
        <div className="overview-seen" style={overview.seen} />
      </div>
    </div>
  );
}

/** Painted only when the circuit or the theme changes; panning moves the frame over it. */
function Picture({
  layout,
  width,
  height,
}: { layout: Layout } & Pick<Overview, 'width' | 'height'>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme((state) => state.theme);
  // The theme is not read inside, but its change is what makes the tokens differ.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const colours = useMemo(readColours, [theme]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const world = sizeOf(layout);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, 2 * width, 2 * height);
    context.scale((2 * width) / world.width, (2 * height) / world.height);
    const every = Math.ceil(layout.glyphs.length / drawnGlyphs);
    for (let index = 0; index < layout.glyphs.length; index += every) {
      const glyph = layout.glyphs[index];
      if (glyph !== undefined) drawGlyphPlain(context, layout, glyph, colours);
    }
  }, [layout, width, height, colours]);
  return <canvas ref={canvas} width={2 * width} height={2 * height} style={{ width, height }} />;
}
