import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

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

/** Path of a browser for the end-to-end tests, null where there is none. */
function findTestBrowser() {
  const named = process.env.KETBENCH_CHROMIUM;
  if (named !== undefined && existsSync(named)) return named;
  for (const command of process.platform === 'win32' ? [] : commands) {
    const outcome = spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' });
    if (outcome.status === 0) return outcome.stdout.trim();
  }
  return places.find((place) => existsSync(place)) ?? null;
}

/** The same, but on Debian as root a missing browser is installed first. */
export function ensureTestBrowser() {
  const found = findTestBrowser();
  if (found !== null || !isDebianAsRoot()) return found;
  process.stderr.write('Installing Chromium for the end-to-end tests …\n');
  const quiet = {
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], quiet);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet);
  return findTestBrowser();
}

function isDebianAsRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
