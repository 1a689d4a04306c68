import type { ProblemFault } from './problem-kind.ts';

/** Places of a field that name a variable which is not there. */
export function indexFaults(
  field: string,
  terms: readonly (readonly [number, number, ...unknown[]])[],
  count: number,
  what: string,
): ProblemFault[] {
  return terms.flatMap(([i, j], k) => {
    if (i < count && j < count) return [];
    const range = count === 1 ? 'only 0' : `only 0 to ${count - 1}`;
    return [
      {
        path: `${field}[${k}]`,
        message: `names ${what} ${Math.max(i, j)}, and there are ${range}`,
      },
    ];
  });
}
