import type { z } from 'zod';

interface Definition {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A value that a schema accepts, with an unusual number wherever there is one. */
export function sampleOf(schema: z.ZodType): unknown {
  const def = schema.def as unknown as Definition;
  const inner = (key: string): unknown => sampleOf(def[key] as z.ZodType);
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape as Record<string, z.ZodType>).map(([key, member]) => [
          key,
          sampleOf(member),
        ]),
      );
    case 'array':
      return Array.from({ length: Math.max(1, minimumLength(schema)) }, () => inner('element'));
    case 'tuple':
      return (def.items as z.ZodType[]).map(sampleOf);
    case 'record':
      return { key: inner('valueType'), $: inner('valueType') };
    case 'union':
      return sampleOf((def.options as z.ZodType[])[0] as z.ZodType);
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return inner('innerType');
    case 'literal':
      return (def.values as unknown[])[0];
    case 'enum':
      return Object.values(def.entries as Record<string, unknown>)[0];
    case 'string':
      return 'ψ “text”';
    case 'boolean':
      return true;
    case 'unknown':
      return { anything: [1, null, 'x', -0] };
    case 'custom':
      return schema.safeParse(new Float64Array()).success
        ? Float64Array.of(1.5, NaN, -0, Infinity)
        : { kind: 'text' };
    case 'number':
      return [0.1, 1, 0, 2, 100, 1000].find((value) => schema.safeParse(value).success);
    default:
      throw new Error(`No sample for a schema of type ${def.type}.`);
  }
}

function minimumLength(schema: z.ZodType): number {
  return (
    [0, 1, 2, 3].find((n) => {
      const result = schema.safeParse(Array.from({ length: n }));
      return (
        result.success ||
        !result.error.issues.some(({ code, path }) => code === 'too_small' && path.length === 0)
      );
    }) ?? 0
  );
}
