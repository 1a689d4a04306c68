import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findBrowser } from '../../main/browser/find-browser.ts';

/** Path of a browser for the end-to-end tests, null where there is none; on Debian as root a missing browser is installed first. */
export function ensureTestBrowser() {
  const found = findBrowser();
  if (found !== null || !isDebianAsRoot()) return found;
  process.stderr.write('Installing Chromium for the end-to-end tests …\n');
  const quiet = {
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], quiet);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet);
  return findBrowser();
}

function isDebianAsRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
