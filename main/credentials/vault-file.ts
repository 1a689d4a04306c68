import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError, asAppError } from '#shared/base/errors.ts';
import { systemCodeOf } from '#shared/base/system-errors.ts';
import { credentialSchema } from '#shared/ipc/hardware.ts';
import { writeDurably } from '../storage/files.ts';
import { moveAside, type Notify } from '../storage/stored-document.ts';
import { derivationSchema, sealedSchema } from './cipher.ts';

const wrapperSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), derivation: derivationSchema, key: sealedSchema }),
  z.object({ kind: z.literal('keyring'), kept: z.string() }),
  z.object({ kind: z.literal('safe-storage'), kept: z.string() }),
]);
export type Wrapper = z.infer<typeof wrapperSchema>;

/** Format 1 sealed all fields of an entry together; format 2 seals each and ties it to its place. */
const entrySchema = credentialSchema.extend({
  fields: z.union([sealedSchema, z.record(z.string(), sealedSchema)]),
});
export type VaultEntry = z.infer<typeof entrySchema>;

const vaultSchema = z.object({
  schemaVersion: z.union([z.literal(1), z.literal(2)]),
  /** The same data key, wrapped in every way there is. */
  wrappers: z.array(wrapperSchema),
  /** What is known of each credential stands in the open; its fields are sealed. */
  entries: z.array(entrySchema),
});
export type VaultFile = z.infer<typeof vaultSchema>;

/** A vault as it was found; `sealed` says why it must be left alone. */
export interface FoundVault {
  readonly file: VaultFile | null;
  readonly sealed: AppError | null;
}

/** Reads a vault; a damaged one is moved aside and its backup used, and no damage keeps anybody out. */
export async function readVault(path: string, notify: Notify): Promise<FoundVault> {
  const backup = `${path}.bak`;
  try {
    if (existsSync(path)) return parse(await readFile(path, 'utf8'));
    if (!existsSync(backup)) return { file: null, sealed: null };
  } catch (thrown) {
    if (systemCodeOf(thrown) !== undefined) return { file: null, sealed: asAppError(thrown) };
    moveAside(path, notify);
  }
  try {
    const found = parse(await readFile(backup, 'utf8'));
    notify('warning', `The backup of the key vault is used in its place.`);
    return found;
  } catch {
    notify('error', 'The key vault was damaged and has no usable backup: add the keys anew.');
    return { file: null, sealed: null };
  }
}

function parse(text: string): FoundVault {
  const value: unknown = JSON.parse(text);
  const version = z.object({ schemaVersion: z.number() }).parse(value).schemaVersion;
  if (version > 2) {
    const message = `The key vault was written by a newer Ketbench (format ${version}). Update Ketbench; nothing was changed.`;
    return { file: null, sealed: new AppError('unsupported', message, { found: version }) };
  }
  return { file: vaultSchema.parse(value), sealed: null };
}

/** Both copies say the same: an older backup would keep keys that were removed. */
export async function writeVault(path: string, file: VaultFile): Promise<void> {
  const text = JSON.stringify(file);
  await writeDurably(path, text, { mode: 0o600 });
  await writeDurably(`${path}.bak`, text, { mode: 0o600 });
}
