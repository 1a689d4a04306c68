import { AppError } from './errors.ts';

/**
 * A flag in shared memory: the owner sets it from any thread, kernels look at it in every pass.
 * Word 0: 0 = go on, 1 = cancelled, 2 = pause at the next safe point. Word 1: 1 = come to an end with what there is.
 */
export class CancelFlag {
  readonly #cell: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.#cell = new Int32Array(buffer);
  }

  get buffer(): SharedArrayBuffer {
    return this.#cell.buffer as SharedArrayBuffer;
  }

  get isCancelled(): boolean {
    return Atomics.load(this.#cell, 0) === 1;
  }

  get isPauseRequested(): boolean {
    return Atomics.load(this.#cell, 0) === 2;
  }

  get isFinishRequested(): boolean {
    return Atomics.load(this.#cell, 1) === 1;
  }

  cancel(): void {
    Atomics.store(this.#cell, 0, 1);
  }

  /** Asks for a pause; a cancelled flag stays cancelled. */
  requestPause(): void {
    Atomics.compareExchange(this.#cell, 0, 0, 2);
  }

  /** Takes a request to pause back; a cancelled flag stays cancelled. */
  clearPause(): void {
    Atomics.compareExchange(this.#cell, 0, 2, 0);
  }

  /** Asks for an end with what there is. A paused run looks at it once it goes on. */
  requestFinish(): void {
    Atomics.store(this.#cell, 1, 1);
  }

  throwIfCancelled(): void {
    if (this.isCancelled) throw new AppError('cancelled', 'The work was cancelled.');
  }
}
