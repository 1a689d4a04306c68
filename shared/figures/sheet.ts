import type { Figure } from './figure.ts';
import type { Journal, WidthName } from './journals.ts';

/** What a figure is drawn on. Lengths are in units in which text is 12 high. */
export interface Sheet {
  readonly width: number;
  /** At least; figures of many rows are higher. */
  readonly height: number;
  /** On paper the caption has the title and the note. */
  readonly hasTitle: boolean;
  /** Points of a unit: 0.75 where a unit is a pixel. */
  readonly unit: number;
}

export const screenSheet: Sheet = { width: 760, height: 420, hasTitle: true, unit: 0.75 };

const pointsPerMillimetre = 72 / 25.4;

/** A figure as wide as a column or the text of a journal, in text of its size. */
export function paperSheet(journal: Journal, width: WidthName): Sheet {
  const unit = journal.text / 12;
  const units = (journal[width] * pointsPerMillimetre) / unit;
  return { width: units, height: Math.min(420, 0.7 * units), hasTitle: false, unit };
}

/** Units that a row of text needs. */
const rowHeight = 17;

/** Its height, which rows of names may make larger. */
export function heightOn({ height }: Sheet, figure: Figure): number {
  const rows = 'rows' in figure ? figure.rows.length : 0;
  return Math.max(height, 150 + rowHeight * rows);
}
