import { randomBytes } from 'node:crypto';

/** Keeps the vault's data key for a user who is logged in; null where the system has no such place. */
export interface KeyKeeper {
  readonly kind: 'keyring' | 'safe-storage';
  /** What has to be kept in the vault's file to get the key back; null where keeping failed. */
  keep(key: Buffer): Promise<string | null>;
  /** The key, or null where it is not to be had (another user, a locked keyring). */
  fetch(kept: string): Promise<Buffer | null>;
}

const service = 'Ketbench';

/**
 * The operating system's keyring. On Linux only a real secret service counts: without one the
 * library would fall back to the kernel's session keyring, which does not outlive a log-out.
 */
export function systemKeyring(platform: NodeJS.Platform = process.platform): KeyKeeper {
  const open = async (account: string) => {
    const { Entry } = await import('@napi-rs/keyring');
    return platform === 'linux'
      ? new Entry(service, account, { linux: { store: 'secret-service' } })
      : new Entry(service, account);
  };
  return {
    kind: 'keyring',
    async keep(key) {
      try {
        const account = `vault-${randomBytes(8).toString('hex')}`;
        const entry = await open(account);
        entry.setPassword(key.toString('base64'));
        return entry.getPassword() === key.toString('base64') ? account : null;
      } catch {
        // No keyring, or it is locked: the other ways to wrap the key remain.
        return null;
      }
    },
    async fetch(account) {
      try {
        const entry = await open(account);
        const kept = entry.getPassword();
        return kept === null ? null : Buffer.from(kept, 'base64');
      } catch {
        return null;
      }
    },
  };
}
