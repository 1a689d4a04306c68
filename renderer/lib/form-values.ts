import type { ParameterDescriptor, TupleColumn } from '#shared/catalog/parameter.ts';

/** What a form holds: only what was filled in; the rest takes its default where the job is checked. */
export type FormValues = Readonly<Record<string, unknown>>;

/** How a value stands in a text field, and what a typed text means; undefined = not set. */
export interface Notation {
  readonly print: (value: unknown) => string;
  readonly parse: (text: string) => unknown;
}

/** Anything as text, so that what does not fit its field can be read and mended. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What is no number stays text: the check says what is wrong with it, and nothing typed is lost. */
function numberOf(text: string): number | string {
  const value = Number(text.trim());
  return text.trim() !== '' && Number.isFinite(value) ? value : text;
}

export const textNotation: Notation = {
  print: textOf,
  parse: (text) => (text === '' ? undefined : text),
};

export const numberNotation: Notation = {
  print: textOf,
  parse: (text) => (text.trim() === '' ? undefined : numberOf(text)),
};

function wordsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}

/** A JSON text for what the notation cannot say; what is no such text is left to `read`. */
function listNotation(
  print: (list: readonly unknown[]) => string,
  read: Notation['parse'],
): Notation {
  return {
    print: (value) => (Array.isArray(value) ? print(value) : textOf(value)),
    parse: (text) => (text.trim() === '' ? undefined : read(text)),
  };
}

/** "1, 2.5, 3" */
export const numbersNotation = listNotation(
  (list) => list.map(textOf).join(', '),
  (text) => wordsOf(text).map(numberOf),
);

/** "a, b" */
export const wordsNotation = listNotation(
  (list) => list.map(textOf).join(', '),
  (text) =>
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
);

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** One text a line. */
export const linesNotation = listNotation(
  (list) => list.map(textOf).join('\n'),
  (text) => linesOf(text).map((line) => line.trim()),
);

const rowText = (row: unknown): string =>
  Array.isArray(row) ? row.map(textOf).join(', ') : textOf(row);

/** One row of numbers a line. */
export const matrixNotation = listNotation(
  (list) => list.map(rowText).join('\n'),
  (text) => linesOf(text).map((line) => wordsOf(line).map(numberOf)),
);

/** One tuple a line, its places in their order; those that are texts stay texts. */
export function tuplesNotation(columns: readonly TupleColumn[]): Notation {
  return listNotation(
    (list) => list.map(rowText).join('\n'),
    (text) =>
      linesOf(text).map((line) =>
        wordsOf(line).map((word, k) => (columns[k]?.kind === 'text' ? word : numberOf(word))),
      ),
  );
}

/** One "name = number" a line. */
export const namedNumbersNotation: Notation = {
  print: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
          .map(([name, one]) => `${name} = ${textOf(one)}`)
          .join('\n')
      : textOf(value),
  parse: (text) => {
    const lines = linesOf(text).map((line) => line.split('='));
    if (lines.length === 0) return undefined;
    // A line without its value is on the way to one.
    if (lines.some((parts) => parts.length !== 2)) return text;
    return Object.fromEntries(lines.map(([name = '', one = '']) => [name.trim(), numberOf(one)]));
  },
};

/** JSON, for what has no simpler form. */
export const jsonNotation: Notation = {
  print: textOf,
  parse: (text) => {
    if (text.trim() === '') return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  },
};

/** How the values of a field stand in text; null where it has controls of its own. */
export function notationOf(parameter: ParameterDescriptor): Notation | null {
  switch (parameter.kind) {
    case 'integer':
    case 'number':
      return numberNotation;
    case 'text':
      return textNotation;
    case 'texts':
      return linesNotation;
    case 'numbers':
      return numbersNotation;
    case 'matrix':
      return matrixNotation;
    case 'named-numbers':
      return namedNumbersNotation;
    case 'json':
      return jsonNotation;
    case 'tuples':
      return tuplesNotation(parameter.columns);
    default:
      return null;
  }
}

/** The values with one of them changed; undefined takes it out. */
export function withValue(values: FormValues, id: string, value: unknown): FormValues {
  const { [id]: _, ...rest } = values;
  return value === undefined ? rest : { ...values, [id]: value };
}

/** The path of a part of a spec below another one. */
export function pathOf(path: string, id: string): string {
  return path === '' ? id : `${path}.${id}`;
}

/**
 * What is wrong with a value or inside it: a list is one field, so it tells the first fault of its
 * entries, with the line that has it.
 */
export function faultAt(
  errors: Readonly<Record<string, string>>,
  path: string,
): string | undefined {
  if (errors[path] !== undefined) return errors[path];
  const inside = Object.keys(errors).find((one) => isInside(one, path));
  if (inside === undefined) return undefined;
  const line = /^\[(\d+)\]/.exec(inside.slice(path.length))?.[1];
  const where = line === undefined ? inside.slice(path.length + 1) : `Entry ${Number(line) + 1}`;
  return `${where}: ${errors[inside]}`;
}

/** Whether a path lies in a part of a spec. */
export function isInside(path: string, part: string): boolean {
  return path.startsWith(`${part}.`) || path.startsWith(`${part}[`);
}
