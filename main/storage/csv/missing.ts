/** Words that stand for a missing value in any column. */
const anywhere = new Set([
  '',
  'na',
  'n/a',
  'nan',
  'null',
  '#n/a',
  '#na',
  '#null!',
  '#value!',
  '#div/0!',
  '#ref!',
  '?',
  '<na>',
  'nat',
]);
/** What stands for a missing number or date, but may be a word among words. */
const amongNumbers = new Set(['-', '--', '–', '—', '.', '..', 'none', 'nil']);

export type Missing = 'always' | 'among-numbers' | 'no';

/** How a trimmed cell is missing. */
export function missingIn(text: string): Missing {
  if (text.length > 8) return 'no';
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return 'no';
  const lower = text.toLowerCase();
  if (anywhere.has(lower)) return 'always';
  return amongNumbers.has(lower) ? 'among-numbers' : 'no';
}
