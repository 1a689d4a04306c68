import { z } from 'zod';

/**
 * One setting of a member of a registry: type, default, limits and what a form shows. Schemas and
 * forms both derive from it, so that a window cannot offer what a job refuses.
 */
export type ParameterDescriptor =
  | (Common & {
      readonly kind: 'integer' | 'number';
      readonly default: number | null;
      readonly min?: number;
      readonly max?: number;
      /** `min` itself is not allowed. */
      readonly exclusiveMin?: boolean;
      readonly unit?: string;
    })
  | (Common & {
      readonly kind: 'choice';
      readonly default: string | null;
      readonly options: readonly { readonly value: string; readonly title: string }[];
    })
  | (Common & { readonly kind: 'boolean'; readonly default: boolean })
  | (Common & { readonly kind: 'text'; readonly default: string | null })
  | (Common & { readonly kind: 'numbers'; readonly default: readonly number[] | null })
  /** A member of the catalog kind `registry`, with that member's own parameters beside its `id`. */
  | (Common & {
      readonly kind: 'member';
      readonly registry: CatalogKind;
      readonly default: { readonly id: string };
    })
  /** A fixed group, e.g. `{gammas, betas}`. */
  | (Common & {
      readonly kind: 'group';
      readonly default: null;
      readonly members: readonly ParameterDescriptor[];
    });

interface Common {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it does, in which unit, and when to change it. */
  readonly help: string;
  /** Shown only under "Advanced". */
  readonly advanced?: boolean;
}

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
  'problem',
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
