import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, openApp } from '#main/app.ts';
import { loadEngine } from '#main/jobs/engine-door.ts';
import { jobEngine } from './small-engine.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'ketbench-test-'));
  return {
    path,
    write(name, text) {
      writeFileSync(join(path, name), text);
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export interface TemporaryFolder {
  readonly path: string;
  /** Writes a file in it and gives its path. */
  readonly write: (name: string, text: string) => string;
  readonly remove: () => void;
}

/** The application over the small engine. */
export function openTestApp(folder: string, options: Partial<AppOptions> = {}): Promise<App> {
  const engineModule = new URL('./small-engine.ts', import.meta.url).href;
  return openApp({
    folder,
    engine: jobEngine,
    engineModule,
    runAll: true,
    ...options,
  });
}

/** The application as it ships, with the given variables beside the process's own. */
export async function openRealApp(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<App> {
  const door = loadEngine();
  return openApp({
    folder,
    ...door,
    runAll: true,
    environment: { ...process.env, ...environment },
  });
}

/** A spec for the small engine. */
export function walkSpec(
  settings: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): object {
  return { algorithm: 'walk', problem: { kind: 'maxcut', nodes: 2, edges: [] }, settings, ...more };
}
