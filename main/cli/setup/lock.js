import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, tell } from './paths.js';

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * npm leaves an optional package out of the lock where the registry lacks it for another platform,
 * and `npm ci` then refuses the lock. A stub for each keeps `npm ci` content on every platform.
 */
export function missingStubs(lock) {
  const present = new Set(
    Object.keys(lock.packages).map((place) => place.split('node_modules/').pop()),
  );
  const stubs = {};
  for (const entry of Object.values(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (present.has(name)) continue;
      const words = name.split(/[/-]/);
      const os = systems.find((system) => words.includes(system));
      const cpu = processors.find((processor) => words.includes(processor));
      stubs[`node_modules/${name}`] = {
        version: range.replace(/^[^\d]*/, ''),
        optional: true,
        ...(os === undefined ? {} : { os: [os] }),
        ...(cpu === undefined ? {} : { cpu: [cpu] }),
      };
    }
  }
  return stubs;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const stubs = missingStubs(lock);
  lock.packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...stubs }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  tell(`Added ${Object.keys(stubs).length} stub entries to package-lock.json.`);
}
