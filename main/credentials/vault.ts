import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import { passphraseStrength } from '#shared/base/passphrase.ts';
import type { Credential, VaultStatus } from '#shared/ipc/hardware.ts';
import { codeOf, inTurn } from '../storage/files.ts';
import type { Notify } from '../storage/stored-document.ts';
import {
  type DerivationCost,
  deriveKey,
  isAsCostly,
  newDerivation,
  seal,
  type Sealed,
  unseal,
  usualCost,
} from './cipher.ts';
import { Redaction } from './redact.ts';
import {
  readVault,
  type VaultEntry,
  type VaultFile,
  type Wrapper,
  writeVault,
} from './vault-file.ts';
import type { KeyKeeper } from './wrappers.ts';

/** The secret fields of a credential, e.g. {apiKey}. */
export type SecretFields = Readonly<Record<string, string>>;

export interface VaultOptions {
  readonly folder: string;
  readonly keepers: readonly KeyKeeper[];
  /** For machines without a keyring, from KETBENCH_PASSPHRASE_FILE. */
  readonly passphraseFile: string | undefined;
  readonly now: () => Date;
  readonly notify?: Notify;
  /** Waits between wrong passphrases. */
  readonly wait?: (ms: number) => Promise<void>;
  /** Of deriving a key from a passphrase. */
  readonly cost?: DerivationCost;
}

/** After the first wrong passphrase; doubles with each further one. */
const firstWaitMs = 500;
const longestWaitMs = 60_000;

const dataKeyPlace = 'ketbench data key';

/**
 * Keys of vendors in one file: AES-256-GCM under a random data key, which is wrapped by the system's
 * keyring, by Electron's safeStorage and by a passphrase. Plaintext leaves only into `withSecret`.
 */
export class Vault {
  readonly #options: VaultOptions;
  readonly #path: string;
  #file: VaultFile | null;
  #key: Buffer | null = null;
  /** Why the vault, or the passphrase's file, cannot be used; told where a secret is needed. */
  #obstacle: AppError | null;
  #isSealed: boolean;
  #wrong = 0;

  private constructor(options: VaultOptions, file: VaultFile | null, sealed: AppError | null) {
    this.#options = options;
    this.#path = join(options.folder, 'vault.json');
    this.#file = file;
    this.#obstacle = sealed;
    this.#isSealed = sealed !== null;
  }

  /** Reads the file and opens it without asking where a wrapper allows that. Nothing keeps it shut. */
  static async open(options: VaultOptions): Promise<Vault> {
    const notify = options.notify ?? (() => undefined);
    const { file, sealed } = await readVault(join(options.folder, 'vault.json'), notify);
    const vault = new Vault(options, file, sealed);
    if (sealed !== null) notify('error', `The key vault is not used: ${sealed.message}`);
    try {
      await vault.#openQuietly();
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      vault.#obstacle = thrown;
      notify('warning', `The key vault stays locked: ${thrown.message}`);
    }
    return vault;
  }

  get #cost(): DerivationCost {
    return this.#options.cost ?? usualCost;
  }

  get status(): VaultStatus {
    const wrappers = this.#file?.wrappers.map(({ kind }) => kind) ?? [];
    const isAbsent = this.#file === null && !this.#isSealed;
    return { state: isAbsent ? 'absent' : this.#key === null ? 'locked' : 'open', wrappers };
  }

  list(): Credential[] {
    return (this.#file?.entries ?? []).map(describe);
  }

  /** Opens the vault, or makes it where there is none; a wrong passphrase is `unauthorised`. */
  async unlock(passphrase: string): Promise<VaultStatus> {
    return this.#inTurn(async () => {
      if (this.#isSealed && this.#obstacle !== null) throw this.#obstacle;
      if (this.#file === null) await this.#create(passphrase);
      else await this.#unlock(this.#file, passphrase);
      this.#obstacle = null;
      return this.status;
    });
  }

  /** Stores a credential; `locked` where the vault needs a passphrase first. */
  async add(provider: string, name: string, fields: SecretFields): Promise<Credential> {
    return this.#inTurn(async () => {
      if (this.#isSealed && this.#obstacle !== null) throw this.#obstacle;
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
      const entry = { ...credential, fields: sealFields(key, credential, fields) };
      await this.#write((file) => ({ ...file, entries: [...file.entries, entry] }));
      return credential;
    });
  }

  async remove(id: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#entry(id);
      await this.#write((file) => ({
        ...file,
        entries: file.entries.filter((one) => one.id !== id),
      }));
    });
  }

  /**
   * Hands the plaintext to `use` for the length of the call and keeps nothing of it. What comes back,
   * as a value or as an error, has lost every field that it quotes.
   */
  async withSecret<T>(id: string, use: (fields: SecretFields) => Promise<T>): Promise<T> {
    const fields = openFields(this.#requireKey(), this.#entry(id));
    const redaction = new Redaction(fields);
    try {
      return redaction.value(await use(fields));
    } catch (thrown) {
      throw redaction.error(thrown);
    }
  }

  /** Remembers when a credential was last used. */
  async touch(id: string): Promise<void> {
    const lastUsedAt = this.#options.now().toISOString();
    return this.#inTurn(() =>
      this.#write((file) => ({
        ...file,
        entries: file.entries.map((one) => (one.id === id ? { ...one, lastUsedAt } : one)),
      })),
    );
  }

  /** Reading, changing and writing are one step: two of them at once would lose one's change. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(`${this.#path}#`, work);
  }

  #entry(id: string): VaultEntry {
    const entry = this.#file?.entries.find((one) => one.id === id);
    if (entry === undefined)
      throw new AppError('not-found', `There is no stored key with the id ${id}.`, { id });
    return entry;
  }

  #requireKey(): Buffer {
    if (this.#key !== null) return this.#key;
    if (this.#obstacle !== null) throw this.#obstacle;
    throw new AppError(
      'locked',
      'The key vault is locked. Unlock it with its passphrase (in the window, or with KETBENCH_PASSPHRASE_FILE on the command line).',
    );
  }

  async #unlock(file: VaultFile, passphrase: string): Promise<void> {
    const wrapper = file.wrappers.find((one) => one.kind === 'passphrase');
    if (wrapper === undefined) {
      if (this.#key === null) {
        throw new AppError(
          'unauthorised',
          'This vault was made without a passphrase; open it on the desktop where its keyring is.',
        );
      }
      const added = await wrapWithPassphrase(this.#key, passphrase, this.#cost);
      await this.#write((now) => ({ ...now, wrappers: [...now.wrappers, added] }));
      return;
    }
    if (this.#wrong > 0) {
      const ms = Math.min(longestWaitMs, firstWaitMs * 2 ** (this.#wrong - 1));
      await (this.#options.wait ?? wait)(ms);
    }
    this.#key = await this.#keyFrom(wrapper, passphrase, file);
    this.#wrong = 0;
    await this.#modernise(passphrase);
  }

  async #keyFrom(
    wrapper: Wrapper & { kind: 'passphrase' },
    passphrase: string,
    { schemaVersion }: VaultFile,
  ): Promise<Buffer> {
    const derived = await deriveKey(passphrase, wrapper.derivation);
    try {
      return unseal(derived, wrapper.key, schemaVersion === 1 ? '' : dataKeyPlace);
    } catch {
      this.#wrong++;
      throw new AppError(
        'unauthorised',
        'That passphrase does not open the vault. Check capitals and keyboard layout.',
        { wrong: this.#wrong },
      );
    }
  }

  async #openQuietly(): Promise<void> {
    for (const wrapper of this.#file?.wrappers ?? []) {
      if (wrapper.kind === 'passphrase') continue;
      const keeper = this.#options.keepers.find(({ kind }) => kind === wrapper.kind);
      const key = (await keeper?.fetch(wrapper.kept)) ?? null;
      if (key === null) continue;
      this.#key = key;
      return this.#modernise(null);
    }
    if (this.#file?.wrappers.some(({ kind }) => kind === 'passphrase') !== true) return;
    const passphrase = await this.#passphraseFromFile();
    if (passphrase !== null) await this.#unlock(this.#file, passphrase);
  }

  /** An older vault that is open becomes one of the present format, with the present derivation. */
  async #modernise(passphrase: string | null): Promise<void> {
    const [file, key] = [this.#file, this.#key];
    if (file === null || key === null) return;
    const known = file.wrappers.find((one) => one.kind === 'passphrase');
    const isWeak = known !== undefined && !isAsCostly(known.derivation, this.#cost);
    if (file.schemaVersion === 2 && !(isWeak && passphrase !== null)) return;
    // Without the passphrase its wrapper could not be made anew, and would be of no use.
    if (known !== undefined && passphrase === null) return;
    const entries = file.entries.map((entry) => ({
      ...entry,
      fields: sealFields(key, entry, openFields(key, entry)),
    }));
    const others = file.wrappers.filter(({ kind }) => kind !== 'passphrase');
    const wrapped = passphrase === null ? [] : [await rewrap(key, passphrase, this.#cost)];
    try {
      await this.#write(() => ({ schemaVersion: 2, wrappers: [...others, ...wrapped], entries }));
    } catch {
      // A disk that refuses: it opens as it is, and is tried again the next time.
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
    const passphrase = given ?? (await this.#passphraseFromFile());
    const key = randomBytes(32);
    const wrappers: Wrapper[] = [];
    if (passphrase !== null) wrappers.push(await wrapWithPassphrase(key, passphrase, this.#cost));
    for (const keeper of this.#options.keepers) {
      const kept = await keeper.keep(key);
      if (kept !== null) wrappers.unshift({ kind: keeper.kind, kept });
    }
    if (wrappers.length === 0) {
      throw new AppError(
        'locked',
        'This system has no keyring for the vault, so it needs a passphrase: unlock it with one of your choice first.',
      );
    }
    await this.#write(() => ({ schemaVersion: 2, wrappers, entries: [] }));
    this.#key = key;
  }

  async #write(change: (file: VaultFile) => VaultFile): Promise<void> {
    const next = change(this.#file ?? { schemaVersion: 2, wrappers: [], entries: [] });
    await writeVault(this.#path, next);
    this.#file = next;
  }
}

async function wrapWithPassphrase(
  key: Buffer,
  passphrase: string,
  cost: DerivationCost,
): Promise<Wrapper> {
  const { word, advice } = passphraseStrength(passphrase);
  if (word === 'too weak') {
    throw new AppError('bad-input', `This passphrase is too weak. ${advice}`, { strength: word });
  }
  return rewrap(key, passphrase, cost);
}

async function rewrap(key: Buffer, passphrase: string, cost: DerivationCost): Promise<Wrapper> {
  const derivation = newDerivation(cost);
  const derived = await deriveKey(passphrase, derivation);
  return { kind: 'passphrase', derivation, key: seal(derived, key, dataKeyPlace) };
}

type Place = Pick<Credential, 'id' | 'provider'>;

/** Ties a field to its entry: nobody who can write the file may swap keys between vendors. */
function placeOf({ id, provider }: Place, field: string): string {
  return JSON.stringify(['ketbench credential', id, provider, field]);
}

function sealFields(key: Buffer, place: Place, fields: SecretFields): Record<string, Sealed> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      seal(key, Buffer.from(value, 'utf8'), placeOf(place, field)),
    ]),
  );
}

function openFields(key: Buffer, entry: VaultEntry): SecretFields {
  const { fields } = entry;
  if (isSealed(fields)) {
    return JSON.parse(unsealText(key, fields, '')) as SecretFields;
  }
  return Object.fromEntries(
    Object.entries(fields).map(([field, sealed]) => [
      field,
      unsealText(key, sealed, placeOf(entry, field)),
    ]),
  );
}

function unsealText(key: Buffer, sealed: Sealed, place: string): string {
  const plain = unseal(key, sealed, place);
  try {
    return plain.toString('utf8');
  } finally {
    plain.fill(0);
  }
}

function isSealed(fields: VaultEntry['fields']): fields is Sealed {
  return typeof fields['iv'] === 'string';
}

function describe({ id, provider, name, addedAt, lastUsedAt }: Credential): Credential {
  return { id, provider, name, addedAt, lastUsedAt };
}

async function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
