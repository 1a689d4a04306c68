import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { filesIn, followFiles } from '#main/open-files.ts';
import { openTestApp, temporaryFolder } from '#test/support/temporary-app.ts';

type Listener = (event: never, detail: never) => void;

/** Electron's application as far as files go. */
class Shell {
  readonly #listeners = new Map<string, Listener>();
  on(name: string, listener: Listener): void {
    this.#listeners.set(name, listener);
  }
  tell(name: string, detail: unknown): void {
    this.#listeners.get(name)?.({ preventDefault: () => undefined } as never, detail as never);
  }
}

const bell = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n';

describe('a file that the system opens', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let app: App;
  let shell: Shell;
  let opened: string[];
  let notices: string[];

  beforeEach(async () => {
    folder = temporaryFolder();
    app = await openTestApp(join(folder.path, 'library'));
    shell = new Shell();
    opened = [];
    notices = [];
    app.hub.onNew(() => {
      const event = app.hub.at(app.hub.lastNumber);
      if (event?.name === 'documents.opened') opened.push((event.payload as { id: string }).id);
    });
  });
  afterEach(async () => {
    await app.close();
    folder.remove();
  });

  const notify = (_level: string, text: string) => notices.push(text);
  const start = (argv: readonly string[] = []) =>
    followFiles(shell as never, filesIn(['electron', ...argv])).ready(
      createCall(createHandlers(app)),
      notify,
    );

  test('is among the arguments of a start, and becomes a document that windows show', async () => {
    await start(['--flag', folder.write('bell.qasm', bell)]);
    const [summary] = app.library.documents.list();
    expect(summary).toMatchObject({ name: 'bell' });
    expect(opened).toEqual([summary?.id]);
    expect(app.library.settings.value.activeDocument).toBe(summary?.id);
  });

  test('of a Mac waits for the library', async () => {
    const files = followFiles(shell as never, []);
    shell.tell('open-file', folder.write('early.qasm', bell));
    expect(app.library.documents.list()).toEqual([]);
    await files.ready(createCall(createHandlers(app)), notify);
    expect(app.library.documents.list()).toMatchObject([{ name: 'early' }]);
  });

  test('opened again is the same document in the window that there is', async () => {
    await start();
    const path = folder.write('bell.qasm', bell);
    for (let i = 0; i < 2; i++) shell.tell('second-instance', ['electron', path]);
    await expect.poll(() => opened.length).toBe(2);
    expect(new Set(opened).size).toBe(1);
    expect(app.library.documents.list()).toHaveLength(1);
  });

  test('of another format is read by its importer; one with a fault is told with line and column', async () => {
    const faulty = folder.write('bad.quil', 'H 0\nNOSUCHGATE 1\n');
    await start([folder.write('bell.quil', 'H 0\nCNOT 0 1\n'), faulty]);
    const [summary] = app.library.documents.list();
    const { text } = await app.library.documents.read(summary?.id ?? '');
    expect(text).toContain('OPENQASM 3');
    expect(notices).toEqual([expect.stringMatching(/^bad\.quil could not be opened\..* 2:1: /)]);
  });

  test('that is not there is told, and files of other kinds are left alone', async () => {
    await start([join(folder.path, 'gone.qasm'), join(folder.path, 'photo.png')]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('gone.qasm could not be opened');
  });
});

test('the packaged application is told to the system as what opens programs', () => {
  const text = readFileSync(new URL('../../../electron-builder.yml', import.meta.url), 'utf8');
  expect(text).toMatch(/fileAssociations:\n {2}- ext: \[qasm, qasm2, qasm3\]/);
});

test('of a second start is looked for where that was started', async () => {
  const folder = temporaryFolder();
  folder.write('beside.qasm', bell);
  const shell = new Shell();
  const asked: unknown[] = [];
  const call = (_name: string, input: unknown): Promise<unknown> =>
    Promise.resolve(void asked.push(input));
  const listeners = new Map<string, (...parameters: unknown[]) => void>();
  Object.assign(shell, { on: (name: string, listener: never) => listeners.set(name, listener) });
  const files = followFiles(shell as never, []);
  await files.ready(call, () => undefined);
  listeners.get('second-instance')?.({}, ['ketbench', 'beside.qasm'], folder.path);
  await expect.poll(() => asked).toStrictEqual([{ fileName: 'beside.qasm', text: bell }]);
  folder.remove();
});
