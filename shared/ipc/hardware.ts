import { z } from 'zod';

/** A machine or simulator that jobs can name as backend. Rates are medians or means per gate. */
export const deviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  kind: z.enum(['simulator', 'device-model', 'qpu']),
  technology: z.string(),
  qubits: z.number(),
  status: z.enum(['available', 'unavailable', 'retired', 'needs-credential', 'unknown']),
  /** The vendor did not answer: this is what is known without it. */
  isUnreachable: z.boolean().optional(),
  /** Jobs waiting, or null where the vendor does not say. */
  queueLength: z.number().nullable(),
  queueSeconds: z.number().nullable(),
  nativeGates: z.array(z.string()),
  /** Null: all-to-all. */
  edges: z.array(z.tuple([z.number(), z.number()])).nullable(),
  errorRates: z.record(z.string(), z.number()),
  /** Seconds. */
  times: z.record(z.string(), z.number()),
  /** Whether qubits can be measured or reset, and gates conditioned, before the end; left out = not known. */
  isDynamic: z.boolean().optional(),
  shots: z.object({ min: z.number(), max: z.number() }).nullable(),
  calibratedAt: z.string().nullable(),
  source: z.string(),
});

export type Device = z.infer<typeof deviceSchema>;

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
