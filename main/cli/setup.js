import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './setup/build.js';
import { ensureDependencies } from './setup/dependencies.js';
import { tell } from './setup/paths.js';

/** Makes a clone ready: packages, and the builds that are named. */
export function setUp(builds = []) {
  ensureDependencies();
  for (const name of builds) ensureBuilt(name);
}

/** What a person reads when set-up fails: one line, no stack. */
export function failSetUp(error) {
  tell(`error setup: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function main(command, parameters) {
  switch (command) {
    case 'build':
      return setUp(['renderer', 'main']);
    case 'dist': {
      setUp();
      const { makeDistribution } = await import('./setup/dist.js');
      process.exitCode = makeDistribution(parameters);
      return;
    }
    case undefined:
      return setUp();
    default:
      throw new Error(`There is no step “${command}”: use build or dist.`);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv[2], process.argv.slice(3)).catch(failSetUp);
}
