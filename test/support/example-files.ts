import { type Example, tableOfExample } from '#shared/problems/example.ts';
import type { ProblemFiles } from '#shared/problems/view.ts';

/** The tables of an example as they would be read. */
export function filesOfExample({ tables = {} }: Example): ProblemFiles {
  return new Map(
    Object.entries(tables).map(([name, table]) => [
      name,
      { kind: 'table' as const, table: tableOfExample(table) },
    ]),
  );
}
