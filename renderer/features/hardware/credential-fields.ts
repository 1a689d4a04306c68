import { z } from 'zod';
import type { CatalogEntry } from '#shared/catalog/parameter.ts';

export interface CredentialField {
  readonly id: string;
  readonly title: string;
  readonly help: string | undefined;
  readonly isSecret: boolean;
}

const factSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    help: z.string().optional(),
    isSecret: z.boolean().default(true),
  }),
);

/** What a vendor's key consists of. A vendor that names no fields takes one secret key. */
export function credentialFieldsOf(provider: CatalogEntry): readonly CredentialField[] {
  const named = factSchema.safeParse(provider.facts['credentialFields']);
  if (named.success && named.data.length > 0) {
    return named.data.map((field) => ({
      id: field.id,
      title: field.title,
      help: field.help,
      isSecret: field.isSecret,
    }));
  }
  return [{ id: 'apiKey', title: 'Key', help: undefined, isSecret: true }];
}
