import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, openApp } from '#main/app.ts';
import { evaluateSmall, jobEngine } from './small-engine.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'ketbench-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The application over the small engine. */
export function openTestApp(folder: string, options: Partial<AppOptions> = {}): Promise<App> {
  const engineModule = new URL('./small-engine.ts', import.meta.url).href;
  return openApp({
    folder,
    engine: jobEngine,
    engineModule,
    evaluate: evaluateSmall,
    runAll: true,
    ...options,
  });
}

/** A spec for the small engine. */
export function walkSpec(
  settings: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): object {
  return { algorithm: 'walk', problem: { kind: 'maxcut', nodes: 2, edges: [] }, settings, ...more };
}
