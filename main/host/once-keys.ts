import { createHash } from 'node:crypto';
import { AppError } from '#shared/base/errors.ts';

interface Kept {
  readonly body: string;
  readonly answer: Promise<unknown>;
}

/** So many keys are remembered; the oldest go first. */
const mostKeys = 10_000;
const longestKey = 255;

/**
 * Answers that a client may ask for again with the same `Idempotency-Key`: it gets the first answer, also while that is still on
 * its way, and nothing is started twice. The same key with another body is a `conflict`. Keys live as long as the host; what was refused
 * may be asked again.
 */
export class OnceKeys {
  readonly #kept = new Map<string, Kept>();

  async answer(key: string, input: unknown, work: () => Promise<unknown>): Promise<unknown> {
    if (key.length > longestKey) {
      throw new AppError('bad-input', `An Idempotency-Key has at most ${longestKey} characters.`);
    }
    const body = createHash('sha256').update(JSON.stringify(input)).digest('hex');
    const known = this.#kept.get(key);
    if (known !== undefined) {
      if (known.body === body) return known.answer;
      throw new AppError(
        'conflict',
        'This Idempotency-Key was used for another request: take a new one.',
      );
    }
    const answer = work();
    this.#kept.set(key, { body, answer });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKeys) break;
      this.#kept.delete(oldest);
    }
    answer.catch(() => this.#kept.delete(key));
    return answer;
  }
}
