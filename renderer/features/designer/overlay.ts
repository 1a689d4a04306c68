import { type Circuit, qubitCountOf, qubitsOf } from '#shared/circuit/circuit.ts';
import type { Overlay } from './draw.ts';
import type { Gesture } from './gestures.ts';
import type { Layout } from './layout.ts';
import { qubitCountOfItem, symbolOfItem } from './palette-items.ts';
import { type Cell, rowsFor } from './planning.ts';

interface Pointer {
  readonly gesture: Gesture;
  readonly hover: number | null;
  readonly cursor: Cell | null;
  readonly marks: readonly number[];
  readonly inner: Overlay['inner'];
  readonly step: number | null;
  readonly faults: Overlay['faults'];
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
    step: pointer.step,
    faults: pointer.faults,
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
      const rows = selection
        .flatMap((index) => qubitsOf(circuit.operations[index] ?? nothing))
        .map((row) => row + gesture.to.row - gesture.from.row)
        .filter((row) => row >= 0 && row < qubitCount);
      const first = Math.min(...selection.map((index) => layout.glyphs[index]?.column ?? 0));
      const column = Math.max(0, first + gesture.to.column - gesture.from.column);
      return { rows, column, text: gesture.copies ? '+' : '' };
    }
    case 'leg': {
      const column = layout.glyphs[gesture.index]?.column ?? gesture.to.column;
      const row = Math.min(gesture.to.row, qubitCount - 1);
      return { rows: [row], column, text: '' };
    }
    default:
      return null;
  }
}

const nothing = { kind: 'barrier', qubits: [] } as const;
