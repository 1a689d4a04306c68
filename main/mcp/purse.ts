import { AppError } from '#shared/base/errors.ts';
import type { Forecast } from '#shared/jobs/forecast.ts';
import type { JobSummary } from '#shared/jobs/job.ts';
import type { Requester } from './tool.ts';

/** Of one agent: its name, and USD that it may spend in all, over all its sessions. */
export interface Allowance {
  readonly agent: string;
  readonly budget: number;
}

/** A job is not stopped for costing somewhat more than was foretold, where the budget has it. */
const room = 1.5;

/**
 * What one agent has spent and may spend. Its jobs carry its name as a tag and stop at their own limit, so that the
 * books are the library's own: they survive a restart of agent and server, and nothing is counted twice.
 */
export class Purse {
  readonly #allowance: Allowance;
  readonly #requester: Requester;
  #last: Promise<unknown> = Promise.resolve();

  constructor(allowance: Allowance, requester: Requester) {
    this.#allowance = allowance;
    this.#requester = requester;
  }

  get tag(): string {
    return `agent:${this.#allowance.agent}`;
  }

  /** Spent, and held back for what has not ended; USD. */
  async spent(): Promise<number> {
    let sum = 0;
    for (const job of await this.jobs()) {
      const cost = job.cost ?? 0;
      sum += job.completedAt === null ? Math.max(cost, await this.#limitOf(job.jobId)) : cost;
    }
    return sum;
  }

  async left(): Promise<number> {
    const { budget } = this.#allowance;
    return budget === 0 ? 0 : Math.max(0, budget - (await this.spent()));
  }

  /** All jobs of this agent, newest first. */
  async jobs(): Promise<JobSummary[]> {
    const found: JobSummary[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await this.#requester.request('jobs.list', {
        limit: 1000,
        ...(cursor === undefined ? {} : { cursor }),
      });
      found.push(...page.jobs.filter(({ tags }) => tags.includes(this.tag)));
      if (page.next === null) return found;
      cursor = page.next;
    }
  }

  /** One after the other: what looks at the books and adds to them. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Where a job of this forecast is to stop; throws `budget` where that cannot be paid. */
  async limitFor(forecast: Forecast, asked: number | undefined): Promise<number> {
    if (this.#allowance.budget === 0) {
      throw new AppError(
        'budget',
        'This agent may not buy anything: start it with “ketbench mcp --budget USD”, or choose a simulator or a device model as backend.',
      );
    }
    const left = await this.left();
    const { cost } = forecast;
    const most = Math.min(left, asked ?? (cost === null ? left : room * cost));
    if ((cost ?? 0) <= most && most > 0) return most;
    throw new AppError(
      'budget',
      `This would cost ${cost === null ? 'an unknown amount' : `${cost.toFixed(2)} USD`}, and ${most.toFixed(2)} USD are left. Take fewer shots, or another backend.`,
      { needed: cost, available: most },
    );
  }

  async #limitOf(jobId: string): Promise<number> {
    const { spec } = await this.#requester.request('jobs.spec', { jobId });
    return (spec as { readonly limits?: { readonly cost?: number } }).limits?.cost ?? 0;
  }
}
