import { AppError } from '#shared/base/errors.ts';
import { isDiskFault } from '#shared/base/system-errors.ts';
import { readRecords, RecordFile } from '../storage/record-file.ts';

/** What is about to be bought. Money in USD; null where the vendor does not say. */
export interface Purchase {
  /** Names it for good: the same job asks for the same thing under the same name after a restart. */
  readonly tag: string;
  readonly jobId: string;
  readonly estimate: number | null;
  /** The most that its job may cost in all. */
  readonly jobLimit: number | undefined;
}

type LedgerRecord =
  | {
      readonly kind: 'reserved';
      readonly tag: string;
      readonly jobId: string;
      readonly at: string;
      readonly cost: number | null;
    }
  | { readonly kind: 'settled'; readonly tag: string; readonly cost: number }
  | { readonly kind: 'released'; readonly tag: string };

interface Entry {
  readonly jobId: string;
  readonly at: string;
  cost: number | null;
  isSettled: boolean;
}

export interface SpendingOptions {
  readonly path: string;
  readonly now: () => Date;
  /** The most that may be spent in a month; null: no budget. */
  readonly monthlyLimit: () => number | null;
  /** What jobs cost since a date that this ledger knows nothing of: they ran before there was one. */
  readonly unlisted: (since: string, isListed: (jobId: string) => boolean) => number;
}

/** Less than this is no money: sums of prices are rounded. */
const tolerance = 1e-9;

/**
 * The one ledger of what is bought on machines. An estimate is reserved before each purchase and settled by
 * the price after it; what was reserved counts until then, so that a job that is restarted and jobs that run
 * at once keep to the limits. Every entry is on disk before its call returns.
 */
export class Spending {
  readonly #options: SpendingOptions;
  readonly #wholeBytes: number;
  /** Opened by the first purchase: looking at a library writes nothing. */
  #file: RecordFile | null = null;
  readonly #entries = new Map<string, Entry>();

  constructor(options: SpendingOptions) {
    this.#options = options;
    const { records, wholeBytes } = readRecords(options.path);
    for (const record of records as readonly LedgerRecord[]) this.#apply(record);
    this.#wholeBytes = wholeBytes;
  }

  dispose(): void {
    this.#file?.dispose();
    this.#file = null;
  }

  /** Whether a limit holds for this job, so that an estimate is needed. */
  isLimited(jobLimit: number | undefined): boolean {
    return jobLimit !== undefined || this.#options.monthlyLimit() !== null;
  }

  /** Books the estimate, or throws `budget` where it would be more than a limit allows. Doing it again changes nothing. */
  reserve({ tag, jobId, estimate, jobLimit }: Purchase): void {
    if (this.#entries.has(tag)) return;
    if (estimate !== null) this.#require(jobId, estimate, jobLimit);
    const at = this.#options.now().toISOString();
    this.#write({ kind: 'reserved', tag, jobId, at, cost: estimate });
  }

  /** The price of what was reserved; null, where the vendor names none, leaves the estimate. */
  settle(tag: string, cost: number | null): void {
    if (cost === null || this.#entries.get(tag)?.isSettled === true) return;
    try {
      this.#write({ kind: 'settled', tag, cost });
    } catch (thrown) {
      // What was bought is there; where the disk has no room the estimate goes on standing for its price.
      if (!isDiskFault(thrown)) throw thrown;
      this.#apply({ kind: 'settled', tag, cost });
    }
  }

  /** What was reserved was not bought. */
  release(tag: string): void {
    if (this.#entries.has(tag)) this.#write({ kind: 'released', tag });
  }

  /** Whether anything was bought for a job, or is being bought. */
  hasBought(jobId: string): boolean {
    return [...this.#entries.values()].some((entry) => entry.jobId === jobId);
  }

  /** USD that a job was charged or will be, however often it was restarted; null while nothing is known. */
  costOf(jobId: string): number | null {
    let sum: number | null = null;
    for (const entry of this.#entries.values()) {
      if (entry.jobId === jobId && entry.cost !== null) sum = (sum ?? 0) + entry.cost;
    }
    return sum;
  }

  /** USD since the first of this month (UTC), reservations included. */
  monthSpent(): number {
    const since = `${this.#options.now().toISOString().slice(0, 7)}-01T00:00:00.000Z`;
    const known = new Set<string>();
    let sum = 0;
    for (const { jobId, at, cost } of this.#entries.values()) {
      known.add(jobId);
      if (at >= since) sum += cost ?? 0;
    }
    return sum + this.#options.unlisted(since, (jobId) => known.has(jobId));
  }

  #require(jobId: string, cost: number, jobLimit: number | undefined): void {
    const spent = this.costOf(jobId) ?? 0;
    if (jobLimit !== undefined && spent + cost > jobLimit + tolerance) {
      throw new AppError(
        'budget',
        `The next purchase would cost ${money(cost)} after ${money(spent)} so far; limits.cost allows ${money(jobLimit)}.`,
        { cost, spent, limit: jobLimit },
      );
    }
    const limit = this.#options.monthlyLimit();
    const month = this.monthSpent();
    if (limit !== null && month + cost > limit + tolerance) {
      throw new AppError(
        'budget',
        `The next purchase would cost ${money(cost)}; ${money(month)} of this month's ${money(limit)} are spent or reserved.`,
        { cost, spent: month, limit },
      );
    }
  }

  #write(record: LedgerRecord): void {
    this.#file ??= new RecordFile(this.#options.path, this.#wholeBytes);
    this.#file.append(record);
    this.#file.sync();
    this.#apply(record);
  }

  #apply(record: LedgerRecord): void {
    const entry = this.#entries.get(record.tag);
    switch (record.kind) {
      case 'reserved': {
        const { jobId, at, cost } = record;
        this.#entries.set(record.tag, { jobId, at, cost, isSettled: false });
        return;
      }
      case 'settled':
        if (entry === undefined) return;
        entry.cost = record.cost;
        entry.isSettled = true;
        return;
      case 'released':
        this.#entries.delete(record.tag);
    }
  }
}

function money(usd: number): string {
  return `${usd.toFixed(2)} USD`;
}
