import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { type TemporaryFolder, temporaryFolder } from './temporary-app.ts';

const compileCache = fileURLToPath(new URL('../../.cache/compile', import.meta.url));
const commandLine = fileURLToPath(new URL('../../main/cli/main.ts', import.meta.url));

/** Ketbench as it runs for a user: its own process, its own library, Chromium in front of it. */
export interface TestWindow {
  readonly page: Page;
  readonly home: string;
  /** Errors of the page: exceptions, console errors, violations of the content security policy. */
  readonly problems: string[];
  /** Opens another page on the same library, as after a restart of the window. */
  reopen(): Promise<Page>;
  /** Ends the host, as a crash would. */
  stopHost(): Promise<void>;
  /** Ends the host without a word, in the middle of whatever it does. */
  killHost(): Promise<void>;
  /** Starts a host on the same library again, after one was ended. */
  restartHost(): Promise<void>;
  /** Runs a command on the same library, as in a terminal beside the window; its output. */
  command(...parts: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export interface TestWindowOptions {
  readonly colorScheme?: 'light' | 'dark';
  /** What the system asks for beside a theme. */
  readonly forcedColors?: 'active';
  readonly reducedMotion?: 'reduce';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** A library that is there already; left out = an empty one. Gone when the window is closed. */
  readonly home?: TemporaryFolder;
  readonly environment?: Readonly<Record<string, string>>;
}

const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=en-US',
];

/** Whether there is a browser to test with (test/run.js finds it or installs it). */
export const hasBrowser = process.env['KETBENCH_CHROMIUM'] !== undefined;

/** Starts the host on an empty library and opens its window. */
export async function openTestWindow(options: TestWindowOptions = {}): Promise<TestWindow> {
  const folder = options.home ?? temporaryFolder();
  const start = (...parts: readonly string[]): ChildProcess =>
    spawn(process.execPath, [commandLine, ...parts], {
      env: {
        ...process.env,
        // As the command does for its users: what was compiled once is not compiled for every window.
        NODE_COMPILE_CACHE: compileCache,
        ...options.environment,
        KETBENCH_HOME: folder.path,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  let host = start('serve');
  const url = await addressOf(host);
  const executablePath = process.env['KETBENCH_CHROMIUM'] ?? '';
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
    forcedColors: options.forcedColors ?? 'none',
    reducedMotion: options.reducedMotion ?? 'no-preference',
    locale: 'en-US',
    acceptDownloads: true,
  });
  const problems: string[] = [];
  const open = (): Promise<Page> => openPage(context, url, problems);
  return {
    page: await open(),
    home: folder.path,
    problems,
    reopen: open,
    stopHost: () => stop(host),
    killHost: () => stop(host, 'SIGKILL'),
    restartHost: async () => {
      host = start('serve');
      await addressOf(host);
    },
    command: (...parts) => outputOf(start(...parts)),
    close: () => closeAll(browser, host, folder.remove),
  };
}

async function openPage(context: BrowserContext, url: string, problems: string[]): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(url);
  // A key that is pressed before the window listens is lost, as it would be for a user, who waits to see it.
  await page.locator('nav, main, [role=alert], [role=dialog]').first().waitFor();
  return page;
}

function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    host.stdout?.on('data', (data: Buffer) => {
      output += data.toString();
      const found = /http:\S+/.exec(output);
      if (found !== null) resolve(found[0]);
    });
    host.once('exit', (code) => reject(new Error(`The host ended with ${code}: ${output}`)));
  });
}

function outputOf(command: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    command.stdout?.on('data', (data: Buffer) => (output += data.toString()));
    command.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`The command ended with ${code}: ${output}`));
    });
  });
}

async function closeAll(browser: Browser, host: ChildProcess, remove: () => void): Promise<void> {
  await browser.close();
  await stop(host);
  remove();
}

async function stop(host: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const ended = new Promise((resolve) => host.once('exit', resolve));
  host.kill(signal);
  await ended;
}
