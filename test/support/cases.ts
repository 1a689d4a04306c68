import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';
import { projectRoot } from '#main/project.ts';

/** Cases with independent answers; each says where it comes from. */
export const casesFolder = join(projectRoot, 'test', 'fixtures', 'cases');

/** Tests over the cases of a JSON file below that folder. */
export function describeCases<T>(
  name: string,
  path: string,
  define: (cases: readonly T[]) => void,
): void {
  describe(name, () => define(JSON.parse(readFileSync(join(casesFolder, path), 'utf8')) as T[]));
}

/**
 * The file of a data set that cases speak of: one that comes with Ketbench or its tests. Some may not be passed
 * on; these are looked for in $KETBENCH_SHARED or beside the project. Null where there is none.
 */
export function caseData(name: string): string | null {
  const beside = process.env['KETBENCH_SHARED'] ?? resolve(projectRoot, '..', 'shared');
  const folders = [
    join(projectRoot, 'assets', 'data'),
    join(projectRoot, 'test', 'fixtures', 'data'),
    join(beside, 'data'),
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}
