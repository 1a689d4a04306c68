import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, root, tell } from './paths.js';

const stampFile = join(cacheFolder, 'setup', 'dependencies');

/** Installs what package-lock.json names unless it is there; does nothing in about a millisecond then. */
export function ensureDependencies() {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(lockText).digest('hex');
  if (readStamp() === wanted && existsSync(join(root, 'node_modules'))) return;
  if (!isInstalled(lockText)) install();
  mkdirSync(join(cacheFolder, 'setup'), { recursive: true });
  writeFileSync(stampFile, wanted);
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return null;
  }
}

/** Whether every package of the lock that is not optional lies in node_modules in its version. */
function isInstalled(lockText) {
  let installed;
  try {
    const text = readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8');
    installed = JSON.parse(text).packages;
  } catch {
    return false;
  }
  return Object.entries(JSON.parse(lockText).packages).every(
    ([place, entry]) =>
      place === '' || entry.optional === true || installed[place]?.version === entry.version,
  );
}

function install() {
  tell('Ketbench: installing packages (the first start only; one to three minutes) …');
  const common = [
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
  ];
  if (npm(['ci', ...common]) === 0) return;
  tell('Ketbench: npm ci did not succeed, trying npm install …');
  if (npm(['install', '--no-save', ...common]) === 0) return;
  throw new Error(
    'The packages could not be installed: npm’s messages above say why. Ketbench needs the npm registry once; afterwards it works offline.',
  );
}

/** npm’s output goes to stderr: stdout belongs to the command that is being set up for. */
function npm(parameters) {
  const own = process.env.npm_execpath;
  const [command, before] =
    own !== undefined && /\.c?js$/.test(own) ? [process.execPath, [own]] : ['npm', []];
  const outcome = spawnSync(command, [...before, ...parameters], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: command === 'npm' && process.platform === 'win32',
  });
  return outcome.status;
}
