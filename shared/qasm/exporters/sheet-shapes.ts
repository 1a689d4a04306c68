import { unreachable } from '../../base/assert.ts';

/** One thing on a drawing; y grows downwards, lengths are CSS pixels. */
export type Shape =
  | {
      readonly kind: 'line';
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly stroke: string;
      readonly width: number;
      readonly isDashed?: true;
    }
  | {
      readonly kind: 'circle';
      readonly centre: readonly [number, number];
      readonly radius: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'box';
      readonly corner: readonly [number, number];
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'text';
      readonly at: readonly [number, number];
      readonly text: string;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly size: number;
      readonly fill: string;
    };

/** A drawn circuit, whatever it is written as. */
export interface Sheet {
  /** Of what the shapes are drawn on. */
  readonly width: number;
  readonly height: number;
  /** By which all of it is made smaller on paper, so that a page holds more of it in a line. */
  readonly scale: number;
  readonly title: string;
  readonly shapes: readonly Shape[];
  readonly colours: SheetColours;
}

/** What shapes have no colour of their own for. */
export interface SheetColours {
  readonly paper: string;
  /** Edges of boxes and circles. */
  readonly ink: string;
  readonly boxFill: string;
}

/** To the hundredth of a pixel. */
export function rounded([x, y]: readonly [number, number]): readonly [number, number] {
  return [Number(x.toFixed(2)), Number(y.toFixed(2))];
}

/** The same shape so much further down. */
export function lowered(shape: Shape, by: number): Shape {
  if (by === 0) return shape;
  const down = ([x, y]: readonly [number, number]) => [x, y + by] as const;
  switch (shape.kind) {
    case 'line':
      return { ...shape, from: down(shape.from), to: down(shape.to) };
    case 'circle':
      return { ...shape, centre: down(shape.centre) };
    case 'box':
      return { ...shape, corner: down(shape.corner) };
    case 'text':
      return { ...shape, at: down(shape.at) };
    default:
      return unreachable(shape);
  }
}
