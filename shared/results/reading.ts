import type { DataTable, Estimate } from '../figures/data-table.ts';
import type { Figure } from '../figures/figure.ts';

/** One figure with its words. */
export interface Fact {
  readonly title: string;
  readonly value: number | Estimate;
  /** '%' stands for a share that is shown times 100. */
  readonly unit?: string;
  /** A word of praise beside it, e.g. "reached". */
  readonly praise?: string;
}

/** The one number that a result is about. */
export interface Headline extends Fact {
  readonly value: Estimate;
  /** The bit string that it is about, qubit 0 rightmost; a view may turn it round. */
  readonly bits?: string;
}

/** Something that a reader must know; a warning questions the result. */
export interface Note {
  readonly tone: 'plain' | 'warning';
  readonly text: string;
}

/** How a result is read, as data: whoever shows it needs to know nothing of its kind. */
export interface Reading {
  readonly headline: Headline;
  /** Names that the result chose, e.g. assets. */
  readonly chosen?: readonly string[];
  /** What the word “completed” must not hide, e.g. "stopped before converging". */
  readonly caveat?: string;
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
  readonly tables: readonly DataTable[];
  readonly figures: readonly Figure[];
}
