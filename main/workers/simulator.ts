import { Worker } from 'node:worker_threads';
import { CancelFlag } from '#shared/base/cancel.ts';
import type { Disposable } from '#shared/base/disposable.ts';
import { AppError } from '#shared/base/errors.ts';
import { errorFromData } from '#shared/ipc/wire.ts';
import type { SimulationRequest, SimulationResult } from '#shared/jobs/simulation.ts';
import { workerScript } from '../project.ts';
import { guardMemory, memoryAllowance, resourceLimits } from './memory-guard.ts';
import type { SimulationOrder, SimulationReply } from './protocol.ts';
import { usableMemory } from './usable-memory.ts';

interface Waiting {
  readonly order: SimulationOrder;
  readonly resolve: (result: SimulationResult) => void;
  readonly reject: (error: AppError) => void;
}

/**
 * Simulates in one thread that stays alive, so that an edit in the designer does not wait for a
 * thread to start. Requests are answered in their order; a thread that dies fails only what it ran.
 */
export class Simulator implements Disposable {
  readonly #script: URL;
  readonly #limitBytes: number | undefined;
  #worker: Worker | null = null;
  #waiting: Waiting[] = [];
  #running: Waiting | null = null;
  #guard: Disposable | null = null;
  #nextId = 1;
  #disposed = false;

  constructor(script: URL = workerScript('simulate'), limitBytes?: number) {
    this.#script = script;
    this.#limitBytes = limitBytes;
  }

  /** Loads the thread ahead of the first request. */
  warmUp(): void {
    this.#worker ??= this.#start();
  }

  simulate(request: SimulationRequest): Promise<SimulationResult> {
    if (this.#disposed) return Promise.reject(new AppError('unavailable', 'Ketbench is closing.'));
    return new Promise((resolve, reject) => {
      const order: SimulationOrder = {
        id: this.#nextId++,
        request,
        cancel: new CancelFlag().buffer,
        freeBytes: usableMemory(),
      };
      this.#waiting.push({ order, resolve, reject });
      this.#next();
    });
  }

  dispose(): void {
    this.#disposed = true;
    const error = new AppError('cancelled', 'Ketbench is closing.');
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
    this.#take()?.reject(error);
    void this.#worker?.terminate();
    this.#worker = null;
  }

  #next(): void {
    if (this.#running !== null) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#running = next;
    const worker = (this.#worker ??= this.#start());
    this.#guard = guardMemory(worker, memoryAllowance(this.#limitBytes), (reason) =>
      this.#died(worker, reason),
    );
    worker.postMessage(next.order);
  }

  /** What was running, which is over with this. */
  #take(): Waiting | null {
    const running = this.#running;
    this.#running = null;
    this.#guard?.dispose();
    this.#guard = null;
    return running;
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { resourceLimits: resourceLimits() });
    worker.unref();
    worker.on('message', (reply: SimulationReply) => this.#replied(reply));
    worker.on('error', (error) => this.#died(worker, stopped(error.message)));
    worker.on('exit', (code) => this.#died(worker, stopped(`its thread ended with code ${code}`)));
    return worker;
  }

  #replied(reply: SimulationReply): void {
    if (reply.kind === 'ready' || reply.id !== this.#running?.order.id) return;
    const running = this.#take();
    if (reply.kind === 'done') running?.resolve(reply.result);
    else running?.reject(errorFromData(reply.error));
    this.#next();
  }

  #died(worker: Worker, reason: AppError): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#take()?.reject(reason);
    this.#next();
  }
}

function stopped(reason: string): AppError {
  return new AppError('internal', `The simulation stopped: ${reason}.`, { reason });
}
