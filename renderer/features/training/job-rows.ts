import type { JobSummary } from '#shared/jobs/job.ts';
import { isActive } from '#renderer/lib/jobs.ts';

/** A row of the list: a job, or the head of the runs of one comparison. */
export type ListRow =
  | { readonly kind: 'job'; readonly job: JobSummary; readonly isPart: boolean }
  | {
      readonly kind: 'group';
      readonly benchmarkId: string;
      readonly name: string;
      readonly jobs: readonly JobSummary[];
      readonly isOpen: boolean;
    };

/**
 * The jobs in their order, with the runs of a comparison folded into one row where its newest run
 * stands; the runs of those in `open` follow their head.
 */
export function rowsOf(jobs: readonly JobSummary[], open: ReadonlySet<string>): readonly ListRow[] {
  const groups = Map.groupBy(
    jobs.filter(({ benchmarkId }) => benchmarkId !== null),
    ({ benchmarkId }) => benchmarkId,
  );
  const headed = new Set<string>();
  return jobs.flatMap((job): readonly ListRow[] => {
    const { benchmarkId } = job;
    if (benchmarkId === null) return [{ kind: 'job', job, isPart: false }];
    if (headed.has(benchmarkId)) return [];
    headed.add(benchmarkId);
    const runs = groups.get(benchmarkId) ?? [];
    const isOpen = open.has(benchmarkId);
    const head: ListRow = {
      kind: 'group',
      benchmarkId,
      name: commonName(runs.map(({ name }) => name)),
      jobs: runs,
      isOpen,
    };
    return [
      head,
      ...(isOpen ? runs.map((run): ListRow => ({ kind: 'job', job: run, isPart: true })) : []),
    ];
  });
}

/** What the names of the runs begin with: that of their comparison. */
export function commonName(names: readonly string[]): string {
  const [first = ''] = names;
  let end = first.length;
  for (const name of names) while (!name.startsWith(first.slice(0, end))) end--;
  const common = first.slice(0, end);
  // "Comparison: QAOA, seed 1" and "…, seed 2" share more than the comparison's name.
  const cut = common.lastIndexOf(': ');
  return (cut > 0 ? common.slice(0, cut) : common).trim().replace(/[:,]$/, '') || 'Comparison';
}

/** A run's name without that of its comparison, which stands above it. */
export function ownName(name: string, group: string): string {
  return name.startsWith(`${group}: `) ? name.slice(group.length + 2) : name;
}

/** "12 of 15 runs done". */
export function standOf(jobs: readonly JobSummary[]): string {
  const done = jobs.filter(({ status }) => !isActive(status)).length;
  return done === jobs.length
    ? `${jobs.length} ${jobs.length === 1 ? 'run' : 'runs'} of a comparison`
    : `${done} of ${jobs.length} runs done`;
}
