import { z } from 'zod';

/**
 * One setting of a member of a registry, or one field of a problem: type, default, limits and what a
 * form shows. Schemas, forms, the files that are needed and the REST description all derive from it,
 * so that a window cannot offer what a job refuses.
 */
export type ParameterDescriptor =
  | (Common & {
      readonly kind: 'integer' | 'number';
      readonly default: number | null;
      readonly min?: number;
      readonly max?: number;
      /** `min` itself is not allowed. */
      readonly exclusiveMin?: boolean;
      /** `max` itself is not allowed. */
      readonly exclusiveMax?: boolean;
      /** A word that may be written for what an empty field means, e.g. “scale”. */
      readonly word?: string;
      readonly unit?: string;
    })
  | (Common & {
      readonly kind: 'choice';
      readonly default: string | null;
      readonly options: readonly { readonly value: string; readonly title: string }[];
    })
  | (Common & { readonly kind: 'boolean'; readonly default: boolean })
  | (Common & { readonly kind: 'text'; readonly default: string | null })
  /** Texts in an order, e.g. observables. */
  | (Common & {
      readonly kind: 'texts';
      readonly default: readonly string[] | null;
      readonly minCount?: number;
    })
  | (Common & {
      readonly kind: 'numbers';
      readonly default: readonly number[] | null;
      readonly minCount?: number;
    })
  /** Rows of numbers, each as long as the first. */
  | (Common & {
      readonly kind: 'matrix';
      readonly default: readonly (readonly number[])[] | null;
      readonly isSquare?: boolean;
    })
  /** Numbers by name, e.g. values of a circuit's parameters. */
  | (Common & {
      readonly kind: 'named-numbers';
      readonly default: Readonly<Record<string, number>> | null;
    })
  /** Rows of a small table that is typed in: edges `[from, to, weight?]`, terms `["XZ", 0.5]`. */
  | (Common & {
      readonly kind: 'tuples';
      readonly default: readonly (readonly (number | string)[])[] | null;
      readonly columns: readonly TupleColumn[];
      readonly minCount?: number;
    })
  /** A value without a simpler form, written as JSON: matrices of complex numbers, or what `shape` says. */
  | (Common & { readonly kind: 'json'; readonly default: null; readonly shape?: JsonShape })
  /** A table: the id of a data set, or on the command line the path of a CSV. */
  | (Common & { readonly kind: 'table'; readonly default: string | null })
  /** One column of the table that the field `table` beside it names. */
  | (Common & {
      readonly kind: 'column';
      readonly default: string | null;
      readonly table: string;
      readonly holds: ColumnUse;
    })
  | (Common & {
      readonly kind: 'columns';
      readonly default: readonly string[] | null;
      readonly table: string;
      readonly holds: ColumnUse;
      readonly minCount?: number;
    })
  /** First and last row of the table that the field `table` names: 0-based, both included. */
  | (Common & {
      readonly kind: 'rows';
      readonly default: readonly [number, number] | null;
      readonly table: string;
    })
  /** A program's text, or another one that is as long. */
  | (Common & {
      readonly kind: 'source';
      readonly default: string | null;
      readonly language: 'openqasm' | 'fcidump';
    })
  /** The name of a file of text; its content may stand in the field `insteadOf` as well. */
  | (Common & {
      readonly kind: 'file';
      readonly default: string | null;
      readonly insteadOf: string;
    })
  /** A kept model, by its id in the library. */
  | (Common & { readonly kind: 'model'; readonly default: string | null })
  /** A member of the catalog kind `registry`, with that member's own parameters beside its `id`. */
  | (Common & {
      readonly kind: 'member';
      readonly registry: CatalogKind;
      readonly default: { readonly id: string };
    })
  /** A fixed group, e.g. `{gammas, betas}`; a default stands for the whole group. */
  | (Common & {
      readonly kind: 'group';
      readonly default: Readonly<Record<string, number | string | boolean>> | null;
      readonly members: readonly ParameterDescriptor[];
    })
  /** Groups of one form in an order, e.g. assets. */
  | (Common & {
      readonly kind: 'list';
      readonly default: null;
      readonly members: readonly ParameterDescriptor[];
      readonly minCount?: number;
    });

interface Common {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it does, in which unit, and when to change it. */
  readonly help: string;
  /** It has no default and must be given. Without it, one whose default is null may be left out. */
  readonly required?: true;
  /** Shown only under "Advanced". */
  readonly advanced?: boolean;
}

/**
 * What a field of JSON may hold: a count or a list of names; weights in an order or by name; pairs of places or
 * names with a weight.
 */
export type JsonShape = 'names' | 'weights' | 'pairs';

/** One place of the tuples of a field. Only the last ones may be left out. */
export interface TupleColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: 'integer' | 'number' | 'text';
  readonly min?: number;
  readonly isOptional?: true;
}

/** What the window offers columns for: prices above 0, two classes, or numbers to learn from. */
export type ColumnUse = 'prices' | 'classes' | 'features';

/** A member of a registry as the window and `ketbench catalog` see it. */
export const catalogEntrySchema = z.object({
  kind: z.string(),
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  parameters: z.array(z.custom<ParameterDescriptor>((value) => typeof value === 'object')),
  /** Facts of the member that its kind defines, e.g. the problems that an algorithm takes. */
  facts: z.record(z.string(), z.unknown()),
});

export type CatalogEntry = z.infer<typeof catalogEntrySchema>;

export const catalogKinds = [
  'algorithm',
  'ansatz',
  'problem',
  'result',
  'optimizer',
  'gradient',
  'mitigation',
  'simulator',
  'channel',
  'device',
  'provider',
  'gate',
  'feature-map',
  'data-set',
  'exporter',
  'report-format',
  'benchmark',
  'example',
] as const;

export type CatalogKind = (typeof catalogKinds)[number];
