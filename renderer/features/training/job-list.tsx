import { ChevronDown, ChevronRight, ListChecks, Plus } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { JobSummary } from '#shared/jobs/job.ts';
import { formatDay } from '#renderer/lib/format.ts';
import { progressOf, stateOf, toneOfState } from '#renderer/lib/job-words.ts';
import { isActive, loadJobs, useJobs, useShownJobs } from '#renderer/lib/jobs.ts';
import { useRowWindow } from '#renderer/lib/virtual-rows.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { JobMenu } from './job-menu.tsx';
import { type ListRow, ownName, rowsOf, standOf } from './job-rows.ts';

const rowHeight = 64;

/** All jobs, newest first; only the rows that are seen are in the page. */
export function JobList() {
  const { loaded, error, selected } = useJobs();
  const jobs = useShownJobs();
  return (
    <section className="job-list" aria-label="Jobs">
      <header className="job-list-head">
        <h1>Jobs</h1>
        <Button
          tone={selected === null ? 'plain' : 'primary'}
          icon={<Plus size={15} />}
          onClick={() => useJobs.setState({ selected: null })}
        >
          New job
        </Button>
      </header>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void loadJobs()} />
      ) : !loaded ? (
        <Skeleton lines={8} label="Loading jobs" />
      ) : jobs.length === 0 ? (
        <EmptyState
          icon={ListChecks}
          title="No jobs yet"
          text="Fill in the form and start one. It goes on while you work elsewhere in the window."
        />
      ) : (
        <Rows jobs={jobs} selected={selected} />
      )}
    </section>
  );
}

function Rows({ jobs, selected }: { jobs: readonly JobSummary[]; selected: string | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [hand, setHand] = useState<string | null>(null);
  const [menu, setMenu] = useState<Omit<Parameters<typeof JobMenu>[0], 'onClose'> | null>(null);
  const own = jobs.find(({ jobId }) => jobId === selected)?.benchmarkId ?? null;
  const rows = useMemo(
    () => rowsOf(jobs, own === null ? opened : new Set([...opened, own])),
    [jobs, opened, own],
  );
  const { first, end } = useRowWindow(frame, rows.length, rowHeight);
  const entry = rows.find((row) => keyOf(row) === (hand ?? selected)) ?? rows[0];
  const open = (row: ListRow): void => {
    setHand(keyOf(row));
    if (row.kind === 'job') return useJobs.setState({ selected: row.job.jobId });
    setOpened((before) =>
      before.has(row.benchmarkId)
        ? new Set([...before].filter((id) => id !== row.benchmarkId))
        : new Set([...before, row.benchmarkId]),
    );
  };
  const step = (delta: number): void => {
    const index = rows.findIndex((row) => row === entry);
    const next = rows[Math.min(Math.max(index + delta, 0), rows.length - 1)];
    if (next === undefined) return;
    setHand(keyOf(next));
    if (next.kind === 'job') useJobs.setState({ selected: next.job.jobId });
    frame.current?.querySelector<HTMLElement>(`[data-job="${keyOf(next)}"]`)?.focus();
  };
  return (
    <div
      ref={frame}
      className="job-rows"
      role="listbox"
      aria-label="Jobs, newest first"
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') step(1);
        else if (event.key === 'ArrowUp') step(-1);
        else return;
        event.preventDefault();
      }}
    >
      <div role="presentation" style={{ height: rows.length * rowHeight, position: 'relative' }}>
        {rows.slice(first, end).map((row, offset) => {
          const shared = {
            isEntry: row === entry,
            top: (first + offset) * rowHeight,
            onOpen: () => open(row),
          };
          return row.kind === 'group' ? (
            <GroupRow key={row.benchmarkId} row={row} {...shared} />
          ) : (
            <Row
              key={row.job.jobId}
              job={row.job}
              name={row.isPart ? ownName(row.job.name, nameOfGroup(rows, row.job)) : row.job.name}
              isPart={row.isPart}
              isSelected={row.job.jobId === selected}
              onMenu={(at) => setMenu({ job: row.job, at })}
              {...shared}
            />
          );
        })}
      </div>
      {menu === null ? null : (
        <JobMenu
          {...menu}
          onClose={() => {
            setMenu(null);
            frame.current?.querySelector<HTMLElement>(`[data-job="${menu.job.jobId}"]`)?.focus();
          }}
        />
      )}
    </div>
  );
}

function keyOf(row: ListRow): string {
  return row.kind === 'job' ? row.job.jobId : row.benchmarkId;
}

function nameOfGroup(rows: readonly ListRow[], { benchmarkId }: JobSummary): string {
  const head = rows.find((row) => row.kind === 'group' && row.benchmarkId === benchmarkId);
  return head?.kind === 'group' ? head.name : '';
}

interface RowProps {
  /** Whether Tab stops here. */
  readonly isEntry: boolean;
  readonly top: number;
  readonly onOpen: () => void;
}

function onEnter(open: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    open();
  };
}

function GroupRow({
  row,
  isEntry,
  top,
  onOpen,
}: RowProps & { readonly row: Extract<ListRow, { kind: 'group' }> }) {
  const Icon = row.isOpen ? ChevronDown : ChevronRight;
  const newest = row.jobs[0];
  return (
    <div
      className="job-row"
      role="option"
      data-job={row.benchmarkId}
      aria-selected={false}
      tabIndex={isEntry ? 0 : -1}
      style={{ top, height: rowHeight }}
      onClick={onOpen}
      onKeyDown={onEnter(onOpen)}
    >
      <span className="job-row-name job-row-group" title={row.name}>
        <Icon size={14} aria-hidden />
        <span className="ellipsis">{row.name}</span>
      </span>
      <Badge>{row.jobs.length}</Badge>
      <span className="muted ellipsis">{standOf(row.jobs)}</span>
      <span className="muted number">
        {newest === undefined ? '' : formatDay(newest.submittedAt)}
      </span>
      <span className="hidden-visually">{row.isOpen ? 'unfolded' : 'folded'}</span>
    </div>
  );
}

interface JobRowProps extends RowProps {
  readonly job: JobSummary;
  readonly name: string;
  readonly isPart: boolean;
  readonly isSelected: boolean;
  readonly onMenu: (at: { readonly x: number; readonly y: number }) => void;
}

function Row({ job, name, isPart, isSelected, isEntry, top, onOpen, onMenu }: JobRowProps) {
  return (
    <div
      className={isPart ? 'job-row job-row-part' : 'job-row'}
      role="option"
      data-job={job.jobId}
      aria-selected={isSelected}
      tabIndex={isEntry ? 0 : -1}
      style={{ top, height: rowHeight }}
      onClick={onOpen}
      onKeyDown={onEnter(onOpen)}
      onContextMenu={(event) => {
        event.preventDefault();
        // The key for menus brings no place along.
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        const isPointed = event.clientX > 0 || event.clientY > 0;
        onMenu(
          isPointed ? { x: event.clientX, y: event.clientY } : { x: left + 16, y: bottom - 8 },
        );
      }}
    >
      <span className="job-row-name ellipsis" title={job.name}>
        {name}
      </span>
      <Badge tone={toneOfState(job)}>{stateOf(job)}</Badge>
      <span className="muted ellipsis">
        {isActive(job.status)
          ? progressOf(job) || job.algorithm
          : `${job.algorithm} on ${job.qpuBackend}`}
      </span>
      <span className="muted number">{formatDay(job.submittedAt)}</span>
      {job.status === 'running' && job.fraction !== null ? (
        <span className="meter">
          <span style={{ width: `${100 * job.fraction}%` }} />
        </span>
      ) : null}
    </div>
  );
}
