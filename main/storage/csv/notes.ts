import type { TableNote } from '#shared/data/table.ts';
import type { ColumnResult } from './column-scan.ts';

/** What was converted or guessed, each with the columns that it is true of. */
export function notesOf(results: readonly ColumnResult[]): TableNote[] {
  const found = new Map<string, number[]>();
  results.forEach((result, c) => {
    for (const message of messagesOn(result)) {
      const columns = found.get(message);
      if (columns === undefined) found.set(message, [c]);
      else columns.push(c);
    }
  });
  return [...found].map(([message, columns]) => ({ message, columns }));
}

function messagesOn({ number, date }: ColumnResult): string[] {
  if (date !== null) {
    if (date.isGuess) {
      const other = date.format.id === 'day-first' ? 'month/day' : 'day/month';
      return [
        `Dates were read as ${date.format.title}, though ${other} would fit every cell as well, in`,
      ];
    }
    return date.format.id === 'iso' ? [] : [`Dates were read as ${date.format.title} in`];
  }
  if (number === null) return [];
  const { decimal, isPercent, currency, isGuess, isConverted } = number;
  const messages: string[] = [];
  if (isGuess) {
    const meaning = decimal === 'comma' ? 'a decimal comma' : 'a decimal point';
    messages.push(
      `Numbers were read with ${meaning}, though no cell shows whether “.” or “,” separates thousands, in`,
    );
  } else if (decimal === 'comma') messages.push('Decimal commas were read in');
  else if (isConverted) messages.push('Separators of thousands or brackets were read in');
  if (isPercent) messages.push('Per cent were divided by 100 in');
  if (currency !== '') messages.push(`The currency “${currency}” was taken away in`);
  return messages;
}
