import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'vitest';

/** The folder of public cases and data: $KETBENCH_SHARED, else ../shared; null where there is none. */
export function sharedFolder(): string | null {
  const folder = process.env['KETBENCH_SHARED'] ?? resolve(import.meta.dirname, '../../../shared');
  return existsSync(join(folder, 'cases', 'manifest.json')) ? folder : null;
}

/** Tests over the cases of a JSON file below it; one skipped test with a message where there is none. */
export function describeCases<T>(
  name: string,
  path: string,
  define: (cases: readonly T[], folder: string) => void,
): void {
  const folder = sharedFolder();
  describe(name, () => {
    if (folder === null) {
      test.skip(`needs ${path} of the public cases (set KETBENCH_SHARED)`, () => undefined);
      return;
    }
    define(JSON.parse(readFileSync(join(folder, path), 'utf8')) as T[], folder);
  });
}
