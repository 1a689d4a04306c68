import type { MessagePort } from 'node:worker_threads';
import { AppError } from '#shared/base/errors.ts';
import { errorFromData } from '#shared/ipc/wire.ts';
import type { Answer, AnswerContext, Answerer, Ask } from '#engine/programs/program.ts';
import type { JobCommand, JobReport } from '../jobs/job-protocol.ts';

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: AppError) => void;
}

/** Hands asks to main, where the machines are, and waits for what comes back. */
export class RemoteAnswerers {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** Somebody who asks the machine of this name. */
  of(backend: string): Answerer {
    return {
      answer: (ask, context) => this.#ask(backend, ask, context),
      dispose: () => this.#giveUp(),
    };
  }

  /** Takes what main says about an ask. */
  settle(command: Extract<JobCommand, { kind: 'answer' | 'refusal' }>): void {
    const waiting = this.#waiting.get(command.call);
    this.#waiting.delete(command.call);
    if (command.kind === 'answer') waiting?.resolve(command.answer);
    else waiting?.reject(errorFromData(command.error));
  }

  async #ask(backend: string, ask: Ask, { askIndex, seed, part }: AnswerContext): Promise<Answer> {
    const call = this.#calls++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      const report: JobReport = {
        kind: 'ask',
        call,
        backend,
        askIndex,
        seed,
        ask,
        ...(part === undefined ? {} : { part }),
      };
      this.#port.postMessage(report);
    });
  }

  #giveUp(): void {
    for (const { reject } of this.#waiting.values()) {
      reject(new AppError('cancelled', 'The work was cancelled.'));
    }
    this.#waiting.clear();
  }
}
