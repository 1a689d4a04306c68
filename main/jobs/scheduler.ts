import { hasEnded, type JobRow } from '../storage/job-row.ts';

/** What jobs take while they work: a thread of this computer, or the patience of a machine elsewhere. */
export type Lane = 'local' | 'remote';

type Place = 'ready' | 'working' | 'away';

interface Entry {
  readonly row: Pick<JobRow, 'jobId' | 'priority' | 'submittedAt'>;
  readonly lane: Lane;
  /** Among those of equal priority and time the first that was seen is the first. */
  readonly turn: number;
  place: Place;
}

export interface SchedulerOptions {
  /** How many jobs may work in each lane at the same time. */
  readonly capacities: Readonly<Record<Lane, number>>;
  readonly laneOf: (row: JobRow) => Lane;
}

/** Whether a job could start (or go on after a pause) as soon as its lane has room. */
function isReady(row: JobRow): boolean {
  return (
    !hasEnded(row) && (row.phase === 'waiting' || (row.status === 'queued' && row.phase === null))
  );
}

function works({ status, phase }: JobRow): boolean {
  const isAtWork = phase === null || phase === 'pausing' || phase === 'finishing';
  return status === 'running' && (isAtWork || phase === 'cancelling');
}

/**
 * Which job is next: the highest priority first, then the oldest, as far as its lane has room. It is shown every
 * row that changes and keeps a heap a lane, so that a turn costs the logarithm of the queue and not its length.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #heaps: Readonly<Record<Lane, Heap>> = { local: new Heap(), remote: new Heap() };
  readonly #working: Record<Lane, number> = { local: 0, remote: 0 };
  #ready = 0;
  #turns = 0;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** How many jobs stand before a thread. */
  get length(): number {
    return this.#ready;
  }

  /** Takes notice of a row as it is now. One that is not wanted keeps its place and is not started. */
  see(row: JobRow, isWanted: boolean): void {
    const { jobId } = row;
    const before = this.#entries.get(jobId);
    if (before !== undefined) this.#leave(before);
    if (hasEnded(row)) {
      this.#entries.delete(jobId);
      return;
    }
    const place: Place = isReady(row) && isWanted ? 'ready' : works(row) ? 'working' : 'away';
    const isSame = before?.place === place && before.row.priority === row.priority;
    const entry: Entry = isSame
      ? before
      : {
          row,
          lane: before?.lane ?? this.#options.laneOf(row),
          turn: before?.turn ?? this.#turns++,
          place,
        };
    this.#entries.set(jobId, entry);
    if (place === 'working') this.#working[entry.lane]++;
    if (place !== 'ready') return;
    this.#ready++;
    if (entry !== before) this.#heaps[entry.lane].add(entry);
  }

  forget(jobId: string): void {
    const before = this.#entries.get(jobId);
    if (before !== undefined) this.#leave(before);
    this.#entries.delete(jobId);
  }

  /** The job to start now; null where none may. */
  next(): string | null {
    const tops = (['local', 'remote'] as const).flatMap((lane) => {
      if (this.#working[lane] >= this.#options.capacities[lane]) return [];
      const top = this.#top(this.#heaps[lane]);
      return top === null ? [] : [top];
    });
    const [first] = tops.toSorted(inOrder);
    return first?.row.jobId ?? null;
  }

  /** What has left its place in the meantime is taken off when it comes to the top. */
  #top(heap: Heap): Entry | null {
    for (;;) {
      const top = heap.first;
      if (top === undefined) return null;
      if (this.#entries.get(top.row.jobId) === top) return top;
      heap.drop();
    }
  }

  #leave({ place, lane }: Entry): void {
    if (place === 'working') this.#working[lane]--;
    if (place === 'ready') this.#ready--;
  }
}

function inOrder(a: Entry, b: Entry): number {
  if (a.row.priority !== b.row.priority) return b.row.priority - a.row.priority;
  if (a.row.submittedAt !== b.row.submittedAt) {
    return a.row.submittedAt < b.row.submittedAt ? -1 : 1;
  }
  return a.turn - b.turn;
}

/** A binary heap: the entry at k comes before those at 2k + 1 and 2k + 2. */
class Heap {
  readonly #entries: Entry[] = [];

  get first(): Entry | undefined {
    return this.#entries[0];
  }

  add(entry: Entry): void {
    let k = this.#entries.push(entry) - 1;
    while (k > 0) {
      const above = (k - 1) >> 1;
      if (!this.#swapIfBefore(k, above)) return;
      k = above;
    }
  }

  drop(): void {
    const last = this.#entries.pop();
    if (last === undefined || this.#entries.length === 0) return;
    this.#entries[0] = last;
    for (let k = 0; ; ) {
      const [left, right] = [this.#entries[2 * k + 1], this.#entries[2 * k + 2]];
      if (left === undefined) return;
      const below = right !== undefined && inOrder(right, left) < 0 ? 2 * k + 2 : 2 * k + 1;
      if (!this.#swapIfBefore(below, k)) return;
      k = below;
    }
  }

  #swapIfBefore(below: number, above: number): boolean {
    const [a, b] = [this.#entries[below] as Entry, this.#entries[above] as Entry];
    if (inOrder(a, b) >= 0) return false;
    [this.#entries[below], this.#entries[above]] = [b, a];
    return true;
  }
}
