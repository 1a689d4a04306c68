import type { Answer, AnswerContext, Answerer, Ask, Program } from '../programs/program.ts';

/** Stands where the next ask is not known yet; rewrites hand on what is told as it is. */
const pause: Ask = { kind: 'snapshot', state: null };

/** Asks that come from outside, and what they were answered. */
interface Relay {
  next: Ask;
  answer: Answer;
}

function* relayed(relay: Relay): Program<never> {
  for (;;) {
    relay.answer = yield relay.next;
    yield pause;
  }
}

/** Somebody who is asked through a rewrite, one ask after the other, as the asks of one program. */
export class RewrittenAnswerer implements Answerer {
  readonly #inner: Answerer;
  readonly #relay: Relay = { next: pause, answer: { kind: 'done' } };
  readonly #program: Program<never>;

  constructor(inner: Answerer, rewrite: (program: Program<never>) => Program<never>) {
    this.#inner = inner;
    this.#program = rewrite(relayed(this.#relay));
  }

  /** The inner one must not wait: circuits that are compiled here run here. */
  answer(ask: Ask, context: AnswerContext): Answer {
    this.#relay.next = ask;
    let step = this.#program.next({ kind: 'done' });
    while (step.value !== pause) {
      step = this.#program.next(this.#inner.answer(step.value, context) as Answer);
    }
    return this.#relay.answer;
  }

  dispose(): void {
    this.#inner.dispose();
  }
}
