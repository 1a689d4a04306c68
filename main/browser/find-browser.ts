import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
      `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
    ]),
];

/** Path of an installed Chromium, Chrome or Edge; KETBENCH_CHROMIUM names another. */
export function findBrowser(): string | null {
  const named = process.env.KETBENCH_CHROMIUM;
  if (named !== undefined && existsSync(named)) return named;
  for (const command of process.platform === 'win32' ? [] : commands) {
    const found = spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  return places.find((place) => existsSync(place)) ?? null;
}

/** Opens an address as a window of its own; false where there is no browser or no display. */
export function openWindow(address: string, profileFolder: string): boolean {
  const hasDisplay =
    process.platform !== 'linux' ||
    process.env.DISPLAY !== undefined ||
    process.env.WAYLAND_DISPLAY !== undefined;
  const browser = hasDisplay ? findBrowser() : null;
  if (browser === null) return false;
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (asRoot) {
    process.stderr.write(
      'Ketbench: started as root, so the window runs without its sandbox. Use an ordinary account.\n',
    );
  }
  const child = spawn(
    browser,
    [
      `--app=${address}`,
      // A profile of its own: the cookie of the window stays apart from daily browsing.
      `--user-data-dir=${profileFolder}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-sync',
      '--disable-background-networking',
      '--disable-component-update',
      ...(asRoot ? ['--no-sandbox'] : []),
    ],
    { stdio: 'ignore', detached: true },
  );
  child.on('error', () => undefined);
  child.unref();
  return true;
}
