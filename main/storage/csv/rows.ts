import Papa from 'papaparse';

export interface RawRow {
  readonly cells: readonly string[];
  /** Where it begins in the file, from 1. */
  readonly line: number;
}

export interface RowFault {
  readonly line: number;
  readonly message: string;
}

export interface Rows {
  readonly onRow: (row: RawRow) => void;
  readonly onFault: (fault: RowFault) => void;
}

interface InChunks {
  readonly chunkSize: number;
  readonly chunk: (results: Papa.ParseResult<string[]>) => void;
}

export const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

/** Characters that are taken apart at once. */
const chunkSize = 1 << 20;
const sampleRows = 60;

/**
 * Hands over every row that holds something, with its line: blank lines and comments count as lines.
 * `most` characters are looked at; returns whether that was all.
 */
export function eachRow(
  text: string,
  separator: Separator,
  { onRow, onFault }: Rows,
  most = Infinity,
): boolean {
  const part = text.length <= most ? text : text.slice(0, text.lastIndexOf('\n', most) + 1);
  const start = startOf(part);
  let line = 1 + start.lines;
  const hasQuotes = part.includes('"');
  let width: number | null = null;
  // Texts are handed over in chunks as files are, though the types know it of files alone.
  const config: Papa.ParseConfig<string[]> & InChunks = {
    delimiter: separator,
    chunkSize,
    chunk: ({ data, errors }) => {
      const lines: number[] = [];
      for (const cells of data) {
        lines.push(line);
        if (!isBlank(cells) && !isComment(cells, width)) {
          width ??= cells.length;
          onRow({ cells, line });
        }
        line += 1;
        if (hasQuotes) for (const cell of cells) line += breaksIn(cell);
      }
      for (const { row, code } of errors) {
        if (code === 'UndetectableDelimiter') continue;
        const message = 'A quotation mark is opened and not closed, or closed within a field';
        onFault({ line: lines[row ?? 0] ?? line, message: `${message}.` });
      }
    },
  };
  Papa.parse<string[]>(part.slice(start.offset), config);
  return part.length === text.length;
}

/** Excel’s first line “sep=;” says the separator and is no row. */
function startOf(text: string): { readonly offset: number; readonly lines: number } {
  const match = /^sep=[^\r\n]\r?\n/i.exec(text);
  return match === null ? { offset: 0, lines: 0 } : { offset: match[0].length, lines: 1 };
}

function breaksIn(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}

/** A line that begins with # and is not as wide as the rows; “#N/A” and a header “#” are cells. */
function isComment(cells: readonly string[], width: number | null): boolean {
  const first = cells[0] ?? '';
  if (!first.startsWith('#') || /^#(n\/a|na|null!|value!|div\/0!|ref!)$/i.test(first)) return false;
  return width === null ? !/^#\w*$/.test(first) || cells.length === 1 : cells.length !== width;
}

/**
 * The separator of a file, from its first rows: the one under which the header has the most fields
 * among those that give every row as many as the header.
 */
export function separatorOf(text: string): Separator {
  const told = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1];
  if (told !== undefined) return told as Separator;
  const scored = separators.map((separator) => {
    const widths = widthsOf(text, separator);
    const [header = 0, ...rest] = widths;
    const alike = rest.filter((width) => width === header).length;
    return { separator, header, share: rest.length === 0 ? 1 : alike / rest.length };
  });
  const several = scored.filter(({ header }) => header > 1);
  several.sort((a, b) => b.share - a.share || b.header - a.header);
  return several[0]?.separator ?? ',';
}

function widthsOf(text: string, separator: Separator): number[] {
  const widths: number[] = [];
  let end = 0;
  for (let rows = 0; rows < sampleRows && end >= 0; rows++) end = text.indexOf('\n', end + 1);
  const sample = end < 0 ? text : text.slice(0, end);
  eachRow(
    sample,
    separator,
    {
      onRow: ({ cells }) => {
        const isOpen = cells.length > 1 && cells.at(-1)?.trim() === '';
        widths.push(isOpen && cells.length - 1 === widths[0] ? cells.length - 1 : cells.length);
      },
      onFault: () => undefined,
    },
    Infinity,
  );
  return widths;
}
