import type { z } from 'zod';

/** An assignment in the words of its problem, and a picture of it. */
export interface Meaning {
  /** E.g. `{tour: [0, 2, 1]}`, `{sides: [[0, 2], [1]]}`. */
  readonly solution: Readonly<Record<string, z.core.util.JSONType>>;
  readonly picture?: Picture;
}

/** What is drawn of a solution. */
export type Picture =
  /** Nodes with the group that each belongs to, and edges of which some stand out. */
  | {
      readonly kind: 'graph';
      readonly title: string;
      readonly groups: string[];
      readonly nodes: { label: string; group: number; at?: [number, number] | undefined }[];
      readonly edges: [number, number, boolean][];
    }
  /** Things with two numbers each, and whether they were chosen. */
  | {
      readonly kind: 'items';
      readonly title: string;
      readonly x: string;
      readonly y: string;
      readonly items: { label: string; x: number; y: number; chosen: boolean }[];
    };

/** Larger graphs are a tangle, and would fill every result. */
export const drawnNodes = 60;
