import type { z } from 'zod';

/** What came, in a few letters. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null)
    return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  bigint: 'a whole number',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  tuple: 'a list',
};

function size(origin: string, bound: number | bigint): string {
  const plural = Number(bound) === 1 ? '' : 's';
  if (origin === 'string') return `${bound} letter${plural}`;
  if (origin === 'array' || origin === 'set') return `${bound} entr${plural === '' ? 'y' : 'ies'}`;
  return String(bound);
}

/** The fields that an object's schema knows, in order; none where it is no such schema. */
function fieldsOf(schema: unknown): string[] {
  const { def } = (schema as { readonly _zod?: { readonly def?: object } } | undefined)?._zod ?? {};
  return def !== undefined && 'shape' in def ? Object.keys(def.shape as object) : [];
}

/**
 * The fault of a value against a schema in plain words: what is expected, and what came. For zod's
 * `localeError`, so that every schema speaks alike in the window, on the command line and over REST.
 */
export function schemaWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = kinds[issue.expected] ?? issue.expected;
      if (issue.input === undefined) return `is missing: ${wanted} is expected`;
      if (
        typeof issue.input === 'number' &&
        !Number.isInteger(issue.input) &&
        issue.expected === 'int'
      )
        return `a whole number is expected, not ${issue.input}`;
      return `${wanted} is expected, not ${shown(issue.input)}`;
    }
    case 'too_small': {
      const least = issue.inclusive === false ? 'more than' : 'at least';
      return `must be ${least} ${size(issue.origin, issue.minimum)}`;
    }
    case 'too_big': {
      const most = issue.inclusive === false ? 'less than' : 'at most';
      return `must be ${most} ${size(issue.origin, issue.maximum)}`;
    }
    case 'invalid_value': {
      const choices = issue.values.map((value) => shown(value)).join(', ');
      const wanted = issue.values.length === 1 ? choices : `one of ${choices}`;
      return issue.input === undefined
        ? `is missing: ${wanted} is expected`
        : `${wanted} is expected, not ${shown(issue.input)}`;
    }
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `“${key}”`).join(', ');
      const known = fieldsOf(issue.inst).filter((key) => !Object.hasOwn(issue.input ?? {}, key));
      const left = known.length === 0 ? '' : `; what may also be here: ${known.join(', ')}`;
      return `there is no ${keys} here${left}`;
    }
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_union': {
      const { discriminator } = issue as { readonly discriminator?: string };
      if (discriminator !== undefined) return `there is no such ${discriminator}`;
      return `does not fit any of its forms: it is ${shown(issue.input)}`;
    }
    default:
      return 'is not what is expected here';
  }
}
