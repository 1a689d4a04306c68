import type { Program } from './program.ts';

/** How many times the job's shots the last evaluation of a run takes that was asked to finish. */
const moreShots = 10;
/** No machine takes many more in one circuit. */
const mostShots = 100_000;

/** Whether a run was asked to finish where it is, as its program learns from the answers to its progress. */
export class Finish {
  #isAsked = false;

  get isAsked(): boolean {
    return this.#isAsked;
  }

  ask(): void {
    this.#isAsked = true;
  }

  /** Shots of an evaluation that comes last: more than `given` where the run was asked to finish. */
  lastShots(given: number): number {
    return this.#isAsked ? Math.max(given, Math.min(mostShots, moreShots * given)) : given;
  }

  /** What a last `expectations` question says of its shots; nothing where the job's own will do. */
  ofLast(given: number | null): { readonly shots?: number } {
    return this.#isAsked && given !== null ? { shots: this.lastShots(given) } : {};
  }
}

/** The program, with `finish` told as soon as an answer asks for it. */
export function* heedFinish<T>(program: Program<T>, finish: Finish): Program<T> {
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const answer = yield step.value;
    if (answer.kind === 'finish') finish.ask();
    step = program.next(answer);
  }
  return step.value;
}
