import { workerScript } from '../project.ts';
import type { ReadingResults, ReadingTask } from './protocol.ts';
import { type TaskOptions, TaskThreads } from './task-thread.ts';

/** Longer than the largest file that is taken needs, on a slow machine. */
const timeoutMs = 60_000;

/** Reads texts and files of users in a thread of its own. */
export class Reader extends TaskThreads {
  constructor() {
    super({ script: workerScript('read'), title: 'Reading this text', timeoutMs });
  }

  async read<T extends ReadingTask>(
    task: T,
    options: TaskOptions = {},
  ): Promise<ReadingResults[T['kind']]> {
    return this.run(task, options);
  }
}
