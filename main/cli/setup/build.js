import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { pinnedNode } from './node.js';
import { cacheFolder, root, tell } from './paths.js';

/** What can be built: the inputs decide whether it is stale, `proof` that it is there at all. */
const targets = {
  renderer: {
    inputs: [
      'renderer',
      'shared',
      'assets/fonts',
      'assets/icons',
      'vite.config.ts',
      'package-lock.json',
    ],
    proof: 'dist/renderer/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
    title: 'the window',
  },
  main: {
    inputs: ['main', 'shared', 'package-lock.json'],
    proof: 'dist/main/index.js',
    command: ['main/cli/setup/bundle.js'],
    title: 'the desktop application',
  },
};

/** Builds a target where its inputs changed since the last build. */
export function ensureBuilt(name) {
  const target = targets[name];
  const stampFile = join(cacheFolder, 'setup', `build-${name}`);
  const wanted = hashOf(target.inputs);
  if (existsSync(join(root, target.proof)) && readOr(stampFile) === wanted) return;
  tell(`Ketbench: building ${target.title} …`);
  if (existsSync(stampFile)) unlinkSync(stampFile);
  const outcome = spawnSync(pinnedNode(), target.command, {
    cwd: root,
    // A shell or test runner that says "development" or "test" would get React's slow build for good.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  });
  if (outcome.status !== 0) throw new Error(`Building ${target.title} failed; see above.`);
  mkdirSync(join(cacheFolder, 'setup'), { recursive: true });
  writeFileSync(stampFile, wanted);
}

/** By content, not by date: a fresh clone has new dates only. */
function hashOf(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesBelow(join(root, input)))) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => filesBelow(join(path, name)));
}

function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
