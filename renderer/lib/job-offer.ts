import type { CatalogEntry, ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { columnsFor, whyNotTable } from '#shared/data/uses.ts';
import type { DataSet } from '#shared/data/data-set.ts';
import type { FormValues } from '#renderer/lib/form-values.ts';

/** What a form can offer: members of every registry, and the tables of the library. */
export interface Offer {
  readonly catalog: readonly CatalogEntry[];
  readonly dataSets: readonly DataSet[];
}

/** A member of the catalog; undefined where there is none. */
export function entryOf(
  { catalog }: Pick<Offer, 'catalog'>,
  kind: string,
  id: unknown,
): CatalogEntry | undefined {
  return catalog.find((entry) => entry.kind === kind && entry.id === id);
}

/** The members of one kind by title. */
export function entriesOf(
  { catalog }: Pick<Offer, 'catalog'>,
  kind: string,
): readonly CatalogEntry[] {
  return catalog
    .filter((entry) => entry.kind === kind)
    .toSorted((a, b) => a.title.localeCompare(b.title));
}

/** Whether the catalog calls the algorithm classical. */
export function isClassical(entry: CatalogEntry): boolean {
  return entry.facts['kind'] === 'classical';
}

/**
 * Algorithms that take a kind of problem, by title: quantum ones first, and first of these those that take a view
 * that the kind itself gives, before those that take one which follows from it, and the usual one before its like.
 */
export function algorithmsFor(
  offer: Pick<Offer, 'catalog'>,
  problem: string,
): readonly CatalogEntry[] {
  const own = textsOf(entryOf(offer, 'problem', problem)?.facts['views']);
  const rank = (entry: CatalogEntry): number => {
    const takesOwn = textsOf(entry.facts['views']).some((view) => own.includes(view));
    const isUsual = entry.facts['isUsual'] === true;
    return 4 * Number(isClassical(entry)) + 2 * Number(!takesOwn) + Number(!isUsual);
  };
  return entriesOf(offer, 'algorithm')
    .filter(({ facts }) => textsOf(facts['problems']).includes(problem))
    .toSorted((a, b) => rank(a) - rank(b));
}

function textsOf(fact: unknown): readonly unknown[] {
  return Array.isArray(fact) ? fact : [];
}

/** Columns that fields choose from tables; more qubits than these are no start for a laptop. */
const usualCount = { prices: 8, classes: 1, features: 4 } as const;

/**
 * The fields of a kind of problem as they are first shown: its example, or, where it is about a table,
 * the first one of the library that fits, with what the kind begins with.
 */
export function startOf(kind: CatalogEntry, { dataSets }: Offer): FormValues {
  const tables = kind.parameters.filter((one) => one.kind === 'table');
  if (tables.length === 0) return factOf(factOf(kind.facts, 'example'), 'problem');
  return tables.reduce<FormValues>(
    (values, field) => {
      const [first] = dataSets
        .filter((set) => whyNotFor(field, kind.parameters, set) === null)
        .toSorted((a, b) => b.columns.length - a.columns.length);
      return first === undefined ? values : withTable(values, field.id, kind.parameters, first);
    },
    factOf(factOf(kind.facts, 'start'), 'fields'),
  );
}

/**
 * The kind of problem that is shown first: the one that says so; where the library has no table for it, the
 * one that most algorithms take.
 */
export function firstKindOf(offer: Offer): string {
  const kinds = entriesOf(offer, 'problem').toSorted(
    (a, b) => algorithmsFor(offer, b.id).length - algorithmsFor(offer, a.id).length,
  );
  const isWhole = (kind: CatalogEntry): boolean =>
    kind.parameters.every(({ kind: of, id }) => of !== 'table' || id in startOf(kind, offer));
  const whole = kinds.filter(isWhole);
  const first = whole.find(({ facts }) => factOf(facts, 'start')['isFirst'] === true);
  return (first ?? whole[0])?.id ?? '';
}

/** A fact that is an object; an empty one where there is none. */
function factOf(facts: FormValues, name: string): FormValues {
  const fact = facts[name];
  return typeof fact === 'object' && fact !== null ? (fact as FormValues) : {};
}

/** The values with another table: its columns take the place of those of the last one. */
export function withTable(
  values: FormValues,
  field: string,
  parameters: readonly ParameterDescriptor[],
  table: DataSet,
): FormValues {
  const next: Record<string, unknown> = { ...values, [field]: table.id };
  const taken = new Set<string>();
  for (const parameter of parameters) {
    if (!('table' in parameter) || parameter.table !== field) continue;
    const { kind, id } = parameter;
    delete next[id];
    if (kind === 'rows') continue;
    const fitting = columnsFor(parameter.holds, table).filter((name) => !taken.has(name));
    const chosen =
      kind === 'column' ? fitting.slice(-1) : fitting.slice(0, usualCount[parameter.holds]);
    chosen.forEach((name) => taken.add(name));
    next[id] = kind === 'column' ? chosen[0] : chosen;
  }
  return next;
}

/** Why a table does not fit a field, by the columns that fields beside it take from it; null: it does. */
export function whyNotFor(
  field: Extract<ParameterDescriptor, { kind: 'table' }>,
  parameters: readonly ParameterDescriptor[],
  table: DataSet,
): string | null {
  const uses = parameters.flatMap((one) =>
    (one.kind === 'column' || one.kind === 'columns') && one.table === field.id ? [one.holds] : [],
  );
  return whyNotTable(uses, table);
}

/** Settings that suit a kind of problem, as far as an algorithm has them; the rest are its defaults. */
export function usualSettings(
  offer: Pick<Offer, 'catalog'>,
  kind: unknown,
  algorithm: unknown,
): FormValues {
  const usual = factOf(entryOf(offer, 'problem', kind)?.facts ?? {}, 'start')['settings'];
  const parameters = entryOf(offer, 'algorithm', algorithm)?.parameters ?? [];
  if (typeof usual !== 'object' || usual === null) return {};
  return Object.fromEntries(
    Object.entries(usual).filter(([id, value]) =>
      parameters.some(
        (one) =>
          one.id === id &&
          (one.kind !== 'choice' || one.options.some((option) => option.value === value)),
      ),
    ),
  );
}
