import { z } from 'zod';

export { type Device, deviceSchema } from '../devices/listing.ts';

export const deviceEstimateSchema = z.object({
  /** USD, null where unknown. */
  cost: z.number().nullable(),
  costBasis: z.string(),
  executionSeconds: z.number().nullable(),
  queueSeconds: z.number().nullable(),
  fidelity: z.number().nullable(),
  oneQubitGates: z.number(),
  twoQubitGates: z.number(),
  /** Why it cannot run there, one sentence each; empty = it can. */
  obstacles: z.array(z.string()),
});

export type DeviceEstimate = z.infer<typeof deviceEstimateSchema>;

/** What is known of a stored key; never the key. */
export const credentialSchema = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  addedAt: z.string(),
  lastUsedAt: z.string().nullable(),
});

export type Credential = z.infer<typeof credentialSchema>;

export const vaultStatusSchema = z.object({
  /** absent: none made yet; locked: a passphrase is needed; open: keys can be used. */
  state: z.enum(['absent', 'locked', 'open']),
  wrappers: z.array(z.enum(['keyring', 'safe-storage', 'passphrase'])),
});

export type VaultStatus = z.infer<typeof vaultStatusSchema>;
