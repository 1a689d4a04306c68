import { unreachable } from '#shared/base/assert.ts';
import type { Hit, Point } from './hit.ts';
import type { PaletteItem } from './palette-items.ts';
import type { Cell } from './plan.ts';

/** What a drag leaves behind: nothing, the original, or copies all along the way. */
export type Copies = 'none' | 'one' | 'row';

/** What the pointer is doing. Being in a member is the condition; there are no flags beside it. */
export type Gesture =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'pressing';
      readonly at: Point;
      readonly hit: Hit;
      readonly adds: boolean;
      readonly copies: Copies;
      /** Whether what is pressed was selected before the press. */
      readonly wasSelected: boolean;
    }
  /** `to` is null while the pointer is out of the drawing: letting go there removes. */
  | {
      readonly kind: 'moving';
      readonly from: Cell;
      readonly to: Cell | null;
      readonly copies: Copies;
    }
  | {
      readonly kind: 'leg';
      readonly index: number;
      readonly from: number;
      readonly to: Cell | null;
    }
  /** A new control is taken from the handle of a gate. */
  | { readonly kind: 'control'; readonly index: number; readonly to: Cell | null }
  | {
      readonly kind: 'rubber';
      readonly from: Cell;
      readonly to: Cell;
      readonly adds: boolean;
      /** Takes columns from top to bottom. */
      readonly isWhole: boolean;
    }
  | { readonly kind: 'panning'; readonly at: Point }
  /** A display in the drawing is pressed. */
  | { readonly kind: 'display'; readonly at: Cell }
  /** A wire is taken by its name. */
  | { readonly kind: 'wire'; readonly from: number; readonly to: Cell }
  /** Something from the palette; `to` is null while the pointer is not over the wires. */
  | {
      readonly kind: 'placing';
      readonly item: PaletteItem;
      readonly pointer: Point;
      readonly to: Cell | null;
    };

/** What a finished gesture asks for. */
export type Outcome =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'click';
      readonly hit: Hit;
      readonly adds: boolean;
      readonly wasSelected: boolean;
    }
  | { readonly kind: 'move'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'copy'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'fill'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'leg'; readonly index: number; readonly from: number; readonly to: number }
  /** Dragged out of the drawing: what is selected, or one leg of a gate. */
  | { readonly kind: 'remove' }
  | { readonly kind: 'remove-leg'; readonly index: number; readonly row: number }
  | { readonly kind: 'control'; readonly index: number; readonly row: number }
  | { readonly kind: 'rubber'; readonly from: Cell; readonly to: Cell; readonly adds: boolean }
  | { readonly kind: 'display'; readonly at: Cell }
  | { readonly kind: 'wire'; readonly from: number; readonly to: number }
  | { readonly kind: 'place'; readonly item: PaletteItem; readonly at: Cell };

export const idle: Gesture = { kind: 'idle' };

const dragThreshold = 4;

/**
 * Where the pointer goes with a button down. `screen` in CSS pixels of the canvas; `cell` is null
 * out of the drawing.
 */
export function dragTo(
  gesture: Gesture,
  screen: Point,
  cell: Cell | null,
  isSelected: boolean,
): Gesture {
  switch (gesture.kind) {
    case 'idle':
    case 'display':
      return gesture;
    case 'pressing': {
      const moved = Math.hypot(screen.x - gesture.at.x, screen.y - gesture.at.y);
      return moved < dragThreshold ? gesture : beginDrag(gesture, cell, isSelected);
    }
    case 'moving':
    case 'leg':
    case 'control':
      return { ...gesture, to: cell };
    case 'wire':
      return { ...gesture, to: cell ?? gesture.to };
    case 'rubber':
      if (cell === null) return gesture;
      return { ...gesture, to: gesture.isWhole ? { ...cell, row: gesture.to.row } : cell };
    case 'panning':
      return { ...gesture, at: screen };
    case 'placing':
      return { ...gesture, to: cell };
    default:
      return unreachable(gesture);
  }
}

function beginDrag(
  press: Extract<Gesture, { kind: 'pressing' }>,
  cell: Cell | null,
  isSelected: boolean,
): Gesture {
  const { hit } = press;
  if (hit.glyph === null) {
    return {
      kind: 'rubber',
      from: hit.cell,
      to: cell ?? hit.cell,
      adds: press.adds,
      isWhole: false,
    };
  }
  // A leg of one gate can be taken alone; with several gates selected the whole group moves.
  if (hit.leg !== null && press.copies === 'none' && !isSelected) {
    return { kind: 'leg', index: hit.glyph.index, from: hit.leg, to: cell };
  }
  return { kind: 'moving', from: hit.cell, to: cell, copies: press.copies };
}

const kinds = { none: 'move', one: 'copy', row: 'fill' } as const;

/** What letting go means. */
export function outcomeOf(gesture: Gesture): Outcome {
  switch (gesture.kind) {
    case 'pressing':
      return {
        kind: 'click',
        hit: gesture.hit,
        adds: gesture.adds,
        wasSelected: gesture.wasSelected,
      };
    case 'moving': {
      if (gesture.to === null) return { kind: gesture.copies === 'none' ? 'remove' : 'nothing' };
      const rows = gesture.to.row - gesture.from.row;
      const columns = gesture.to.column - gesture.from.column;
      if (rows === 0 && columns === 0) return { kind: 'nothing' };
      return { kind: kinds[gesture.copies], rows, columns };
    }
    case 'leg':
      return gesture.to === null
        ? { kind: 'remove-leg', index: gesture.index, row: gesture.from }
        : { kind: 'leg', index: gesture.index, from: gesture.from, to: gesture.to.row };
    case 'control':
      return gesture.to === null
        ? { kind: 'nothing' }
        : { kind: 'control', index: gesture.index, row: gesture.to.row };
    case 'display':
      return { kind: 'display', at: gesture.at };
    case 'wire':
      return { kind: 'wire', from: gesture.from, to: gesture.to.row };
    case 'rubber':
      return { kind: 'rubber', from: gesture.from, to: gesture.to, adds: gesture.adds };
    case 'placing':
      return gesture.to === null
        ? { kind: 'nothing' }
        : { kind: 'place', item: gesture.item, at: gesture.to };
    case 'idle':
    case 'panning':
      return { kind: 'nothing' };
    default:
      return unreachable(gesture);
  }
}
