import { create } from 'zustand';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { type Gesture, idle } from './gestures.ts';
import type { Point } from './hit.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { Clipping } from './plan-copies.ts';
import type { Cell } from './planning.ts';
import { initialViewport, type Size, type Viewport } from './viewport.ts';

/** What is being asked. */
type DesignerDialog =
  /** The name of a gate that is made of these operations. */
  | { readonly kind: 'group'; readonly indices: readonly number[] }
  /** How often these operations stand beside each other. */
  | { readonly kind: 'array'; readonly indices: readonly number[] }
  | { readonly kind: 'remove-wire'; readonly row: number }
  /** The row may be a classical one. */
  | { readonly kind: 'rename-register'; readonly row: number };

interface DesignerState {
  readonly viewport: Viewport;
  readonly size: Size;
  readonly gesture: Gesture;
  readonly hover: number | null;
  readonly cursor: Cell;
  readonly focused: boolean;
  /** Wires marked as controls of the gate that comes next. */
  readonly marks: readonly number[];
  readonly clipboard: Clipping;
  /** Where a range of columns that is being selected by key began. */
  readonly rangeFrom: number | null;
  /** The gate whose parameters are being typed. */
  readonly editing: number | null;
  readonly dialog: DesignerDialog | null;
  /** Whether the card of the gate in hand is shown. */
  readonly cardOpen: boolean;
  /** Whether a circuit larger than the view is shown in small as well. */
  readonly minimapShown: boolean;
  /** The menu of the right button; `at` in the window. */
  readonly menu: { readonly at: Point; readonly on: 'operation' | 'wire' | 'label' } | null;
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
  clipboard: { operations: [], definitions: [] },
  rangeFrom: null,
  editing: null,
  dialog: null,
  cardOpen: false,
  minimapShown: true,
  menu: null,
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

/** Where the user left each tab. */
const places = new Map<string, Pick<DesignerState, 'viewport' | 'cursor'>>();

/** Shows another tab as it was left; a new one from its beginning. */
export function showPlaceOf(key: string): () => void {
  useDesigner.setState({
    ...(places.get(key) ?? { viewport: initialViewport, cursor: { row: 0, column: 0 } }),
    gesture: idle,
    hover: null,
    marks: [],
    editing: null,
    dialog: null,
    menu: null,
  });
  return () => {
    const { viewport, cursor } = useDesigner.getState();
    places.set(key, { viewport, cursor });
  };
}

/** Gives the keyboard to the circuit. */
export function focusGrid(): void {
  document.querySelector<HTMLElement>('[data-designer] [role=grid]')?.focus();
}

/** Closes what was asked and gives the keyboard back to the circuit. */
export function closeDialog(): void {
  useDesigner.setState({ dialog: null });
  // The page takes focus again only once the dialog is gone.
  requestAnimationFrame(focusGrid);
}

/** Shows the overview of a circuit that is larger than the view, or takes it away. */
export function toggleMinimap(): void {
  useDesigner.setState(({ minimapShown }) => ({ minimapShown: !minimapShown }));
}
