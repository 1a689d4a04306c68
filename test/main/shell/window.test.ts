import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { menuTemplate } from '#main/menu.ts';
import {
  guardContents,
  guardSession,
  isOwnPage,
  serveScheme,
  windowOptions,
} from '#main/window.ts';
import { safeStorageKeeper } from '#main/safe-storage.ts';
import { projectRoot } from '#main/project.ts';
import { servePorts } from '#main/window-port.ts';
import { followTrouble } from '#main/window-trouble.ts';
import { EventHub } from '#main/ipc/event-hub.ts';
import { contentSecurityPolicy } from '#main/host/security.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';
import { writeWindow } from '#test/support/window-folder.ts';

type Listener = (...parameters: never[]) => unknown;

/** Records what is subscribed or set, and calls it on demand; no Electron is loaded. */
class StandIn {
  readonly handlers = new Map<string, Listener>();
  readonly webRequest = {
    onBeforeRequest: (handler: Listener) => this.handlers.set('request', handler),
  };
  on(name: string, handler: Listener): void {
    this.handlers.set(name, handler);
  }
  handle(name: string, handler: Listener): void {
    this.handlers.set(name, handler);
  }
  setWindowOpenHandler(handler: Listener): void {
    this.handlers.set('open', handler);
  }
  setPermissionRequestHandler(handler: Listener): void {
    this.handlers.set('permission', handler);
  }
  setPermissionCheckHandler(handler: Listener): void {
    this.handlers.set('check', handler);
  }
  setDevicePermissionHandler(handler: Listener): void {
    this.handlers.set('device', handler);
  }
  call(name: string, ...parameters: unknown[]): unknown {
    return this.handlers.get(name)?.(...(parameters as never[]));
  }
}

describe('the window', () => {
  test('is isolated, sandboxed and without Node', () => {
    expect(windowOptions('/p', true).webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    });
  });

  test('opens no further windows and goes nowhere else', () => {
    const contents = new StandIn();
    guardContents(contents as never);
    expect(contents.call('open', { url: 'https://example.com' })).toStrictEqual({ action: 'deny' });
    const stopped: string[] = [];
    const event = (name: string) => ({ preventDefault: () => stopped.push(name) });
    contents.call('will-navigate', event('away'), 'https://example.com/');
    contents.call('will-navigate', event('look-alike'), 'app://ketbench.example/');
    contents.call('will-navigate', event('own'), 'app://ketbench/index.html');
    contents.call('will-attach-webview', event('webview'));
    contents.call('will-redirect', event('redirect'));
    expect(stopped).toStrictEqual(['away', 'look-alike', 'webview', 'redirect']);
  });

  test('is granted no permission and reaches nothing outside', () => {
    const session = new StandIn();
    guardSession(session as never);
    const answers: unknown[] = [];
    session.call('permission', {}, 'geolocation', (granted: boolean) => answers.push(granted));
    answers.push(session.call('check'), session.call('device'));
    for (const url of ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd']) {
      session.call('request', { url }, (answer: unknown) => answers.push(answer));
    }
    session.call('request', { url: 'app://ketbench/' }, (answer: unknown) => answers.push(answer));
    const cancel = { cancel: true };
    expect(answers).toStrictEqual([false, false, false, cancel, cancel, cancel, { cancel: false }]);
  });

  test('is served under its own scheme with policy and isolation, and no other file', async () => {
    const folder = temporaryFolder();
    const protocol = new StandIn();
    serveScheme(protocol as never, writeWindow(folder.path));
    const get = (url: string) => protocol.call('app', new Request(url)) as Promise<Response>;
    const page = await get('app://ketbench/index.html');
    expect(await page.text()).toContain('the window');
    expect(page.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect((await get('app://ketbench/nothing.js')).status).toBe(404);
    expect((await get('app://elsewhere/index.html')).status).toBe(404);
    folder.remove();
  });

  test.each([
    ['app://ketbench/index.html', true],
    ['app://ketbench', true],
    ['app://ketbench.example/', false],
    ['https://ketbench/', false],
    ['', false],
    [undefined, false],
  ])('%s is its own page: %s', (url, own) => {
    expect(isOwnPage(url)).toBe(own);
  });
});

describe('a port', () => {
  const call = (): Promise<unknown> => Promise.resolve({});

  function ask(frame: { url: string } | null, isTop: boolean): number {
    const ipcMain = new StandIn();
    let given = 0;
    const port = new StandIn();
    const channel = { port1: Object.assign(port, { start: () => undefined }), port2: {} };
    servePorts(ipcMain as never, () => channel as never, call, new EventHub());
    const sender = { mainFrame: isTop ? frame : {}, postMessage: () => given++ };
    ipcMain.call('ketbench:port', { senderFrame: frame, sender });
    return given;
  }

  test('goes to the top frame of our own page only', () => {
    expect(ask({ url: 'app://ketbench/index.html' }, true)).toBe(1);
    expect(ask({ url: 'app://ketbench/index.html' }, false)).toBe(0);
    expect(ask({ url: 'https://example.com/' }, true)).toBe(0);
    expect(ask(null, true)).toBe(0);
  });
});

test('the menu leaves Ketbench’s own commands to the palette', () => {
  expect(menuTemplate('linux', true).map(({ role, label }) => role ?? label)).toStrictEqual([
    'fileMenu',
    'editMenu',
    'View',
    'windowMenu',
  ]);
  expect(menuTemplate('darwin', true)[0]).toStrictEqual({ role: 'appMenu' });
});

test('tools for developers are in no release', () => {
  const roles = (isPackaged: boolean): string => JSON.stringify(menuTemplate('linux', isPackaged));
  expect(roles(true)).not.toContain('toggleDevTools');
  expect(roles(false)).toContain('toggleDevTools');
});

test('the release switches off what its binary could do beside the application', () => {
  const text = readFileSync(join(projectRoot, 'electron-builder.yml'), 'utf8');
  for (const fuse of [
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableCookieEncryption: true',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'hardenedRuntime: true',
  ]) {
    expect(text).toMatch(new RegExp(`^  ${fuse}$`, 'm'));
  }
  const entitlements = readFileSync(
    join(projectRoot, 'assets/build/entitlements.mac.plist'),
    'utf8',
  );
  expect(entitlements.match(/<key>[^<]*<\/key>/g)).toStrictEqual([
    '<key>com.apple.security.cs.allow-jit</key>',
  ]);
});

describe('a window in trouble', () => {
  function open(answers: number[]) {
    const done: string[] = [];
    const contents = new StandIn();
    const window = Object.assign(new StandIn(), {
      reload: () => done.push('reload'),
      isDestroyed: () => false,
      webContents: Object.assign(contents, { forcefullyCrashRenderer: () => done.push('crash') }),
    });
    followTrouble(window as never, {
      dialog: {
        showMessageBox: (() => {
          done.push('ask');
          return Promise.resolve({ response: answers.shift() ?? 0, checkboxChecked: false });
        }) as never,
      },
      forgetDocuments: () => Promise.resolve(void done.push('forget')),
      quit: () => done.push('quit'),
    });
    return { window, contents, done };
  }
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('that hangs is waited for or opened again without its documents, asked once', async () => {
    const { window, contents, done } = open([0, 1]);
    window.call('unresponsive');
    window.call('unresponsive');
    await settled();
    expect(done.splice(0)).toStrictEqual(['ask']);
    window.call('unresponsive');
    await Promise.resolve();
    contents.call('render-process-gone', {}, { reason: 'crashed' });
    await settled();
    expect(done).toStrictEqual(['ask', 'crash', 'forget', 'reload']);
  });

  test.each([
    [0, 'oom', ['ask', 'forget', 'reload']],
    [1, 'crashed', ['ask', 'reload']],
    [2, 'killed', ['ask', 'quit']],
    [0, 'clean-exit', []],
  ])(
    'whose process ended is opened again as is chosen (%i, %s)',
    async (answer, reason, expected) => {
      const { contents, done } = open([answer]);
      contents.call('render-process-gone', {}, { reason });
      await settled();
      expect(done).toStrictEqual(expected);
    },
  );
});

describe('the key keeper of the desktop', () => {
  const storage = {
    isEncryptionAvailable: () => true,
    encryptString: (text: string) => Buffer.from(`sealed ${text}`),
    decryptString: (sealed: Buffer) => {
      const text = sealed.toString();
      if (!text.startsWith('sealed ')) throw new Error('Not ours.');
      return text.slice('sealed '.length);
    },
    getSelectedStorageBackend: () => 'gnome_libsecret' as const,
  };

  test('gives back the key that it kept, and nothing for what it did not', async () => {
    const keeper = safeStorageKeeper(storage, 'linux');
    const key = Buffer.from([1, 2, 3]);
    const kept = await keeper.keep(key);
    expect(await keeper.fetch(kept ?? '')).toStrictEqual(key);
    expect(await keeper.fetch('AAAA')).toBeNull();
  });

  test('refuses the fallback that only looks like encryption', async () => {
    const weak = { ...storage, getSelectedStorageBackend: () => 'basic_text' as const };
    expect(await safeStorageKeeper(weak, 'linux').keep(Buffer.from('k'))).toBeNull();
    const none = { ...storage, isEncryptionAvailable: () => false };
    expect(await safeStorageKeeper(none, 'win32').keep(Buffer.from('k'))).toBeNull();
  });
});
