import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Vault, type VaultOptions } from '#main/credentials/vault.ts';
import type { KeyKeeper } from '#main/credentials/wrappers.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function options(more: Partial<VaultOptions> = {}): VaultOptions {
  return {
    folder: folder.path,
    keepers: [],
    passphraseFile: undefined,
    now: () => new Date(0),
    ...more,
  };
}

/** A keyring in memory, as a desktop has one. */
function keyring(): KeyKeeper {
  const kept = new Map<string, Buffer>();
  return {
    kind: 'keyring',
    keep: (key) => {
      kept.set('entry', Buffer.from(key));
      return Promise.resolve('entry');
    },
    fetch: (name) => Promise.resolve(kept.get(name) ?? null),
  };
}

const secret = 'a-very-secret-key-4711';

test('a key comes back after a restart with the right passphrase and not with a wrong one', async () => {
  const first = await Vault.open(options());
  expect(first.status.state).toBe('absent');
  await first.unlock('correct horse');
  const { id } = await first.add('ionq', 'mine', { apiKey: secret });
  const second = await Vault.open(options());
  expect(second.status).toEqual({ state: 'locked', wrappers: ['passphrase'] });
  expect(second.list()).toMatchObject([{ id, provider: 'ionq', name: 'mine' }]);
  await expect(second.withSecret(id, () => Promise.resolve(0))).rejects.toMatchObject({
    code: 'locked',
  });
  await expect(second.unlock('wrong')).rejects.toMatchObject({ code: 'unauthorised' });
  await second.unlock('correct horse');
  await expect(second.withSecret(id, ({ apiKey }) => Promise.resolve(apiKey))).resolves.toBe(
    secret,
  );
});

test('the file holds no plaintext and is readable by its owner only', async () => {
  const vault = await Vault.open(options());
  await vault.unlock('p');
  await vault.add('ionq', 'mine', { apiKey: secret });
  const path = join(folder.path, 'vault.json');
  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain(secret);
  expect(text).not.toContain(Buffer.from(secret).toString('base64'));
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a keyring opens it without asking, and a passphrase can be added beside it', async () => {
  const keeper = keyring();
  const first = await Vault.open(options({ keepers: [keeper] }));
  const { id } = await first.add('ionq', 'mine', { apiKey: secret });
  await first.unlock('later');
  expect(first.status.wrappers).toEqual(['keyring', 'passphrase']);
  const desktop = await Vault.open(options({ keepers: [keeper] }));
  expect(desktop.status.state).toBe('open');
  const headless = await Vault.open(options());
  expect(headless.status.state).toBe('locked');
  await headless.unlock('later');
  await expect(headless.withSecret(id, ({ apiKey }) => Promise.resolve(apiKey))).resolves.toBe(
    secret,
  );
});

test('a headless machine takes the passphrase from a file', async () => {
  const passphraseFile = join(folder.path, 'passphrase');
  writeFileSync(passphraseFile, 'from a file\n');
  const first = await Vault.open(options({ passphraseFile }));
  await first.add('ionq', 'mine', { apiKey: secret });
  expect((await Vault.open(options({ passphraseFile }))).status.state).toBe('open');
});

test('without any way to keep a key a passphrase is asked for', async () => {
  const vault = await Vault.open(options());
  await expect(vault.add('ionq', 'mine', { apiKey: secret })).rejects.toMatchObject({
    code: 'locked',
  });
  expect(vault.status.state).toBe('absent');
});

test('a changed byte is noticed', async () => {
  const vault = await Vault.open(options());
  await vault.unlock('p');
  const { id } = await vault.add('ionq', 'mine', { apiKey: secret });
  const path = join(folder.path, 'vault.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as {
    entries: { fields: { data: string } }[];
  };
  const entry = file.entries[0];
  if (entry === undefined) throw new Error('expected an entry');
  const bytes = Buffer.from(entry.fields.data, 'base64');
  bytes[0] = (bytes[0] as number) ^ 1;
  entry.fields.data = bytes.toString('base64');
  writeFileSync(path, JSON.stringify(file));
  const damaged = await Vault.open(options());
  await damaged.unlock('p');
  await expect(damaged.withSecret(id, () => Promise.resolve(0))).rejects.toMatchObject({
    code: 'unauthorised',
  });
});

test('a file that is no vault is reported with its backup', async () => {
  writeFileSync(join(folder.path, 'vault.json'), 'not json');
  await expect(Vault.open(options())).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('.bak'),
  });
});

test('names are unique per vendor and removing takes the key away', async () => {
  const vault = await Vault.open(options());
  await vault.unlock('p');
  const { id } = await vault.add('ionq', 'mine', { apiKey: secret });
  await expect(vault.add('ionq', 'mine', { apiKey: 'x' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await vault.remove(id);
  expect(vault.list()).toEqual([]);
  await expect(vault.remove(id)).rejects.toMatchObject({ code: 'not-found' });
});
