import { z } from 'zod';
import { deviceRecordSchema } from '../devices/calibration/kept.ts';

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

export const driftSchema = z.object({
  figure: z.string(),
  unit: z.enum(['s', '']),
  before: z.number(),
  after: z.number(),
  most: z.object({ place: z.string(), before: z.number(), after: z.number() }).nullable(),
  lost: z.array(z.string()),
  regained: z.array(z.string()),
});

/** A machine's record in use and where it is from. */
export const deviceCalibrationSchema = z.object({
  device: deviceRecordSchema,
  /** A calibration that was imported, or the record that comes with Ketbench. */
  from: z.enum(['calibration', 'record']),
  /** Dates of all calibrations that are kept, the oldest first, and of the record. */
  kept: z.array(z.string()),
  recordedAt: z.string(),
  /** From the record to what is in use; of an import, to what was imported. */
  drift: z.array(driftSchema),
});

export type DeviceCalibration = z.infer<typeof deviceCalibrationSchema>;

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
