import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Protocol,
  Session,
  WebContents,
} from 'electron';
import { findWindowFile } from './host/files.ts';
import { securityHeaders } from './host/security.ts';

/** Where the window lives: a scheme of its own, because files cannot be isolated. */
export const windowOrigin = 'app://ketbench';

/** What the scheme may do; must be told before Electron is ready. */
export const windowScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
} as const;

/** A window that runs the page and nothing else: no Node, isolated, sandboxed. */
export function windowOptions(
  preload: string,
  isPackaged: boolean,
): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Ketbench',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !isPackaged,
    },
  };
}

/** Serves the window's files under the scheme, with the same headers as the loopback host. */
export function serveScheme(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(windowScheme.scheme, async (request) => {
    const url = new URL(request.url);
    const isOurs = url.host === 'ketbench' && request.method === 'GET';
    const file = isOurs ? findWindowFile(folder, url.pathname) : null;
    if (file === null) return new Response('Not found.', { status: 404, headers: securityHeaders });
    const chunks = await file.open().toArray();
    return new Response(Buffer.concat(chunks as Buffer[]), {
      headers: { ...securityHeaders, 'content-type': file.mediaType },
    });
  });
}

/** Refuses every permission, and every request that would leave the application. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    const stays = /^(app|data|blob|devtools|chrome-devtools):/.test(details.url);
    answer({ cancel: !stays });
  });
}

/** Keeps a page where it is: no navigation, no further windows, no embedded pages. */
export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event, url) => {
    if (!isOwnPage(url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Whether a URL is the window's own page; anything else gets no answer from main. */
export function isOwnPage(url: string | undefined): boolean {
  return url !== undefined && (url === windowOrigin || url.startsWith(`${windowOrigin}/`));
}

/** Shows a window once it has something to show. */
export async function loadWindow(window: BrowserWindow): Promise<void> {
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${windowOrigin}/index.html`);
}
