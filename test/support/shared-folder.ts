import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The folder with the public cases, or null where this machine has none (tests then skip). */
export function sharedFolder(): string | null {
  const candidates = [process.env['KETBENCH_SHARED'], resolve(process.cwd(), '../shared')];
  for (const candidate of candidates) {
    if (candidate !== undefined && existsSync(resolve(candidate, 'cases'))) return candidate;
  }
  return null;
}
