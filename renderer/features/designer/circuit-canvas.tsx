import type Konva from 'konva';
import { memo, useEffect, useMemo, useRef } from 'react';
import { Layer, Shape, Stage } from 'react-konva';
import { nextStep, runOf, useRun } from '#renderer/lib/run.ts';
import {
  followInlineStates,
  type InlineState,
  useInlineStates,
} from '#renderer/lib/inline-states.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { columnsShown, useStepping } from '#renderer/lib/stepping.ts';
import { useTheme } from '#renderer/lib/theme.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { placesOf } from '#renderer/lib/workspace/places.ts';
import { AccessibleGrid } from './accessible-grid.tsx';
import { move, openEditor, openMenu, press, quietPointer, release } from './canvas-pointer.ts';
import { readColours } from './colours.ts';
import { handleOf } from './control-handle.ts';
import { focusGridIfFree, layoutFor, showPlaceOf, useDesigner } from './designer-store.ts';
import { drawCircuit, drawOverlay } from './draw.ts';
import { drawBeside, drawNotesOver } from './draw-beside.ts';
import { boxOfNext } from './draw-run.ts';
import { idle } from './gestures.ts';
import { type Layout, metrics } from './layout.ts';
import { overlayOf } from './overlay.ts';
import { useTargetCheck } from './target.ts';
import { panBy, reveal, zoomAt } from './viewport.ts';

const wheelZoom = 0.0016;
const noStates = new Map<number, InlineState>();

/** The canvas: one drawing function a layer, hit testing of its own, a grid for screen readers over it. */
export const CircuitCanvas = memo(Canvas, (before, after) =>
  isDrawnAlike(before.document, after.document),
);

/** A slider or a save changes the document, not its picture: painting again would cost the frame. */
function isDrawnAlike(a: OpenDocument, b: OpenDocument): boolean {
  return (
    a.key === b.key &&
    a.name === b.name &&
    a.parsed === b.parsed &&
    a.drawn === b.drawn &&
    a.selection === b.selection &&
    a.placed === b.placed &&
    a.sidecar === b.sidecar &&
    a.beside.view === b.beside.view
  );
}

function Canvas({ document }: { document: OpenDocument }) {
  const frame = useRef<HTMLDivElement>(null);
  const layout = layoutFor(document.drawn);
  useSize(frame);
  useWheel(frame, layout);
  useFocus(frame);
  useEffect(quietPointer, [document.drawn]);
  useEffect(() => showPlaceOf(document.key), [document.key]);
  useRunInSight(document, layout);
  useEffect(followInlineStates, []);
  useEffect(focusGridIfFree, [document.key]);
  return (
    <div
      ref={frame}
      className="designer-frame"
      data-designer
      data-stale={document.parsed.circuit === null || undefined}
      data-testid="circuit-canvas"
      onPointerDown={(event) => press(event, layout, document)}
      onPointerMove={(event) => move(event, layout, document)}
      onPointerUp={release}
      onPointerCancel={() => useDesigner.setState({ gesture: idle })}
      onPointerLeave={() => useDesigner.setState({ hover: null })}
      onDoubleClick={(event) => openEditor(event, layout)}
      onContextMenu={(event) => openMenu(event, layout, document)}
    >
      <Drawing document={document} layout={layout} />
      <AccessibleGrid document={document} layout={layout} />
    </div>
  );
}

function Drawing({ document, layout }: { document: OpenDocument; layout: Layout }) {
  const theme = useTheme((state) => state.theme);
  const viewport = useDesigner((state) => state.viewport);
  const size = useDesigner((state) => state.size);
  const gesture = useDesigner((state) => state.gesture);
  const hover = useDesigner((state) => state.hover);
  const cursor = useDesigner((state) => state.cursor);
  const focused = useDesigner((state) => state.focused);
  const marks = useDesigner((state) => state.marks);
  const inner = useDesigner((state) => state.inner);
  const next = useNextStep(document);
  const states = useInlineStates((state) =>
    state.key === document.key ? state.byColumn : noStates,
  );
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const step = useStepping((state) => columnsShown(document, state));
  // The theme is not read inside, but its change is what makes the tokens differ.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const colours = useMemo(readColours, [theme]);
  const overlay = overlayOf(document.drawn, layout, document.selection, {
    gesture,
    hover,
    cursor: focused ? cursor : null,
    marks,
    inner,
    run: { breakpoints: new Set(placesOf(document).breakpoints), next },
    step,
    faults: useTargetCheck(document).faults,
    handle: focused ? handleOf(document, layout) : null,
  });
  return (
    <Stage width={size.width} height={size.height} listening={false} aria-hidden>
      <Layer listening={false}>
        <Shape
          sceneFunc={(context) => {
            drawCircuit(nativeOf(context), layout, viewport, size, colours);
            drawBeside(nativeOf(context), document, layout, viewport, size, colours, {
              states,
              bitOrder,
            });
          }}
        />
      </Layer>
      <Layer listening={false}>
        <Shape
          sceneFunc={(context) => {
            drawOverlay(nativeOf(context), layout, viewport, size, overlay, colours);
            drawNotesOver(nativeOf(context), document, layout, viewport, size, colours);
          }}
        />
      </Layer>
    </Stage>
  );
}

function nativeOf(context: Konva.Context): CanvasRenderingContext2D {
  return context._context as CanvasRenderingContext2D;
}

/** Brings the statement that runs next into the view. */
function useRunInSight(document: OpenDocument, layout: Layout): void {
  const next = useNextStep(document);
  useEffect(() => {
    const box = next === null ? null : boxOfNext(layout, next);
    if (box === null) return;
    useDesigner.setState(({ viewport, size }) => ({
      viewport: reveal(viewport, box, size, metrics.left),
    }));
    // The layout is the same as long as the run is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [next]);
}

function useNextStep(document: OpenDocument) {
  return useRun((state) => {
    const run = runOf(document, state);
    return run === null ? null : nextStep(run);
  });
}

function useSize(frame: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      useDesigner.setState({
        size: { width: element.clientWidth, height: element.clientHeight },
      });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
}

/** React hears nothing of a focus that a dialog gives back while it is being taken away. */
function useFocus(frame: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const listeners = new AbortController();
    const { signal } = listeners;
    const tell = (focused: boolean) => () => useDesigner.setState({ focused });
    element.addEventListener('focusin', tell(true), { signal });
    element.addEventListener('focusout', tell(false), { signal });
    element.addEventListener('keydown', quietPointer, { signal });
    tell(element.contains(globalThis.document.activeElement))();
    return () => listeners.abort();
  }, [frame]);
}

/** Wheel pans, with Ctrl or a pinch it zooms. React's own wheel listeners cannot stop the page's zoom. */
function useWheel(frame: React.RefObject<HTMLDivElement | null>, layout: Layout): void {
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      useDesigner.setState(({ viewport, size }) => {
        if (event.ctrlKey || event.metaKey) {
          return { viewport: zoomAt(viewport, at, Math.exp(-event.deltaY * wheelZoom)) };
        }
        const delta = event.shiftKey
          ? { x: event.deltaY, y: event.deltaX }
          : { x: event.deltaX, y: event.deltaY };
        return { viewport: panBy(viewport, delta, layout, size) };
      });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame, layout]);
}
