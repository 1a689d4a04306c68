import { z } from 'zod';
import type { CatalogEntry } from '#shared/catalog/parameter.ts';

export interface CredentialField {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly isSecret: boolean;
}

const factSchema = z.array(
  z.object({ id: z.string(), title: z.string(), help: z.string(), isSecret: z.boolean() }),
);

/** What a vendor's key consists of, from its catalog entry. */
export function credentialFieldsOf(provider: CatalogEntry): readonly CredentialField[] {
  return factSchema.parse(provider.facts['credentialFields']);
}
