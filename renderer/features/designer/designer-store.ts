import { create } from 'zustand';
import { drawnColumns } from '#renderer/lib/workspace/columns.ts';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';
import type { NoteKind } from '#renderer/lib/workspace/notes.ts';
import { type Places, placesOf } from '#renderer/lib/workspace/places.ts';
import { useWorkspace } from '#renderer/lib/workspace/workspace-store.ts';
import type { ViewColumns } from '#shared/circuit/views.ts';
import type { Circuit, InsidePlace } from '#shared/circuit/circuit.ts';
import { displaysOf } from '#renderer/lib/workspace/displays.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { roomOf } from './draw-displays.ts';
import { blockDrawer } from './blocks.ts';
import { type Gesture, idle } from './gestures.ts';
import type { Point } from './hit.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { Clipping } from './plan-copies.ts';
import type { Cell } from './plan.ts';
import { initialViewport, type Size, type Viewport } from './viewport.ts';

/** What can stand around statements. */
export type BlockKind = 'if' | 'for' | 'while' | 'box';

/** What is being asked. */
type DesignerDialog =
  /** The name of a gate that is made of these operations. */
  | { readonly kind: 'group'; readonly indices: readonly number[] }
  /** How often these operations stand beside each other. */
  | { readonly kind: 'array'; readonly indices: readonly number[] }
  /** The condition of these operations, or what block stands around them. */
  | { readonly kind: 'block'; readonly indices: readonly number[]; readonly block: BlockKind }
  | { readonly kind: 'measure'; readonly index: number }
  | { readonly kind: 'delay'; readonly index: number }
  | { readonly kind: 'note'; readonly index: number; readonly on: NoteKind }
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
  /** What is looked for in the circuit; null while nothing is. */
  readonly find: string | null;
  readonly lastFind: string;
  /** Whether the card of the gate in hand is shown. */
  readonly cardOpen: boolean;
  /** The statement inside a block that is in hand; null = the whole block, or no block. */
  readonly inner: InsidePlace | null;
  /** What is asked for a display on the wire `row` behind an operation; `at` in the window. */
  readonly displayMenu: { readonly at: Point; readonly index: number; readonly row: number } | null;
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
  find: null,
  lastFind: '',
  cardOpen: false,
  inner: null,
  displayMenu: null,
  menu: null,
}));

/** Made once for each circuit and way in which its blocks are folded. */
const layouts = new WeakMap<
  Circuit,
  {
    readonly folds: Places['folds'];
    readonly columns: ViewColumns | null;
    readonly placed: OpenDocument['placed'] | null;
    readonly layout: Layout;
  }
>();
/** The text that each circuit was read from: that of its document may be a newer, faulty one. */
const texts = new WeakMap<Circuit, string>();
const noFolds: Places['folds'] = [];

/** The layout of a circuit of an open document, with its blocks open or closed as the user left them. */
export function layoutFor(circuit: Circuit): Layout {
  const document = useWorkspace.getState().documents.find(({ drawn }) => drawn === circuit);
  if (document?.parsed.circuit === circuit) texts.set(circuit, document.parsed.text);
  const kept = document === undefined ? noFolds : placesOf(document).folds;
  const folds = kept.length === 0 ? noFolds : kept;
  const known = layouts.get(circuit);
  const columns = document === undefined ? null : drawnColumns(document);
  const placed = document?.placed ?? null;
  if (known?.folds === folds && known.columns === columns && known.placed === placed) {
    return known.layout;
  }
  const view = { text: texts.get(circuit) ?? '', folds: new Map(folds) };
  const room = document === undefined ? undefined : roomOf(displaysOf(document));
  const laid = layoutOf(circuit, blockDrawer(circuit, view), columns?.columns, room);
  const layout = { ...laid, layerStarts: columns?.layerStarts ?? [] };
  layouts.set(circuit, { folds, columns, placed, layout });
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
    inner: null,
    displayMenu: null,
    menu: null,
  });
  return () => {
    const { viewport, cursor } = useDesigner.getState();
    places.set(key, { viewport, cursor });
  };
}

/** Gives the keyboard to the circuit. */
export function focusGrid(): void {
  const grid = document.querySelector<HTMLElement>('[data-designer] [role=grid]');
  grid?.focus();
}

/** The same where nothing else has the keyboard, as after a circuit was opened. */
export function focusGridIfFree(): void {
  if (document.activeElement === null || document.activeElement === document.body) focusGrid();
}

/** Closes what was asked and gives the keyboard back to the circuit. */
export function closeDialog(): void {
  useDesigner.setState({ dialog: null });
  // The page takes focus again only once the dialog is gone.
  requestAnimationFrame(focusGrid);
}

/** Shows the overview of a circuit that is larger than the view, or takes it away. */
export function toggleMinimap(): void {
  changeSettings({ minimap: !useSettings.getState().settings.minimap });
}
