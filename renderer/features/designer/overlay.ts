import { type Circuit, qubitCountOf, qubitsOf } from '#shared/circuit/circuit.ts';
import type { Overlay } from './draw.ts';
import type { Gesture } from './gestures.ts';
import type { Layout } from './layout.ts';
import { extentOf, shapeOfDrag } from './plan-copies.ts';
import { qubitCountOfItem, symbolOfItem } from './palette-items.ts';
import type { Cell } from './plan.ts';
import { rowsFor } from './planning.ts';

interface Pointer {
  readonly gesture: Gesture;
  readonly hover: number | null;
  readonly cursor: Cell | null;
  readonly marks: readonly number[];
  readonly inner: Overlay['inner'];
  readonly run: Overlay['run'];
  readonly step: number | null;
  readonly faults: Overlay['faults'];
  readonly handle: Overlay['handle'];
}

/** What the gesture shows over the circuit before it is carried out. */
export function overlayOf(
  circuit: Circuit,
  layout: Layout,
  selection: readonly number[],
  pointer: Pointer,
): Overlay {
  const { gesture } = pointer;
  return {
    selection,
    hover: gesture.kind === 'idle' ? pointer.hover : null,
    cursor: pointer.cursor,
    marks: pointer.marks,
    inner: pointer.inner,
    run: pointer.run,
    step: pointer.step,
    faults: pointer.faults,
    handle: gesture.kind === 'idle' ? pointer.handle : null,
    ghost: ghostOf(circuit, layout, selection, gesture),
    rubber: gesture.kind === 'rubber' ? { from: gesture.from, to: gesture.to } : null,
    wire:
      gesture.kind === 'wire'
        ? { from: gesture.from, to: Math.min(gesture.to.row, layout.qubitCount - 1) }
        : null,
  };
}

function ghostOf(
  circuit: Circuit,
  layout: Layout,
  selection: readonly number[],
  gesture: Gesture,
): Overlay['ghost'] {
  const qubitCount = qubitCountOf(circuit);
  switch (gesture.kind) {
    case 'placing': {
      if (gesture.to === null) return null;
      const { item, to } = gesture;
      const rows =
        item.kind === 'barrier'
          ? Array.from({ length: qubitCount }, (_, row) => row)
          : rowsFor(qubitCountOfItem(item), to.row, qubitCount);
      return rows === null ? null : { rows, column: to.column, text: symbolOfItem(item) };
    }
    case 'moving': {
      if (gesture.to === null) return null;
      const base = selection
        .flatMap((index) => qubitsOf(circuit.operations[index] ?? nothing))
        .filter((row) => row < qubitCount);
      const [down, right] = [
        gesture.to.row - gesture.from.row,
        gesture.to.column - gesture.from.column,
      ];
      if (gesture.copies === 'row') return arrayGhost(circuit, layout, selection, down, right);
      const rows = base.map((row) => row + down).filter((row) => row >= 0 && row < qubitCount);
      const first = Math.min(...selection.map((index) => layout.glyphs[index]?.column ?? 0));
      const column = Math.max(0, first + right);
      return { rows, column, text: gesture.copies === 'one' ? '+' : '' };
    }
    case 'leg':
    case 'control': {
      if (gesture.to === null) return null;
      const column = layout.glyphs[gesture.index]?.column ?? gesture.to.column;
      const row = Math.min(gesture.to.row, qubitCount - 1);
      return { rows: [row], column, text: gesture.kind === 'control' ? '●' : '' };
    }
    default:
      return null;
  }
}

/** All that an array takes up, and how many there will be. */
function arrayGhost(
  circuit: Circuit,
  layout: Layout,
  selection: readonly number[],
  down: number,
  right: number,
): Overlay['ghost'] {
  const extent = extentOf(circuit, selection);
  const shape = shapeOfDrag(extent, down, right);
  const rows = selection.flatMap((index) => qubitsOf(circuit.operations[index] ?? nothing));
  const far = rows.map((row) => row + shape.wires * extent.wires);
  const columns = selection.map((index) => layout.glyphs[index]?.column ?? 0);
  const moved = columns.map((column) => column + shape.columns * extent.columns);
  const count = (1 + Math.abs(shape.wires)) * (1 + Math.abs(shape.columns));
  return {
    rows: [...rows, ...far].filter((row) => row >= 0 && row < qubitCountOf(circuit)),
    column: Math.max(0, Math.min(...columns, ...moved)),
    lastColumn: Math.max(...columns, ...moved),
    text: `×${count}`,
  };
}

const nothing = { kind: 'barrier', qubits: [] } as const;
