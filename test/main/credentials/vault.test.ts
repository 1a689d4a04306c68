import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { passphraseStrength } from '#shared/base/passphrase.ts';
import { deriveKey, newDerivation, seal, usualCost } from '#main/credentials/cipher.ts';
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
    // A fraction of the usual work: the tests derive many keys.
    cost: { N: 1 << 14, r: 8, p: 1 },
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
  await expect(
    second.withSecret(id, ({ apiKey }) => Promise.resolve(apiKey === secret)),
  ).resolves.toBe(true);
});

test('the file holds no plaintext and is readable by its owner only', async () => {
  const vault = await Vault.open(options());
  await vault.unlock('plain walnut river');
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
  await first.unlock('a later passphrase');
  expect(first.status.wrappers).toEqual(['keyring', 'passphrase']);
  const desktop = await Vault.open(options({ keepers: [keeper] }));
  expect(desktop.status.state).toBe('open');
  const headless = await Vault.open(options());
  expect(headless.status.state).toBe('locked');
  await headless.unlock('a later passphrase');
  await expect(
    headless.withSecret(id, ({ apiKey }) => Promise.resolve(apiKey === secret)),
  ).resolves.toBe(true);
});

test('a headless machine takes the passphrase from a file', async () => {
  const passphraseFile = join(folder.path, 'passphrase');
  writeFileSync(passphraseFile, 'walnut from a file\n');
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
  await vault.unlock('plain walnut river');
  const { id } = await vault.add('ionq', 'mine', { apiKey: secret });
  const path = join(folder.path, 'vault.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as {
    entries: { fields: { apiKey: { data: string } } }[];
  };
  const entry = file.entries[0];
  if (entry === undefined) throw new Error('expected an entry');
  const bytes = Buffer.from(entry.fields.apiKey.data, 'base64');
  bytes[0] = (bytes[0] as number) ^ 1;
  entry.fields.apiKey.data = bytes.toString('base64');
  writeFileSync(path, JSON.stringify(file));
  const damaged = await Vault.open(options());
  await damaged.unlock('plain walnut river');
  await expect(damaged.withSecret(id, () => Promise.resolve(0))).rejects.toMatchObject({
    code: 'unauthorised',
  });
});

test('fields that change places are noticed, and so is a short tag', async () => {
  const vault = await Vault.open(options());
  await vault.unlock('plain walnut river');
  const a = await vault.add('ionq', 'a', { apiKey: secret });
  const b = await vault.add('ionq', 'b', { apiKey: `${secret}-b` });
  const path = join(folder.path, 'vault.json');
  const text = readFileSync(path, 'utf8');
  type Sealed = { iv: string; tag: string; data: string };
  type File = { entries: { id: string; fields: { apiKey: Sealed } }[] };
  const swapped = JSON.parse(text) as File;
  const [first, second] = swapped.entries as [File['entries'][0], File['entries'][0]];
  [first.fields, second.fields] = [second.fields, first.fields];
  const cut = JSON.parse(text) as File;
  for (const { fields } of cut.entries) {
    fields.apiKey.tag = Buffer.from(fields.apiKey.tag, 'base64').subarray(0, 4).toString('base64');
  }
  for (const file of [swapped, cut]) {
    writeFileSync(path, JSON.stringify(file));
    const altered = await Vault.open(options());
    await altered.unlock('plain walnut river');
    for (const { id } of [a, b]) {
      await expect(altered.withSecret(id, () => Promise.resolve(0))).rejects.toMatchObject({
        code: 'unauthorised',
      });
    }
  }
});

test('a vault of the first format is read, and becomes one of the present', async () => {
  const derivation = newDerivation({ N: 1 << 14, r: 8, p: 1 });
  const key = Buffer.alloc(32, 7);
  const id = 'old';
  const entry = { id, provider: 'ionq', name: 'mine', addedAt: '', lastUsedAt: null };
  const fields = seal(key, Buffer.from(JSON.stringify({ apiKey: secret })));
  const wrapper = {
    kind: 'passphrase',
    derivation,
    key: seal(await deriveKey('p', derivation), key),
  };
  const old = { schemaVersion: 1, wrappers: [wrapper], entries: [{ ...entry, fields }] };
  writeFileSync(join(folder.path, 'vault.json'), JSON.stringify(old));
  for (let round = 0; round < 2; round++) {
    const vault = await Vault.open(options({ cost: usualCost }));
    await vault.unlock('p');
    await expect(
      vault.withSecret(id, ({ apiKey }) => Promise.resolve(apiKey === secret)),
    ).resolves.toBe(true);
  }
  const now = JSON.parse(readFileSync(join(folder.path, 'vault.json'), 'utf8')) as typeof old;
  expect(now).toMatchObject({ schemaVersion: 2, wrappers: [{ derivation: { N: 1 << 17, r: 8 } }] });
});

test.each([
  '',
  'not json',
  '{}',
  '[]',
  'null',
  '{"schemaVersion":2}',
  '{"schemaVersion":2,"wrappers":[{}],"entries":[]}',
])('a damaged vault (%s) is set aside and its backup used', async (text) => {
  const first = await Vault.open(options());
  await first.unlock('plain walnut river');
  const { id } = await first.add('ionq', 'mine', { apiKey: secret });
  writeFileSync(join(folder.path, 'vault.json'), text);
  const notices: string[] = [];
  const vault = await Vault.open(options({ notify: (_level, said) => notices.push(said) }));
  expect(notices.join()).toMatch(/moved to.*backup/s);
  await vault.unlock('plain walnut river');
  await expect(vault.withSecret(id, () => Promise.resolve(1))).resolves.toBe(1);
  writeFileSync(join(folder.path, 'vault.json'), text);
  writeFileSync(join(folder.path, 'vault.json.bak'), text);
  expect((await Vault.open(options())).status.state).toBe('absent');
});

test('a vault of a newer version is left alone and keeps nobody out', async () => {
  const path = join(folder.path, 'vault.json');
  writeFileSync(path, '{"schemaVersion":9}');
  const vault = await Vault.open(options());
  expect(vault.status.state).toBe('locked');
  await expect(vault.unlock('plain walnut river')).rejects.toMatchObject({ code: 'unsupported' });
  await expect(vault.add('ionq', 'x', { apiKey: secret })).rejects.toMatchObject({
    code: 'unsupported',
  });
  expect(readFileSync(path, 'utf8')).toBe('{"schemaVersion":9}');
});

test('a passphrase file that is missing or wrong matters where a secret is needed only', async () => {
  const first = await Vault.open(options());
  await first.unlock('plain walnut river');
  const { id } = await first.add('ionq', 'mine', { apiKey: secret });
  const wrong = folder.write('wrong', 'another one');
  for (const passphraseFile of [join(folder.path, 'nowhere'), wrong]) {
    const vault = await Vault.open(options({ passphraseFile }));
    expect(vault.list()).toHaveLength(1);
    await expect(vault.withSecret(id, () => Promise.resolve(0))).rejects.toThrow();
    await vault.unlock('plain walnut river');
    await vault.withSecret(id, () => Promise.resolve(0));
  }
});

test('twenty keys at once are all kept, and a removed one is in no copy', async () => {
  const keeper = keyring();
  const vault = await Vault.open(options({ keepers: [keeper] }));
  const added = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      vault.add('ionq', `key ${i}`, { apiKey: `${secret}-${i}` }),
    ),
  );
  const again = await Vault.open(options({ keepers: [keeper] }));
  expect(
    again
      .list()
      .map(({ id }) => id)
      .sort(),
  ).toStrictEqual(added.map(({ id }) => id).sort());
  for (const [i, { id }] of added.entries()) {
    await expect(
      again.withSecret(id, ({ apiKey }) => Promise.resolve(apiKey === `${secret}-${i}`)),
    ).resolves.toBe(true);
  }
  const gone = added[0]?.id ?? '';
  await again.remove(gone);
  for (const name of ['vault.json', 'vault.json.bak']) {
    expect(readFileSync(join(folder.path, name), 'utf8')).not.toContain(gone);
  }
});

test('each wrong passphrase takes longer than the one before', async () => {
  const waits: number[] = [];
  const wait = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
  await (await Vault.open(options())).unlock('plain walnut river');
  const vault = await Vault.open(options({ wait }));
  await Promise.allSettled(['a', 'b', 'c', 'd'].map((one) => vault.unlock(one)));
  expect(waits).toStrictEqual([500, 1000, 2000]);
  await vault.unlock('plain walnut river');
  await vault.unlock('plain walnut river');
  expect(waits).toStrictEqual([500, 1000, 2000, 4000]);
});

test.each([
  'a',
  '1234567',
  'password',
  'password1',
  '12345678',
  'aaaaaaaaaaaaaa',
  'qwertyuiop',
  'abcdefghijkl',
  '',
])('the passphrase “%s” is refused as too weak', async (passphrase) => {
  const vault = await Vault.open(options());
  await expect(vault.unlock(passphrase)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('too weak'),
  });
  expect(vault.status.state).toBe('absent');
});

test.each(['plain walnut river', 'correct horse', 'Tr0ub4dor&3', 'ärgerlich früh', 'kq8xv2mz'])(
  'the passphrase “%s” is taken',
  (passphrase) => {
    expect(passphraseStrength(passphrase).word).not.toBe('too weak');
  },
);

test('what quotes a field loses it, in whatever form and wherever it stands', async () => {
  const vault = await Vault.open(options());
  await vault.unlock('plain walnut river');
  const odd = 'key "with" / odd+signs=';
  const { id } = await vault.add('ionq', 'mine', { apiKey: odd });
  const forms = [
    odd,
    encodeURIComponent(odd),
    JSON.stringify({ apiKey: odd }),
    `Basic ${Buffer.from(odd).toString('base64')}`,
    `Basic ${Buffer.from(`user:${odd}`).toString('base64')}`,
    Buffer.from(odd).toString('hex'),
  ];
  const clean = await vault.withSecret(id, () =>
    Promise.resolve({ list: forms, [odd]: { text: `x ${odd} y` } }),
  );
  const failed = await vault
    .withSecret(id, () => {
      throw new AppError(
        'vendor',
        `No: ${odd}`,
        { said: forms, nested: { deep: [odd] } },
        new Error(odd),
      );
    })
    .then(() => new AppError('internal', 'Nothing failed.'))
    .catch((thrown: unknown) => thrown as AppError);
  const all = JSON.stringify([clean, failed.message, failed.details, String(failed.cause)]);
  for (const part of [
    'odd+signs',
    'odd%2Bsigns',
    Buffer.from('th" / odd+').toString('base64').slice(4, 10),
    Buffer.from('odd+signs').toString('hex'),
  ]) {
    expect(all).not.toContain(part);
  }
  expect(failed).toMatchObject({ code: 'vendor', message: 'No: •••' });
  const counts = { outcomes: Float64Array.of(1, 2), counts: [3, 4] };
  await expect(vault.withSecret(id, () => Promise.resolve(counts))).resolves.toStrictEqual(counts);
});

test('names are unique per vendor and removing takes the key away', async () => {
  const vault = await Vault.open(options());
  await vault.unlock('plain walnut river');
  const { id } = await vault.add('ionq', 'mine', { apiKey: secret });
  await expect(vault.add('ionq', 'mine', { apiKey: 'x' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await vault.remove(id);
  expect(vault.list()).toEqual([]);
  await expect(vault.remove(id)).rejects.toMatchObject({ code: 'not-found' });
});
