import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import type { Credential, VaultStatus } from '#shared/ipc/hardware.ts';
import { codeOf, writeDurably } from '../storage/files.ts';
import {
  deriveKey,
  type KeyDerivation,
  newDerivation,
  type Sealed,
  seal,
  unseal,
} from './cipher.ts';
import type { KeyKeeper } from './wrappers.ts';

/** The secret fields of a credential, e.g. {apiKey}. */
export type SecretFields = Readonly<Record<string, string>>;

type Wrapper =
  | { readonly kind: 'passphrase'; readonly derivation: KeyDerivation; readonly key: Sealed }
  | { readonly kind: 'keyring' | 'safe-storage'; readonly kept: string };

interface VaultFile {
  readonly schemaVersion: 1;
  /** The same data key, wrapped in every way there is. */
  readonly wrappers: readonly Wrapper[];
  /** What is known of each credential stands in the open; its fields are sealed. */
  readonly entries: readonly (Credential & { readonly fields: Sealed })[];
}

export interface VaultOptions {
  readonly folder: string;
  readonly keepers: readonly KeyKeeper[];
  /** For machines without a keyring, from KETBENCH_PASSPHRASE_FILE. */
  readonly passphraseFile: string | undefined;
  readonly now: () => Date;
}

/**
 * Keys of vendors in one file: AES-256-GCM under a random data key, which is wrapped by the system's
 * keyring, by Electron's safeStorage and by a passphrase. Plaintext leaves only into `withSecret`.
 */
export class Vault {
  readonly #options: VaultOptions;
  #file: VaultFile | null;
  #key: Buffer | null = null;

  private constructor(options: VaultOptions, file: VaultFile | null) {
    this.#options = options;
    this.#file = file;
  }

  /** Reads the file and opens it without asking where a wrapper allows that. */
  static async open(options: VaultOptions): Promise<Vault> {
    const path = join(options.folder, 'vault.json');
    const file = existsSync(path) ? parseVault(await readFile(path, 'utf8'), path) : null;
    const vault = new Vault(options, file);
    await vault.#openQuietly();
    return vault;
  }

  get status(): VaultStatus {
    const wrappers = this.#file?.wrappers.map(({ kind }) => kind) ?? [];
    return {
      state: this.#file === null ? 'absent' : this.#key === null ? 'locked' : 'open',
      wrappers,
    };
  }

  list(): Credential[] {
    return (this.#file?.entries ?? []).map(describe);
  }

  /** Opens the vault, or makes it where there is none; a wrong passphrase is `unauthorised`. */
  async unlock(passphrase: string): Promise<VaultStatus> {
    if (this.#file === null) {
      await this.#create(passphrase);
      return this.status;
    }
    const wrapper = this.#file.wrappers.find((one) => one.kind === 'passphrase');
    if (wrapper === undefined) {
      if (this.#key === null) {
        throw new AppError(
          'unauthorised',
          'This vault was made without a passphrase; open it on the desktop where its keyring is.',
        );
      }
      await this.#addPassphrase(passphrase);
      return this.status;
    }
    const derived = await deriveKey(passphrase, wrapper.derivation);
    try {
      this.#key = unseal(derived, wrapper.key);
    } catch {
      throw new AppError(
        'unauthorised',
        'That passphrase does not open the vault. Check capitals and keyboard layout.',
      );
    }
    return this.status;
  }

  /** Stores a credential; `locked` where the vault needs a passphrase first. */
  async add(provider: string, name: string, fields: SecretFields): Promise<Credential> {
    if (this.#file === null) await this.#create(null);
    const key = this.#requireKey();
    if (this.list().some((one) => one.provider === provider && one.name === name)) {
      throw new AppError(
        'conflict',
        `There is a key “${name}” for ${provider} already; remove it first or choose another name.`,
        { provider, name },
      );
    }
    const credential: Credential = {
      id: randomUUID(),
      provider,
      name,
      addedAt: this.#options.now().toISOString(),
      lastUsedAt: null,
    };
    const sealed = seal(key, Buffer.from(JSON.stringify(fields), 'utf8'));
    await this.#write((file) => ({
      ...file,
      entries: [...file.entries, { ...credential, fields: sealed }],
    }));
    return credential;
  }

  async remove(id: string): Promise<void> {
    this.#entry(id);
    await this.#write((file) => ({
      ...file,
      entries: file.entries.filter((one) => one.id !== id),
    }));
  }

  /** Hands the plaintext to `use` for the length of the call and keeps nothing of it. */
  async withSecret<T>(id: string, use: (fields: SecretFields) => Promise<T>): Promise<T> {
    const entry = this.#entry(id);
    const plain = unseal(this.#requireKey(), entry.fields);
    try {
      return await use(JSON.parse(plain.toString('utf8')) as SecretFields);
    } finally {
      plain.fill(0);
    }
  }

  /** Remembers when a credential was last used. */
  async touch(id: string): Promise<void> {
    const lastUsedAt = this.#options.now().toISOString();
    await this.#write((file) => ({
      ...file,
      entries: file.entries.map((one) => (one.id === id ? { ...one, lastUsedAt } : one)),
    }));
  }

  #entry(id: string): VaultFile['entries'][number] {
    const entry = this.#file?.entries.find((one) => one.id === id);
    if (entry === undefined)
      throw new AppError('not-found', `There is no stored key with the id ${id}.`, { id });
    return entry;
  }

  #requireKey(): Buffer {
    if (this.#key !== null) return this.#key;
    throw new AppError(
      'locked',
      'The key vault is locked. Unlock it with its passphrase (in the window, or with KETBENCH_PASSPHRASE_FILE on the command line).',
    );
  }

  async #openQuietly(): Promise<void> {
    for (const wrapper of this.#file?.wrappers ?? []) {
      if (wrapper.kind === 'passphrase') continue;
      const keeper = this.#options.keepers.find(({ kind }) => kind === wrapper.kind);
      const key = (await keeper?.fetch(wrapper.kept)) ?? null;
      if (key !== null) {
        this.#key = key;
        return;
      }
    }
    const passphrase = await this.#passphraseFromFile();
    if (passphrase !== null && this.#file?.wrappers.some(({ kind }) => kind === 'passphrase')) {
      await this.unlock(passphrase);
    }
  }

  async #passphraseFromFile(): Promise<string | null> {
    const { passphraseFile } = this.#options;
    if (passphraseFile === undefined || passphraseFile === '') return null;
    try {
      return (await readFile(passphraseFile, 'utf8')).replace(/\r?\n$/, '');
    } catch (thrown) {
      throw new AppError(
        'bad-input',
        `KETBENCH_PASSPHRASE_FILE names a file that cannot be read (${codeOf(thrown) ?? 'unknown'}).`,
      );
    }
  }

  async #create(given: string | null): Promise<void> {
    const key = randomBytes(32);
    const wrappers: Wrapper[] = [];
    for (const keeper of this.#options.keepers) {
      const kept = await keeper.keep(key);
      if (kept !== null) wrappers.push({ kind: keeper.kind, kept });
    }
    const passphrase = given ?? (await this.#passphraseFromFile());
    if (passphrase !== null) wrappers.push(await wrapWithPassphrase(key, passphrase));
    if (wrappers.length === 0) {
      throw new AppError(
        'locked',
        'This system has no keyring for the vault, so it needs a passphrase: unlock it with one of your choice first.',
      );
    }
    this.#key = key;
    await this.#write(() => ({ schemaVersion: 1, wrappers, entries: [] }));
  }

  async #addPassphrase(passphrase: string): Promise<void> {
    const wrapper = await wrapWithPassphrase(this.#requireKey(), passphrase);
    await this.#write((file) => ({ ...file, wrappers: [...file.wrappers, wrapper] }));
  }

  async #write(change: (file: VaultFile) => VaultFile): Promise<void> {
    const next = change(this.#file ?? { schemaVersion: 1, wrappers: [], entries: [] });
    await writeDurably(join(this.#options.folder, 'vault.json'), JSON.stringify(next), {
      backup: true,
      mode: 0o600,
    });
    this.#file = next;
  }
}

async function wrapWithPassphrase(key: Buffer, passphrase: string): Promise<Wrapper> {
  const derivation = newDerivation();
  return {
    kind: 'passphrase',
    derivation,
    key: seal(await deriveKey(passphrase, derivation), key),
  };
}

function describe({ id, provider, name, addedAt, lastUsedAt }: Credential): Credential {
  return { id, provider, name, addedAt, lastUsedAt };
}

function parseVault(text: string, path: string): VaultFile {
  try {
    const file = JSON.parse(text) as VaultFile;
    if (file.schemaVersion === 1 && Array.isArray(file.wrappers) && Array.isArray(file.entries))
      return file;
  } catch {
    // Falls through to the same error as a file of another shape.
  }
  throw new AppError(
    'corrupt',
    `The key vault ${path} cannot be read. Put ${path}.bak in its place, or remove it and add the keys anew.`,
    { path },
  );
}
