import type Konva from 'konva';
import { memo, type MouseEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { Layer, Shape, Stage } from 'react-konva';
import { partMembers } from '#shared/circuit/blocks.ts';
import { nextStep, runOf, useRun } from '#renderer/lib/run.ts';
import { columnsShown, useStepping } from '#renderer/lib/stepping.ts';
import { useTheme } from '#renderer/lib/theme.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { placesOf } from '#renderer/lib/workspace/places.ts';
import { select } from '#renderer/lib/workspace/workspace-store.ts';
import { AccessibleGrid } from './accessible-grid.tsx';
import { editInHand, finish } from './actions.ts';
import { takeInside } from './block-actions.ts';
import { readColours } from './colours.ts';
import { focusGrid, layoutFor, showPlaceOf, useDesigner } from './designer-store.ts';
import { gutterOf } from './draw-wires.ts';
import { drawCircuit, drawOverlay } from './draw.ts';
import { type Copies, dragTo, idle, outcomeOf } from './gestures.ts';
import { hitAt, type Point } from './hit.ts';
import { type Layout, metrics, rowAt } from './layout.ts';
import type { Cell } from './planning.ts';
import { overlayOf } from './overlay.ts';
import { useTargetCheck } from './target.ts';
import { panBy, toWorld, zoomAt } from './viewport.ts';
import { askRegisterName } from './wire-actions.ts';

const wheelZoom = 0.0016;

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
  useEffect(() => showPlaceOf(document.key), [document.key]);
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
      onFocus={() => useDesigner.setState({ focused: true })}
      onBlur={() => useDesigner.setState({ focused: false })}
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
  const next = useRun((state) => {
    const run = runOf(document, state);
    return run === null ? null : nextStep(run);
  });
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
  });
  return (
    <Stage width={size.width} height={size.height} listening={false} aria-hidden>
      <Layer listening={false}>
        <Shape
          sceneFunc={(context) => {
            drawCircuit(nativeOf(context), layout, viewport, size, colours);
          }}
        />
      </Layer>
      <Layer listening={false}>
        <Shape
          sceneFunc={(context) => {
            drawOverlay(nativeOf(context), layout, viewport, size, overlay, colours);
          }}
        />
      </Layer>
    </Stage>
  );
}

function nativeOf(context: Konva.Context): CanvasRenderingContext2D {
  return context._context as CanvasRenderingContext2D;
}

function pointOf(event: MouseEvent<HTMLElement>): Point {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function press(event: PointerEvent<HTMLElement>, layout: Layout, document: OpenDocument): void {
  const at = pointOf(event);
  if (event.button === 1) {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    useDesigner.setState({ gesture: { kind: 'panning', at } });
    return;
  }
  if (event.button !== 0) return;
  event.currentTarget.setPointerCapture(event.pointerId);
  const wire = wireNamedAt(event, layout);
  if (wire !== null) {
    if (wire.row >= layout.qubitCount) return;
    select([]);
    useDesigner.setState({ gesture: { kind: 'wire', from: wire.row, to: wire } });
    return;
  }
  const world = toWorld(useDesigner.getState().viewport, at);
  const hit = hitAt(layout, world);
  const adds = event.shiftKey || event.ctrlKey || event.metaKey;
  if (world.y < metrics.top) {
    pressColumn(hit.cell.column, layout, adds);
    return;
  }
  const index = hit.glyph?.index;
  // A drag of something that is not selected takes that alone.
  if (index !== undefined && !adds && !document.selection.includes(index)) {
    select(partMembers(document.drawn, index));
  }
  useDesigner.setState({
    gesture: { kind: 'pressing', at, hit, adds, copies: copiesOf(event) },
  });
}

/** A press above the wires takes whole columns. */
function pressColumn(column: number, layout: Layout, adds: boolean): void {
  const from = { row: 0, column };
  const to = { row: layout.rows.length - 1, column };
  useDesigner.setState({ gesture: { kind: 'rubber', from, to, adds, isWhole: true } });
}

function copiesOf(event: PointerEvent): Copies {
  if (event.altKey) return 'row';
  return event.ctrlKey || event.metaKey ? 'one' : 'none';
}

/** The cell of the name under the pointer; null where the pointer is over the wires themselves. */
function wireNamedAt(event: MouseEvent<HTMLElement>, layout: Layout): Cell | null {
  const { viewport } = useDesigner.getState();
  const at = pointOf(event);
  const y = toWorld(viewport, at).y;
  const end = metrics.top + layout.rows.length * metrics.rowHeight;
  if (at.x >= gutterOf(viewport) || y < metrics.top || y > end) return null;
  return { row: rowAt(layout, y), column: 0 };
}

function openEditor(event: MouseEvent<HTMLElement>, layout: Layout): void {
  const wire = wireNamedAt(event, layout);
  if (wire === null) editInHand();
  else askRegisterName(wire.row);
}

function openMenu(event: MouseEvent<HTMLElement>, layout: Layout, document: OpenDocument): void {
  event.preventDefault();
  const hit = hitAt(layout, toWorld(useDesigner.getState().viewport, pointOf(event)));
  const onLabel = wireNamedAt(event, layout) !== null;
  const index = onLabel ? undefined : hit.glyph?.index;
  if (index !== undefined && !document.selection.includes(index)) {
    select(partMembers(document.drawn, index));
  }
  takeInside(hit);
  const on = onLabel ? 'label' : index === undefined ? 'wire' : 'operation';
  useDesigner.setState({
    cursor: { row: Math.min(hit.cell.row, layout.qubitCount - 1), column: hit.cell.column },
    menu: { at: { x: event.clientX, y: event.clientY }, on },
  });
}

function move(event: PointerEvent<HTMLElement>, layout: Layout, document: OpenDocument): void {
  const { gesture, viewport, size, hover } = useDesigner.getState();
  const at = pointOf(event);
  const hit = hitAt(layout, toWorld(viewport, at));
  if (gesture.kind === 'idle') {
    const isName = wireNamedAt(event, layout) !== null;
    event.currentTarget.style.cursor = isName ? 'grab' : '';
    const next = isName ? null : (hit.glyph?.index ?? null);
    if (next !== hover) useDesigner.setState({ hover: next });
    return;
  }
  if (gesture.kind === 'placing') return;
  if (gesture.kind === 'panning') {
    const delta = { x: gesture.at.x - at.x, y: gesture.at.y - at.y };
    useDesigner.setState({ viewport: panBy(viewport, delta, layout, size) });
  }
  const isGroup = document.selection.length > 1;
  const next = dragTo(gesture, at, hit.cell, isGroup);
  // With Ctrl a press may also add to the selection: only now it is a drag of what was pressed.
  const pressed = gesture.kind === 'pressing' ? gesture.hit.glyph?.index : undefined;
  if (next.kind === 'moving' && pressed !== undefined && !document.selection.includes(pressed)) {
    select([pressed]);
  }
  useDesigner.setState({ gesture: next });
}

function release(): void {
  const { gesture } = useDesigner.getState();
  if (gesture.kind === 'placing' || gesture.kind === 'idle') return;
  focusGrid();
  useDesigner.setState({ gesture: idle });
  finish(outcomeOf(gesture));
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
