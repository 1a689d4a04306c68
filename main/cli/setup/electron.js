import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from './node.js';
import { cacheFolder, root, tell } from './paths.js';

const downloadMs = 20_000;
const dayMs = 24 * 60 * 60 * 1000;
const failureFile = join(cacheFolder, 'setup', 'electron-failed');

/** Path of Electron's binary where it is installed, else null. */
function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = join(root, 'node_modules', 'electron');
  try {
    const binary = readFileSync(join(folder, 'path.txt'), 'utf8');
    const path = join(override ?? join(folder, 'dist'), binary);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/**
 * Electron's binary, downloaded where that works within 20 seconds. A failure is remembered for a
 * day, so that a machine behind a wall does not wait at each start.
 */
export function ensureElectron() {
  const found = findElectron();
  if (found !== null || failedToday()) return found;
  tell('Ketbench: fetching Electron (at most 20 seconds) …');
  spawnSync(pinnedNode(), [join(root, 'node_modules', 'electron', 'install.js')], {
    cwd: root,
    stdio: 'ignore',
    timeout: downloadMs,
    killSignal: 'SIGKILL',
  });
  const path = findElectron();
  if (path === null) {
    mkdirSync(join(cacheFolder, 'setup'), { recursive: true });
    writeFileSync(failureFile, '');
    tell('Ketbench: Electron could not be fetched here; using a browser window instead.');
  }
  return path;
}

function failedToday() {
  try {
    return Date.now() - statSync(failureFile).mtimeMs < dayMs;
  } catch {
    return false;
  }
}
