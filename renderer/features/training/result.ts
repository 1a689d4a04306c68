import { z } from 'zod';
import { formatNumber } from '#renderer/lib/format.ts';

const soFarSchema = z.object({
  parameters: z.record(z.string(), z.array(z.number())),
  value: z.number(),
});

/** What a variational run had reached when it was stopped; null where it left nothing. */
export function soFarOf(details: unknown): z.infer<typeof soFarSchema> | null {
  const found = z.object({ soFar: soFarSchema }).safeParse(details);
  return found.success ? found.data.soFar : null;
}

const deepest = 3;

/** Every number, word and truth value of a result with its path; lists are left out. */
export function scalarsOf(
  value: unknown,
  path = '',
  depth = 0,
): readonly (readonly [string, string])[] {
  if (typeof value === 'number') return [[path, formatNumber(value, 8)]];
  if (typeof value === 'string' || typeof value === 'boolean') return [[path, String(value)]];
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth >= deepest) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    scalarsOf(inner, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}
