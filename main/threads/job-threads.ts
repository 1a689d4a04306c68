import { Worker } from 'node:worker_threads';
import type { Disposable } from '#shared/base/disposable.ts';
import { workerScript } from '../project.ts';
import { resourceLimits } from './memory-guard.ts';

/** A thread that holds more after its work ends: what is left there would count for the next one. */
const keptBytes = 96 * 2 ** 20;
/** An idle thread waits so long for more work. */
const idleMs = 10_000;
/** What a thread still does after its last report takes no longer. */
const tidyMs = 1000;

/** Threads for jobs. Loading the engine takes longer than a small job, so a thread that ended well stays. */
export class JobThreads implements Disposable {
  readonly #idle = new Map<Worker, NodeJS.Timeout>();
  #disposed = false;

  take(): Worker {
    const [idle] = this.#idle.keys();
    if (idle === undefined) {
      return new Worker(workerScript('job'), { resourceLimits: resourceLimits() });
    }
    this.#forget(idle);
    return idle;
  }

  /** Takes a thread back whose job has reported its end. */
  giveBack(worker: Worker): void {
    withoutListeners(worker);
    worker.unref();
    const end = (): void => void worker.terminate();
    const timer = setTimeout(end, tidyMs).unref();
    worker.once('error', end);
    worker.once('message', (report: { readonly kind: string }) => {
      clearTimeout(timer);
      if (report.kind === 'idle' && !this.#disposed) this.#keep(worker).catch(end);
      else end();
    });
    if (this.#disposed) end();
  }

  dispose(): void {
    this.#disposed = true;
    for (const worker of Array.from(this.#idle.keys())) {
      this.#forget(worker);
      void worker.terminate();
    }
  }

  async #keep(worker: Worker): Promise<void> {
    const { used_heap_size: used, external_memory: external } = await worker.getHeapStatistics();
    if (used + external > keptBytes || this.#disposed) return void worker.terminate();
    const timer = setTimeout(() => {
      this.#forget(worker);
      void worker.terminate();
    }, idleMs).unref();
    worker.once('exit', () => this.#forget(worker));
    this.#idle.set(worker, timer);
  }

  #forget(worker: Worker): void {
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
    withoutListeners(worker);
  }
}

/** By name: a worker listens to itself for whether anybody wants its messages. */
function withoutListeners(worker: Worker): void {
  for (const name of ['message', 'error', 'exit']) worker.removeAllListeners(name);
}
