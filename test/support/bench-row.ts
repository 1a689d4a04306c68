/** One line of `npm run bench`. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
  readonly ok?: boolean;
}

/** A table of `npm run bench`, printed beside the lines. */
export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

/** Milliseconds of several runs after a warm-up, as in a session that goes on, fastest first. */
export function runsMs(work: () => unknown, runs = 5): number[] {
  work();
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
}

/** Their median. */
export function medianMs(work: () => unknown, runs = 5): number {
  return runsMs(work, runs)[Math.floor(runs / 2)] ?? 0;
}
