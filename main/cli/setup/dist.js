import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.js';
import { ensureElectron } from './electron.js';
import { pinnedNode } from './node.js';
import { root, tell } from './paths.js';

/** Packs the application with electron-builder; `--dir` gives the folder without an installer. */
export function makeDistribution(parameters) {
  ensureBuilt('renderer');
  ensureBuilt('main');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = override ?? join(root, 'node_modules', 'electron', 'dist');
  if (override === undefined && ensureElectron() === null) {
    tell(
      `Missing: Electron’s binary for ${process.platform}-${process.arch}. It is fetched from Electron’s releases, which cannot be reached here. Put its unpacked folder somewhere and name it in ELECTRON_OVERRIDE_DIST_PATH, or run this again where downloads work.`,
    );
    return 1;
  }
  if (!existsSync(folder) || readdirSync(folder).length === 0) {
    tell(`Missing: Electron’s binary in ${folder}.`);
    return 1;
  }
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const outcome = spawnSync(
    pinnedNode(),
    [builder, ...parameters, `--config.electronDist=${folder}`],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return outcome.status ?? 1;
}
