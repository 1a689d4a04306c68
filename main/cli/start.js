import { ensureElectron } from './setup/electron.js';
import { runPinned, spawnAttached } from './setup/node.js';
import { root, tell } from './setup/paths.js';
import { failSetUp, setUp } from './setup.js';
import { ensureBuilt } from './setup/build.js';

/** Whether a window can be shown at all; without a display only the address is printed. */
function hasDisplay() {
  return (
    process.platform !== 'linux' ||
    process.env.DISPLAY !== undefined ||
    process.env.WAYLAND_DISPLAY !== undefined
  );
}

async function main() {
  const parameters = process.argv.slice(2);
  setUp(['renderer']);
  const headless = parameters.includes('--headless');
  const electron = headless || !hasDisplay() ? null : ensureElectron();
  if (electron !== null) {
    ensureBuilt('main');
    const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
    if (asRoot) {
      tell(
        'Ketbench: started as root, so the window runs without its sandbox. Use an ordinary account.',
      );
    }
    const sandbox = asRoot ? ['--no-sandbox'] : [];
    process.exit(await spawnAttached(electron, [root, ...sandbox, ...parameters]));
  }
  // “open” prints the address where no window can be shown.
  const command = headless ? 'serve' : 'open';
  const rest = parameters.filter((parameter) => parameter !== '--headless');
  const code = await runPinned('main/cli/main.ts', [command, ...rest]);
  if (code !== undefined) process.exit(code);
}

main().catch(failSetUp);
