import type { MessagePort } from 'node:worker_threads';
import { AppError } from '#shared/base/errors.ts';
import { errorFromData } from '#shared/ipc/wire.ts';
import type { Answer, AnswerContext, Answerer, Ask } from '#engine/programs/program.ts';
import type { JobCommand, JobReport } from '../jobs/job-protocol.ts';

/** Hands each ask to main, where the machines are, and waits for what comes back. */
export class RemoteAnswerer implements Answerer {
  readonly #port: MessagePort;
  readonly #waiting = new Map<
    number,
    { readonly resolve: (answer: Answer) => void; readonly reject: (error: AppError) => void }
  >();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  answer(ask: Ask, { askIndex, seed }: AnswerContext): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(askIndex, { resolve, reject });
      this.#port.postMessage({ kind: 'ask', askIndex, seed, ask } satisfies JobReport);
    });
  }

  /** Takes what main says about an ask. */
  settle(command: Extract<JobCommand, { kind: 'answer' | 'refusal' }>): void {
    const waiting = this.#waiting.get(command.askIndex);
    this.#waiting.delete(command.askIndex);
    if (command.kind === 'answer') waiting?.resolve(command.answer);
    else waiting?.reject(errorFromData(command.error));
  }

  dispose(): void {
    for (const { reject } of this.#waiting.values()) {
      reject(new AppError('cancelled', 'The work was cancelled.'));
    }
    this.#waiting.clear();
  }
}
