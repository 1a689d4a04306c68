import { AppError } from '#shared/base/errors.ts';

/** Ends a job that has worked longer than its spec allows; pauses do not count. */
export class TimeLimit {
  readonly #limit: number | undefined;
  readonly #stop: (reason: AppError) => void;
  #timer: NodeJS.Timeout | undefined;

  /** `limit` in seconds; undefined = none. */
  constructor(limit: number | undefined, stop: (reason: AppError) => void) {
    this.#limit = limit;
    this.#stop = stop;
  }

  /** Sets the clock: the job has worked for so many seconds and goes on. */
  restart(seconds: number): void {
    this.clear();
    const limit = this.#limit;
    if (limit === undefined) return;
    this.#timer = setTimeout(
      () =>
        this.#stop(
          new AppError('limit', `The job reached its own limit of ${limit} seconds.`, {
            seconds: limit,
          }),
        ),
      Math.max(0, limit - seconds) * 1000,
    ).unref();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
