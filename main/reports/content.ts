import type { DataTable } from '#shared/figures/data-table.ts';
import type { Figure } from '#shared/figures/figure.ts';
import type { Checklist } from './checklists.ts';
import type { Reference } from './references.ts';

/** Sentences that quote numbers: "{seeds} seeds" takes the number of that name. */
export interface Paragraph {
  readonly title: string;
  readonly text: string;
}

/** What every format of a report tells, once. */
export interface ReportContent {
  readonly id: string;
  readonly kind: 'job' | 'benchmark';
  readonly title: string;
  /** What stands beside the title of a figure that is a file of its own. */
  readonly label: string;
  readonly paragraphs: readonly Paragraph[];
  /** Numbers of the run by the names that paragraphs use, as they are printed. */
  readonly numbers: Readonly<Record<string, string>>;
  /** To be read. */
  readonly tables: readonly DataTable[];
  /** For spreadsheets and scripts. */
  readonly data: readonly DataTable[];
  readonly figures: readonly Figure[];
  readonly references: readonly Reference[];
  readonly circuits: readonly { readonly name: string; readonly text: string }[];
  readonly checklists: readonly Checklist[];
  readonly spec: unknown;
  /** The document of the job or the comparison, whole. */
  readonly document: object;
}

/** A paragraph with its numbers, each written by `show`. */
export function filled(
  { text }: Paragraph,
  numbers: Readonly<Record<string, string>>,
  show: (name: string, value: string) => string = (_, value) => value,
  plain: (words: string) => string = (words) => words,
): string {
  return text
    .split(/(\{\w+\})/)
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      const value = name === undefined ? undefined : numbers[name];
      return name === undefined || value === undefined ? plain(part) : show(name, value);
    })
    .join('');
}
