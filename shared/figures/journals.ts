/** What a journal asks of figures, as far as a drawing can be checked for it. */
export interface Journal {
  readonly id: string;
  readonly title: string;
  /** Millimetres of one column and of the page's text. */
  readonly single: number;
  readonly double: number;
  /** Size of text that is drawn, and the least and the most that may stand, in points. */
  readonly text: number;
  readonly points: readonly [number, number];
}

/** Nature's guide to figures; APS, IEEE and Quantum by the columns of their classes, and text that is read in print. */
export const journals = [
  { id: 'nature', title: 'Nature', single: 89, double: 183, text: 6.5, points: [5, 7] },
  { id: 'aps', title: 'APS', single: 86, double: 178, text: 7, points: [5, 10] },
  { id: 'ieee', title: 'IEEE', single: 88.9, double: 181.8, text: 8, points: [6, 10] },
  { id: 'quantum', title: 'Quantum', single: 86, double: 178, text: 7, points: [5, 10] },
] as const satisfies readonly Journal[];

export type JournalId = (typeof journals)[number]['id'];

export const widths = ['single', 'double'] as const;
export type WidthName = (typeof widths)[number];

export function journalNamed(id: JournalId): Journal {
  return journals.find((journal) => journal.id === id) ?? journals[0];
}
