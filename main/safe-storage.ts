import type { SafeStorage } from 'electron';
import type { KeyKeeper } from './credentials/wrappers.ts';

/**
 * Electron's safeStorage as a keeper of the vault's key. Its `basic_text` fallback, a fixed password
 * in the program, is refused: it would only look like encryption.
 */
export function safeStorageKeeper(
  storage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
  >,
  platform: NodeJS.Platform,
): KeyKeeper {
  const isReal = (): boolean =>
    storage.isEncryptionAvailable() &&
    (platform !== 'linux' || storage.getSelectedStorageBackend() !== 'basic_text');
  return {
    kind: 'safe-storage',
    async keep(key) {
      if (!isReal()) return null;
      return storage.encryptString(key.toString('base64')).toString('base64');
    },
    async fetch(kept) {
      try {
        return Buffer.from(storage.decryptString(Buffer.from(kept, 'base64')), 'base64');
      } catch {
        // Written by another user or on another machine: the other wrappers remain.
        return null;
      }
    },
  };
}
