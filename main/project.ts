import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, found from here upwards: source and bundle lie at different depths. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name?: unknown;
    };
    if (manifest.name === 'ketbench') return folder;
  } catch {
    // No manifest at this level; the next one up decides.
  }
  const parent = dirname(folder);
  return parent === folder ? folder : findRoot(parent);
}

/** The version in package.json. */
export function readVersion(): string {
  const text = readFileSync(join(projectRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** A worker's script: TypeScript when run from source, JavaScript when run from the bundle. */
export function workerScript(name: 'job' | 'simulate' | 'read' | 'forecast' | 'kernel'): URL {
  const bundled = !import.meta.url.endsWith('.ts');
  const path = bundled ? `dist/main/workers/${name}.js` : `main/workers/${name}.ts`;
  return new URL(`file://${join(projectRoot, path).replaceAll('\\', '/')}`);
}
