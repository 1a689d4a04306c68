import { present } from '#shared/base/assert.ts';
import type { CancelFlag } from '#shared/base/cancel.ts';
import type { Disposable } from '#shared/base/disposable.ts';
import { AppError } from '#shared/base/errors.ts';
import type { CrewThread, Platform } from '../platform.ts';
import {
  arrive,
  controlBytes,
  type CrewMessage,
  dealPass,
  functionsOf,
  type Member,
  passLimit,
  passWords,
  progressOf,
  readFailure,
  reportFailure,
  stopReason,
  stopWatch,
  waitForChange,
  word,
  workOn,
} from './crew-protocol.ts';
import { type KernelMemory, maximumThreads } from './memory.ts';
import type { KernelFunction, WasmModule } from './web-assembly.ts';

/** A module over one memory, callable on every thread of the crew until it is disposed. */
export interface LoadedModule extends Disposable {
  readonly id: number;
  readonly memory: KernelMemory;
  /** Functions by export name, in the order in which passes number them. */
  readonly functions: ReadonlyMap<string, KernelFunction>;
}

/** Blocks [0, blocks) of one function. */
export interface Pass {
  readonly module: LoadedModule;
  /** Name of the export, a `KernelFunction`. */
  readonly name: string;
  readonly blocks: number;
  readonly argument: number;
}

/** Told after each pass of a run: how many are done, and of how many. */
export type PassWatch = (done: number, all: number) => void;

/** A sleeping owner looks this often whether the others still get on. */
const lookEveryMs = 250;
/** Looks without any progress after which a thread counts as dead: ten seconds. */
const usualPatience = 40;
/** Longest that starting a thread may take. */
const startLooks = 2_000;
const startLookMs = 5;

/**
 * Threads that run WebAssembly functions over shared memory. The owner is thread 0 and works, too.
 * Threads take part as soon as they are up: which thread runs a block never changes a result.
 */
export class Crew implements Disposable {
  readonly threads: number;
  readonly #words = new Int32Array(new SharedArrayBuffer(controlBytes));
  readonly #platform: Platform | null;
  readonly #others: CrewThread[] = [];
  /** What threads are to know that start later. */
  readonly #loads = new Map<number, CrewMessage>();
  readonly #indices = new Map<number, Map<string, number>>();
  readonly #own = new Map<number, readonly KernelFunction[]>();
  readonly #patience: number;
  #nextModule = 0;
  #members = 1;
  /** Of the run that is going on. */
  #cancel: CancelFlag | null = null;
  #isDisposed = false;

  constructor(platform: Platform | null, threads: number, patience = usualPatience) {
    this.#patience = patience;
    this.threads = platform === null ? 1 : Math.max(1, Math.min(threads, maximumThreads));
    this.#platform = platform;
  }

  /** Starts the other threads, without waiting for them; a run that wants them does so by itself. */
  start(): void {
    if (this.#isDisposed || this.#platform === null || this.#others.length > 0) return;
    const control = this.#words.buffer as SharedArrayBuffer;
    for (let thread = 1; thread < this.threads; thread++) {
      const other = this.#platform.startThread({ control, thread });
      for (const message of this.#loads.values()) other.post(message);
      this.#others.push(other);
    }
  }

  /** A crew that lost a thread has ended, too: another one is needed. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Threads that took part in the last run. */
  get members(): number {
    return this.#members;
  }

  /** Whether every thread is up; until then runs go on without the missing ones. */
  get isComplete(): boolean {
    return maskSize(Atomics.load(this.#words, word.ready)) === this.threads - 1;
  }

  /** Blocks until every thread is up. */
  complete(): void {
    this.start();
    for (let look = 0; !this.isComplete; look++) {
      if (look > startLooks) throw dead('A computing thread did not start.');
      Atomics.wait(
        this.#words,
        word.generation,
        this.#words[word.generation] as number,
        startLookMs,
      );
    }
  }

  /**
   * Makes the functions of a module callable. It imports its memory as env.memory, and the functions of
   * another loaded module, which has to outlive it, by their names.
   */
  load(
    module: WasmModule,
    memory: KernelMemory,
    imported: LoadedModule | null = null,
  ): LoadedModule {
    const id = this.#nextModule++;
    const stopped = stopWatch(this.#words, 0, () => this.#checkStop());
    const functions = functionsOf(module, memory.memory, stopped, imported?.functions);
    this.#own.set(id, [...functions.values()]);
    this.#indices.set(id, new Map([...functions.keys()].map((name, index) => [name, index])));
    const message: CrewMessage = {
      kind: 'load',
      id,
      module,
      memory: memory.memory,
      imported: imported?.id ?? -1,
    };
    this.#loads.set(id, message);
    this.#tell(message);
    return { id, memory, functions, dispose: () => this.#unload(id) };
  }

  /**
   * Runs passes one after another, with a barrier after each. With `threads` 1 nobody is woken, as
   * suits small states. `passed` is told of each. Throws where it was cancelled or a function trapped; what the memory holds
   * is then undefined.
   */
  run(
    passes: readonly Pass[],
    cancel: CancelFlag | null,
    threads = this.threads,
    passed: PassWatch | null = null,
  ): void {
    if (threads > 1) this.start();
    for (let at = 0; at < passes.length; ) {
      // Pass by pass while threads are still starting, so that each joins as soon as it is up.
      const count = threads === 1 || this.isComplete ? passLimit : 1;
      const tell = passed === null ? null : (pass: number) => passed(at + pass, passes.length);
      this.#runSome(passes.slice(at, at + count), cancel, threads, tell);
      at += count;
    }
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const thread of this.#others) thread.end();
    this.#own.clear();
    this.#indices.clear();
    this.#loads.clear();
  }

  #runSome(
    passes: readonly Pass[],
    cancel: CancelFlag | null,
    threads: number,
    passed: ((pass: number) => void) | null,
  ): void {
    if (this.#isDisposed) throw dead('The computing threads have ended.');
    cancel?.throwIfCancelled();
    const words = this.#words;
    const mask = this.#choose(threads);
    words[word.mask] = mask;
    words[word.members] = maskSize(mask);
    words[word.stop] = stopReason.none;
    words[word.halt] = 0;
    words[word.passCount] = passes.length;
    passes.forEach((pass, k) => this.#write(pass, k));
    this.#members = maskSize(mask);
    dealPass(words, 0);
    if (mask !== 1) this.#signal(mask);
    this.#cancel = cancel;
    try {
      this.#takePart(passes.length, passed);
    } finally {
      this.#cancel = null;
    }
    this.#check(cancel);
  }

  #checkStop(): void {
    if (this.#cancel?.isCancelled !== true) return;
    Atomics.store(this.#words, word.stop, stopReason.cancelled);
  }

  /** Mask of the threads that take part: this one, and of the others those that are up. */
  #choose(threads: number): number {
    const ready = Atomics.load(this.#words, word.ready) | 1;
    let mask = 0;
    for (let thread = 0; thread < maximumThreads; thread++) {
      if (((ready >>> thread) & 1) === 1 && maskSize(mask) < threads) mask |= 1 << thread;
    }
    return mask;
  }

  #write({ module, name, blocks, argument }: Pass, k: number): void {
    const index = present(this.#indices.get(module.id)?.get(name), `a loaded function “${name}”`);
    this.#words.set([module.id, index, blocks, argument], word.passes + passWords * k);
  }

  #takePart(count: number, passed: ((pass: number) => void) | null): void {
    const words = this.#words;
    const member: Member = {
      words,
      thread: 0,
      functionAt: (module, index) =>
        (this.#own.get(module) as readonly KernelFunction[])[index] as KernelFunction,
      checkStop: () => this.#checkStop(),
    };
    for (let pass = 0; pass < count; pass++) {
      const generation = Atomics.load(words, word.generation);
      try {
        workOn(member, pass);
      } catch (error) {
        reportFailure(words, String(error));
      }
      if (!arrive(words, pass + 1)) this.#await(generation);
      if (Atomics.load(words, word.halt) === 1) return;
      passed?.(pass + 1);
    }
  }

  /** Waits for the others; a thread that was killed makes no progress and never arrives. */
  #await(generation: number): void {
    let still = 0;
    let progress = 0;
    while (!waitForChange(this.#words, word.generation, generation, lookEveryMs)) {
      const now = progressOf(this.#words);
      still = now === progress ? still + 1 : 0;
      progress = now;
      if (still < this.#patience) continue;
      this.dispose();
      throw dead('A computing thread has ended or hangs.');
    }
  }

  #check(cancel: CancelFlag | null): void {
    const stop = Atomics.load(this.#words, word.stop);
    if (stop === stopReason.none) return;
    cancel?.throwIfCancelled();
    throw dead(`A computing thread failed: ${readFailure(this.#words)}`);
  }

  #unload(id: number): void {
    this.#own.delete(id);
    this.#indices.delete(id);
    this.#loads.delete(id);
    if (this.#isDisposed) return;
    this.#tell({ kind: 'unload', id });
    // Without members: the threads wake up, drop the module and its memory, and wait again.
    this.#signal(0);
  }

  #tell(message: CrewMessage): void {
    for (const thread of this.#others) thread.post(message);
  }

  #signal(mask: number): void {
    const run = (Atomics.load(this.#words, word.start) >>> 8) + 1;
    Atomics.store(this.#words, word.start, (run << 8) | mask);
    Atomics.notify(this.#words, word.start);
  }
}

function maskSize(mask: number): number {
  let size = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) size++;
  return size;
}

function dead(message: string): AppError {
  return new AppError('internal', message);
}
