import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A built window of two small files, so that tests of carriers need no build. */
export function writeWindow(folder: string): string {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the window</title>');
  writeFileSync(join(folder, 'assets', 'app.js'), 'export {};');
  return folder;
}
