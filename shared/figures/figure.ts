export interface Axis {
  readonly title: string;
  /** Empty for a plain number. */
  readonly unit: string;
  /** It counts, so that no number stands between two whole ones. */
  readonly isCount?: true;
}

/** What is drawn, without how: marks as data, in the units of the axes. */
export type Figure =
  /** One bar a label, with a standard error where it has one. */
  | (Common & {
      readonly kind: 'bars';
      readonly bars: readonly {
        readonly label: string;
        readonly value: number;
        readonly stderr?: number | undefined;
      }[];
      /** The labels are bit strings with variable or qubit 0 rightmost, which a view may turn round. */
      readonly areBits: boolean;
    })
  /** Curves; one without a line between its points stands for single results. */
  | (Common & {
      readonly kind: 'lines';
      readonly lines: readonly {
        readonly name: string;
        readonly mark: 'line' | 'points';
        readonly x: ArrayLike<number>;
        readonly y: ArrayLike<number>;
        /** Ends of a band about `y`. */
        readonly low?: ArrayLike<number>;
        readonly high?: ArrayLike<number>;
      }[];
    })
  /** Points with a standard error upwards and downwards where they have one. */
  | (Common & {
      readonly kind: 'scatter';
      readonly groups: readonly {
        readonly name: string;
        readonly points: readonly {
          readonly x: number;
          readonly y: number;
          readonly stderr?: number | undefined;
        }[];
      }[];
    })
  /** One row a label, with an estimate of each group: values from left to right, by the x axis. */
  | (Common & {
      readonly kind: 'estimates';
      readonly groups: readonly string[];
      readonly rows: readonly {
        readonly label: string;
        /** By group; null where it has none. */
        readonly estimates: readonly ({
          readonly value: number;
          readonly stderr: number | null;
          /** Ends of an interval, in the place of a standard error. */
          readonly low?: number;
          readonly high?: number;
          /** What it is the mean of. */
          readonly points?: readonly number[];
        } | null)[];
      }[];
    })
  /** Average ranks, best first, with sets of neighbours that do not differ as bars beside them. */
  | (Common & {
      readonly kind: 'ranks';
      readonly rows: readonly { readonly label: string; readonly rank: number }[];
      /** First and last row of each set. */
      readonly groups: readonly (readonly [number, number])[];
      /** Drawn as a length above the rows. */
      readonly criticalDifference: number;
    })
  /** Counts of each group between neighbouring edges. */
  | (Common & {
      readonly kind: 'histogram';
      readonly edges: readonly number[];
      readonly groups: readonly { readonly name: string; readonly counts: readonly number[] }[];
    })
  /** A shade for every row and column. */
  | (Common & {
      readonly kind: 'heat-map';
      readonly rows: readonly string[];
      readonly columns: readonly string[];
      readonly values: readonly (readonly number[])[];
    })
  /** Nodes, each in a group, and the edges between them. Nodes without a place stand in a ring. */
  | (Common & {
      readonly kind: 'graph';
      readonly groups: readonly string[];
      readonly nodes: readonly {
        readonly label: string;
        readonly group: number;
        readonly at: readonly [number, number] | null;
      }[];
      readonly edges: readonly {
        readonly from: number;
        readonly to: number;
        readonly standsOut: boolean;
      }[];
    });

interface Common {
  readonly id: string;
  readonly title: string;
  /** What a reader must know beside it. */
  readonly note?: string;
  readonly x: Axis;
  readonly y: Axis;
}

/** "Time (s)". */
export function axisLabel({ title, unit }: Axis): string {
  return unit === '' ? title : `${title} (${unit})`;
}
