import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  safeStorage,
  session,
} from 'electron';
import { asAppError } from '#shared/base/errors.ts';
import { openApp } from './app.ts';
import { publishHost } from './host/host-file.ts';
import { startHost } from './host/start.ts';
import { createCall } from './ipc/call.ts';
import { closable } from './ipc/closing.ts';
import { createHandlers } from './ipc/handlers/index.ts';
import { loadEngine } from './jobs/engine-door.ts';
import { menuTemplate } from './menu.ts';
import { filesIn, followFiles } from './open-files.ts';
import { projectRoot } from './project.ts';
import { safeStorageKeeper } from './safe-storage.ts';
import { libraryFolder } from './storage/home.ts';
import type { Notify } from './storage/stored-document.ts';
import {
  guardContents,
  guardSession,
  loadWindow,
  serveScheme,
  windowOptions,
  windowScheme,
} from './window.ts';
import { servePorts } from './window-port.ts';
import { followTrouble, type Remedies } from './window-trouble.ts';

/** Everything that must be said before Electron is ready. */
function prepare(): void {
  protocol.registerSchemesAsPrivileged([windowScheme]);
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}

/** The library, its host for the command line, and the window, in this order. */
async function start(files: ReturnType<typeof followFiles>): Promise<void> {
  await app.whenReady();
  const folder = libraryFolder();
  const application = await openApp({
    folder,
    ...loadEngine(),
    keyKeepers: [safeStorageKeeper(safeStorage, process.platform)],
    runAll: true,
  });
  const door = closable(createCall(createHandlers(application)));
  const { call } = door;
  const host = await startHost({ app: application, call });
  const published = await publishHost(folder, host);
  closeAtEnd(async () => {
    published.dispose();
    await door.close();
    await host.close();
    await application.close();
  });
  guardSession(session.defaultSession);
  serveScheme(protocol, join(projectRoot, 'dist', 'renderer'));
  servePorts(ipcMain, () => new MessageChannelMain(), call, application.hub);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)));
  application.simulator.warmUp();
  const notify: Notify = (level, text) => application.hub.hold({ level, text });
  const remedies: Remedies = {
    dialog,
    forgetDocuments: () => application.startMark.openWithout(notify).catch(() => undefined),
    quit: () => app.quit(),
  };
  await openWindow(remedies);
  await files.ready(call, notify);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openWindow(remedies);
  });
}

async function openWindow(remedies: Remedies): Promise<void> {
  const preload = join(projectRoot, 'dist', 'preload', 'index.cjs');
  const window = new BrowserWindow(windowOptions(preload, app.isPackaged));
  followTrouble(window, remedies);
  await loadWindow(window);
}

/** Quitting waits until everything is on disk. */
function closeAtEnd(close: () => Promise<void>): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

function showFirstWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}

if (app.requestSingleInstanceLock()) {
  prepare();
  app.on('second-instance', showFirstWindow);
  const files = followFiles(app, filesIn(process.argv));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  start(files).catch((thrown: unknown) => {
    dialog.showErrorBox('Ketbench cannot start', asAppError(thrown).message);
    app.exit(1);
  });
} else {
  app.quit();
}
