import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';

/** What a form holds: only what the user set; the rest takes its default where the job is checked. */
export type FormValues = Readonly<Record<string, unknown>>;

/** A value as it stands in a text field. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) {
    return value.join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}

/**
 * What a typed text means for the parameter; empty = not set. Text that is no number is passed on
 * as it is, so that the check says what is wrong with it and nothing typed is lost.
 */
export function valueOf(parameter: ParameterDescriptor, text: string): unknown {
  if (text === '') return undefined;
  switch (parameter.kind) {
    case 'integer':
    case 'number':
      return numberOrText(text);
    case 'matrix':
    case 'named-numbers':
    case 'tuples':
    case 'list':
      return jsonOrText(text);
    case 'texts':
    case 'columns':
      return text.split(',').map((part) => part.trim());
    case 'rows':
    case 'numbers':
      return text
        .split(/[,\s]+/)
        .filter((part) => part !== '')
        .map(numberOrText);
    default:
      return text;
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function numberOrText(text: string): number | string {
  const value = Number(text.trim());
  // "1." and "1e" are on the way to a number: kept as typed until they are one.
  return text.trim() !== '' && Number.isFinite(value) && String(value) === text.trim()
    ? value
    : text;
}

/** The values without those that are not set, with number texts such as "1.50" turned into numbers. */
export function settledValues(values: FormValues): FormValues {
  const entries = Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [[key, settled(value)] as const];
  });
  return Object.fromEntries(entries);
}

function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value === 'object' && value !== null) return settledValues(value as FormValues);
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
