import type { HeapInfo } from 'node:v8';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import { type Disposable, toDisposable } from '#shared/base/disposable.ts';
import { AppError } from '#shared/base/errors.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';
import { usableMemory } from './usable-memory.ts';

const MiB = 2 ** 20;

/** Code, and what reading a problem leaves behind until it is collected, need this much in any case. */
const leastBytes = 256 * MiB;
/** Arrays that are no longer used wait for the collector; half as much again is usual. */
const garbageShare = 1.5;
/** The most that objects of one thread may take, whatever is free. Typed arrays are not among them. */
const largestHeap = 4096 * MiB;
/** Longer than the collector's steps and far shorter than filling `slack` takes. */
const lookEveryMs = 40;

/**
 * Room above what the guard allows. Where a heap is full, the runtime adds 16 MB for the thread to end
 * in, and an array or a map that grows by more ends the whole process. So the guard has to be first,
 * and the room holds the largest array there can be (1 GiB) with what else is allocated between looks.
 */
const slack = 2048 * MiB;

export interface MemoryAllowance {
  /** For objects, in bytes. */
  readonly heapBytes: number;
  /** For objects and typed arrays together, in bytes. */
  readonly totalBytes: number;
}

/** What a thread may hold whose work may need `limitBytes`, where given, of what is free. */
export function memoryAllowance(
  limitBytes?: number,
  freeBytes: number = usableMemory(),
): MemoryAllowance {
  const limited =
    limitBytes === undefined ? freeBytes : Math.min(freeBytes, garbageShare * limitBytes);
  const totalBytes = leastBytes + limited;
  return { heapBytes: Math.min(totalBytes, largestHeap), totalBytes };
}

/** Limits to start a thread with, far enough above what the guard allows for it to be first. */
export function resourceLimits(heapBytes: number = largestHeap): ResourceLimits {
  return {
    maxOldGenerationSizeMb: Math.ceil((heapBytes + slack) / MiB),
    maxYoungGenerationSizeMb: 24,
  };
}

/**
 * Looks at the memory of a thread until it is disposed, and ends a thread that holds more than it may.
 * The reason goes to `exceeded` before.
 */
export function guardMemory(
  worker: Worker,
  allowance: MemoryAllowance,
  exceeded: (reason: AppError) => void,
): Disposable {
  let isLooking = false;
  let isOver = false;
  const judge = (heap: HeapInfo): void => {
    // What was asked for may come when the work is done, and the thread has other work by then.
    const reason = isOver ? null : excess(heap, allowance);
    if (reason === null) return;
    guard.dispose();
    exceeded(reason);
    void worker.terminate();
  };
  const timer = setInterval(() => {
    // A thread inside a long native call answers after it; meanwhile its heap does not grow.
    if (isLooking) return;
    isLooking = true;
    // A thread that is not up yet, or has ended, refuses; its owner hears of its end.
    worker
      .getHeapStatistics()
      .then(judge, () => undefined)
      .finally(() => {
        isLooking = false;
      });
  }, lookEveryMs);
  timer.unref();
  const guard = toDisposable(() => {
    isOver = true;
    clearInterval(timer);
  });
  return guard;
}

function excess(heap: HeapInfo, { heapBytes, totalBytes }: MemoryAllowance): AppError | null {
  const used = heap.used_heap_size;
  const total = used + heap.external_memory;
  if (used <= heapBytes && total <= totalBytes) return null;
  const [held, allowed] = used > heapBytes ? [used, heapBytes] : [total, totalBytes];
  return new AppError(
    'too-large',
    `Its thread ran out of memory: it held ${formatBytes(held)}, and may hold ${formatBytes(allowed)}. Other work goes on; try a smaller problem, or a larger limit of memory.`,
    { neededBytes: held, availableBytes: allowed },
  );
}
