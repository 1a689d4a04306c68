import { Worker } from 'node:worker_threads';
import { CancelFlag } from '#shared/base/cancel.ts';
import type { Disposable } from '#shared/base/disposable.ts';
import { AppError } from '#shared/base/errors.ts';
import { errorFromData } from '#shared/ipc/wire.ts';
import { guardMemory, memoryAllowance, resourceLimits } from './memory-guard.ts';
import type { TaskOrder, TaskReply } from './protocol.ts';
import { usableMemory } from './usable-memory.ts';

interface Work {
  readonly order: TaskOrder;
  readonly timeoutMs: number;
  readonly resolve: (result: never) => void;
  readonly reject: (error: AppError) => void;
  readonly tell: ((note: unknown) => void) | undefined;
}

/** A thread that was told to stop and has not after so long is ended from outside. */
const graceMs = 500;

export interface TaskThreadsOptions {
  readonly script: URL;
  /** What the work is called in a sentence: “The simulation”. */
  readonly title: string;
  readonly limitBytes?: number;
  /** Where the work has taken so long and more waits, another thread takes that. */
  readonly impatientMs?: number;
  readonly mostThreads?: number;
  readonly timeoutMs?: number;
}

export interface TaskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** Hears how the work goes, until it ends. */
  readonly tell?: ((note: unknown) => void) | undefined;
}

/**
 * Work that texts and files of a user cause, away from the main thread: each piece has a limit of time
 * and of memory and can be cancelled. One thread stays alive for it; work that takes long is joined by
 * others, so that it never keeps what comes after it.
 */
export class TaskThreads implements Disposable {
  readonly #options: Required<Omit<TaskThreadsOptions, 'limitBytes'>> & { limitBytes?: number };
  readonly #threads = new Set<Thread>();
  #waiting: Work[] = [];
  #timer: NodeJS.Timeout | null = null;
  #nextId = 1;
  #disposed = false;

  constructor(options: TaskThreadsOptions) {
    this.#options = { impatientMs: 1500, mostThreads: 3, timeoutMs: 120_000, ...options };
  }

  /** Loads a thread ahead of the first work. */
  warmUp(): void {
    if (this.#threads.size === 0) this.#add();
  }

  async run<T>(task: unknown, { signal, timeoutMs, tell }: TaskOptions = {}): Promise<T> {
    if (this.#disposed) return Promise.reject(new AppError('unavailable', 'Ketbench is closing.'));
    return new Promise((resolve, reject) => {
      const order: TaskOrder = {
        id: this.#nextId++,
        task,
        cancel: new CancelFlag().buffer,
        freeBytes: usableMemory(),
      };
      const limitMs = timeoutMs ?? this.#options.timeoutMs;
      const work = { order, timeoutMs: limitMs, resolve, reject, tell };
      this.#waiting.push(work);
      const abort = (): void => this.#cancel(work);
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted === true) abort();
      this.#next();
    });
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const error = new AppError('cancelled', 'Ketbench is closing.');
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    for (const thread of this.#threads) thread.end(error);
    this.#threads.clear();
  }

  #cancel(work: Work): void {
    const reason = new AppError('cancelled', 'The work was cancelled.');
    const position = this.#waiting.indexOf(work);
    if (position >= 0) {
      this.#waiting.splice(position, 1);
      work.reject(reason);
      return;
    }
    for (const thread of this.#threads) if (thread.work === work) thread.stop(reason);
  }

  #next(): void {
    if (this.#disposed || this.#waiting.length === 0) return;
    const { mostThreads, impatientMs } = this.#options;
    let free = [...this.#threads].find(({ work }) => work === null);
    const now = performance.now();
    const isStuck = [...this.#threads].every(({ since }) => now - since >= impatientMs);
    if (free === undefined && isStuck && this.#threads.size < mostThreads) free = this.#add();
    const work = free === undefined ? undefined : this.#waiting.shift();
    if (free === undefined || work === undefined) return this.#lookLater();
    free.take(work);
    this.#next();
  }

  #lookLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#next();
    }, this.#options.impatientMs).unref();
  }

  #add(): Thread {
    const thread = new Thread(this.#options, (isAlive) => {
      if (!isAlive) this.#threads.delete(thread);
      // One is enough while there is nothing that takes long.
      else if (this.#threads.size > 1 && this.#waiting.length === 0) {
        this.#threads.delete(thread);
        thread.end(new AppError('cancelled', 'Not needed any more.'));
      }
      this.#next();
    });
    this.#threads.add(thread);
    return thread;
  }
}

/** One thread and what it works on. */
class Thread {
  readonly #worker: Worker;
  readonly #title: string;
  readonly #limitBytes: number | undefined;
  readonly #free: (isAlive: boolean) => void;
  work: Work | null = null;
  /** When the work began, in milliseconds. */
  since = 0;
  #guard: Disposable | null = null;
  #limit: NodeJS.Timeout | undefined;
  #reason: AppError | null = null;
  #ended = false;

  constructor(
    { script, title, limitBytes }: Pick<TaskThreadsOptions, 'script' | 'title' | 'limitBytes'>,
    free: (isAlive: boolean) => void,
  ) {
    this.#title = title;
    this.#limitBytes = limitBytes;
    this.#free = free;
    this.#worker = new Worker(script, { resourceLimits: resourceLimits() });
    this.#worker.unref();
    this.#worker.on('message', (reply: TaskReply) => this.#replied(reply));
    this.#worker.on('error', (error) => this.end(this.#stopped(error.message)));
    this.#worker.on('exit', (code) =>
      this.end(this.#stopped(`its thread ended with code ${code}`)),
    );
  }

  take(work: Work): void {
    this.work = work;
    this.since = performance.now();
    this.#reason = null;
    const allowance = memoryAllowance(this.#limitBytes);
    this.#guard = guardMemory(this.#worker, allowance, (reason) => this.end(reason));
    this.#limit = setTimeout(() => {
      const message = `${this.#title} took longer than ${work.timeoutMs / 1000} seconds and was ended. Try a smaller one.`;
      this.stop(new AppError('timeout', message, { seconds: work.timeoutMs / 1000 }));
    }, work.timeoutMs).unref();
    this.#worker.postMessage(work.order);
  }

  /** Asks the work to end, and ends the thread where that does not help. */
  stop(reason: AppError): void {
    const { work } = this;
    if (work === null || this.#reason !== null) return;
    this.#reason = reason;
    new CancelFlag(work.order.cancel).cancel();
    setTimeout(() => {
      if (this.work === work) this.end(reason);
    }, graceMs).unref();
  }

  end(reason: AppError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#done()?.reject(this.#reason ?? reason);
    void this.#worker.terminate();
    this.#free(false);
  }

  #replied(reply: TaskReply): void {
    if (reply.kind === 'ready' || reply.id !== this.work?.order.id) return;
    if (reply.kind === 'told') return this.work.tell?.(reply.note);
    const reason = this.#reason;
    const work = this.#done();
    if (reply.kind === 'done') work?.resolve(reply.result as never);
    else work?.reject(reason ?? errorFromData(reply.error));
    this.#free(true);
  }

  #done(): Work | null {
    const { work } = this;
    this.work = null;
    clearTimeout(this.#limit);
    this.#guard?.dispose();
    this.#guard = null;
    return work;
  }

  #stopped(reason: string): AppError {
    return new AppError('internal', `${this.#title} stopped: ${reason}.`, { reason });
  }
}
