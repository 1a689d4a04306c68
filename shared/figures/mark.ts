/** Whose colour a mark has: the axes', or that of the n-th group. */
export type Paint = 'ink' | 'muted' | 'grid' | 'paper' | number;

/** A place in a drawing: x to the right, y down, from the upper left corner. */
export type Mark =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly paint: Paint;
      readonly opacity?: number;
      readonly says?: string;
    }
  | {
      readonly kind: 'line';
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly paint: Paint;
      readonly width: number;
    }
  | {
      readonly kind: 'path';
      readonly points: readonly (readonly [number, number])[];
      readonly paint: Paint;
      readonly width: number;
    }
  /** A filled outline. */
  | {
      readonly kind: 'area';
      readonly points: readonly (readonly [number, number])[];
      readonly paint: Paint;
      readonly opacity: number;
    }
  | {
      readonly kind: 'dot';
      readonly at: readonly [number, number];
      readonly radius: number;
      readonly paint: Paint;
      /** Only its edge is drawn. */
      readonly isRing?: boolean;
      readonly says?: string;
    }
  | {
      readonly kind: 'text';
      readonly at: readonly [number, number];
      readonly text: string;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly paint: Paint;
      readonly size: number;
      /** Degrees clockwise about `at`. */
      readonly turn?: number;
      readonly isBold?: boolean;
    };

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly marks: readonly Mark[];
}
