import { z } from 'zod';
import type { CatalogEntry, ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Problem } from '#shared/problems/problem-kind.ts';
import { countOf } from '#renderer/lib/format.ts';

type Fact = readonly [title: string, text: string];

/** What a problem is, in lines for a list of facts, by the catalog’s entry of its kind; `nameOf` tells the name of a data set. */
export function problemFacts(
  problem: Problem,
  { title, parameters }: Pick<CatalogEntry, 'title' | 'parameters'>,
  nameOf: (id: string) => string,
): readonly Fact[] {
  const facts = parameters.flatMap((field): Fact[] => {
    const value = problem[field.id];
    if (value === undefined) return field.kind === 'columns' ? [[field.title, 'all']] : [];
    return [[field.title, fieldText(field, value, nameOf)]];
  });
  return [['Problem', title], ...facts];
}

function fieldText(
  field: ParameterDescriptor,
  value: unknown,
  nameOf: (id: string) => string,
): string {
  switch (field.kind) {
    case 'table':
      return nameOf(value as string);
    case 'rows':
      return (value as readonly number[]).join(' to ');
    case 'choice':
      return field.options.find((option) => option.value === value)?.title ?? valueText(value);
    case 'columns':
    case 'texts':
      return (value as readonly string[]).join(', ');
    case 'numbers':
    case 'tuples':
    case 'matrix':
    case 'list':
      return (value as readonly unknown[]).length <= shownEntries
        ? valueText(value)
        : countOf((value as readonly unknown[]).length, 'entry', 'entries');
    case 'source':
      return countOf((value as string).split('\n').length, 'line');
    case 'group':
      return settingsText(value as Readonly<Record<string, unknown>>);
    default:
      return valueText(value);
  }
}

/** Longer lists are counted. */
const shownEntries = 6;

/** "layers 3, optimizer cobyla (tolerance 0.001)"; "as usual" where nothing was set. */
export function settingsText(settings: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(settings).map(([name, value]) => `${name} ${valueText(value)}`);
  return parts.length === 0 ? 'as usual' : parts.join(', ');
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const { id, ...own } = value as Readonly<Record<string, unknown>>;
  const inner = Object.keys(own).length === 0 ? '' : `(${settingsText(own)})`;
  return [typeof id === 'string' ? id : '', inner].filter((part) => part !== '').join(' ');
}

const provenanceSchema = z.object({
  jobs: z.array(
    z.object({ data: z.record(z.string(), z.object({ sha256: z.string() })).default({}) }),
  ),
});

/** The data that runs used, by name, with its SHA-256. */
export function hashesOf(provenance: unknown): readonly Fact[] {
  const found = provenanceSchema.safeParse(provenance);
  if (!found.success) return [];
  const all = found.data.jobs.flatMap(({ data }) =>
    Object.entries(data).map(([name, { sha256 }]) => [name, sha256] as const),
  );
  return [...new Map(all)];
}
