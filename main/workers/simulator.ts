import { freemem } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CancelFlag } from '#shared/base/cancel.ts';
import type { Disposable } from '#shared/base/disposable.ts';
import { AppError } from '#shared/base/errors.ts';
import { errorFromData } from '#shared/ipc/wire.ts';
import type { SimulationRequest, SimulationResult } from '#shared/jobs/simulation.ts';
import { workerScript } from '../project.ts';
import { smallYoungHeap } from './heap-limits.ts';
import type { SimulationOrder, SimulationReply } from './protocol.ts';

interface Waiting {
  readonly order: SimulationOrder;
  readonly resolve: (result: SimulationResult) => void;
  readonly reject: (error: AppError) => void;
}

/** A part of what is free stays with the rest of the machine. */
const usableShare = 0.9;

/**
 * Simulates in one thread that stays alive, so that an edit in the designer does not wait for a
 * thread to start. Requests are answered in their order; a thread that dies fails only what it ran.
 */
export class Simulator implements Disposable {
  readonly #script: URL;
  #worker: Worker | null = null;
  #waiting: Waiting[] = [];
  #running: Waiting | null = null;
  #nextId = 1;
  #disposed = false;

  constructor(script: URL = workerScript('simulate')) {
    this.#script = script;
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
        freeBytes: Math.floor(freemem() * usableShare),
      };
      this.#waiting.push({ order, resolve, reject });
      this.#next();
    });
  }

  dispose(): void {
    this.#disposed = true;
    const error = new AppError('cancelled', 'Ketbench is closing.');
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
    this.#running?.reject(error);
    this.#running = null;
    void this.#worker?.terminate();
    this.#worker = null;
  }

  #next(): void {
    if (this.#running !== null) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#running = next;
    this.#worker ??= this.#start();
    this.#worker.postMessage(next.order);
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { resourceLimits: smallYoungHeap });
    worker.unref();
    worker.on('message', (reply: SimulationReply) => this.#replied(reply));
    worker.on('error', (error) => this.#died(worker, error.message));
    worker.on('exit', (code) => this.#died(worker, `its thread ended with code ${code}`));
    return worker;
  }

  #replied(reply: SimulationReply): void {
    const running = this.#running;
    if (reply.kind === 'ready' || running === null || reply.id !== running.order.id) return;
    this.#running = null;
    if (reply.kind === 'done') running.resolve(reply.result);
    else running.reject(errorFromData(reply.error));
    this.#next();
  }

  #died(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const running = this.#running;
    this.#running = null;
    running?.reject(new AppError('internal', `The simulation stopped: ${reason}.`, { reason }));
    this.#next();
  }
}
