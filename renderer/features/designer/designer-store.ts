import { create } from 'zustand';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { type Gesture, idle } from './gestures.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { Cell } from './planning.ts';
import { initialViewport, type Size, type Viewport } from './viewport.ts';

interface DesignerState {
  readonly viewport: Viewport;
  readonly size: Size;
  readonly gesture: Gesture;
  readonly hover: number | null;
  readonly cursor: Cell;
  readonly focused: boolean;
  /** Wires marked as controls of the gate that comes next. */
  readonly marks: readonly number[];
  readonly clipboard: readonly Operation[];
  /** The gate whose parameters are being typed. */
  readonly editing: number | null;
}

/** What the designer knows beside the document: view, pointer, cursor, clipboard. */
export const useDesigner = create<DesignerState>(() => ({
  viewport: initialViewport,
  size: { width: 0, height: 0 },
  gesture: idle,
  hover: null,
  cursor: { row: 0, column: 0 },
  focused: false,
  marks: [],
  clipboard: [],
  editing: null,
}));

const layouts = new WeakMap<Circuit, Layout>();

/** The layout of a circuit, made once for each circuit value. */
export function layoutFor(circuit: Circuit): Layout {
  const known = layouts.get(circuit);
  if (known !== undefined) return known;
  const layout = layoutOf(circuit);
  layouts.set(circuit, layout);
  return layout;
}
