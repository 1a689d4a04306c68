import { AppError, type ErrorCode } from '#shared/base/errors.ts';
import type { BackendFacts } from '../programs/facts.ts';
import {
  type Answer,
  type AnswerContext,
  type AnsweredBy,
  type Answerer,
  type Ask,
  type AskKind,
  done,
  isTold,
} from '../programs/program.ts';
import type { Backend } from './backend.ts';
import { joinedAnswer, type Part, partsOf, type Shared } from './parts.ts';

/** One of the backends that share a job. */
export interface SplitMember {
  readonly name: string;
  /** Of the job; those of all add up to 1. One with 0 takes what others lose. */
  readonly share: number;
  readonly answers: ReadonlySet<AskKind>;
  readonly answerer: Answerer;
  readonly warnings: () => readonly string[];
}

/** What one backend may fail with while others can go on. */
const losses: ReadonlySet<ErrorCode> = new Set([
  'vendor',
  'unavailable',
  'unauthorised',
  'not-found',
  'timeout',
  'too-large',
  'unsupported',
]);

/**
 * Several backends as one. Batches of runs, and exact expectations where every member has them, are cut into
 * parts by share; a part whose backend fails moves to the next one, which from then on stands in for it.
 */
export class SplitBackend implements Backend {
  readonly facts: BackendFacts;
  readonly #members: readonly SplitMember[];
  readonly #lost = new Map<SplitMember, string>();

  constructor(members: readonly SplitMember[], shots: number | null) {
    this.#members = members;
    const shared: readonly AskKind[] = shots === null ? ['runs', 'expectations'] : ['runs'];
    const answers = new Set(
      shared.filter((kind) => members.every((member) => member.answers.has(kind))),
    );
    const name = members.map((member) => member.name).join(', ');
    if (answers.size === 0) {
      throw new AppError('bad-input', `${name} have nothing in common that they answer.`, {
        path: 'backend',
      });
    }
    this.facts = { answers, device: null, method: 'split', name };
  }

  warnings(): readonly string[] {
    return [
      ...[...this.#lost].map(
        ([{ name }, reason]) => `${name} was left out after it failed: ${reason}`,
      ),
      ...this.#members.flatMap((member) =>
        member.warnings().map((warning) => `${member.name}: ${warning}`),
      ),
    ];
  }

  dispose(): void {
    for (const { answerer } of this.#members) answerer.dispose();
  }

  async answer(ask: Ask, context: AnswerContext): Promise<Answer> {
    if (isTold(ask)) {
      await Promise.all(this.#members.map((member) => this.#tell(member, ask, context)));
      return done;
    }
    if (ask.kind !== 'runs' && ask.kind !== 'expectations') {
      throw new AppError('internal', `${this.facts.name} do not answer ${ask.kind}.`);
    }
    const parts = partsOf(
      ask,
      this.#members.map(({ share }) => share),
    );
    // Those that wait for the outside world begin before those that compute here.
    const answered = await Promise.all(
      parts.map((part, k) => this.#answerPart(part, { ...context, part: k })),
    );
    const answer = joinedAnswer(
      ask,
      parts,
      answered.map((one) => one.answer),
    );
    const by = answered.map(({ name }, k) => shareOf(name, (parts[k] as Part).ask));
    return { ...answer, by };
  }

  async #tell(member: SplitMember, ask: Ask, context: AnswerContext): Promise<void> {
    if (this.#lost.has(member)) return;
    try {
      await member.answerer.answer(ask, context);
    } catch (thrown) {
      this.#lose(member, thrown);
    }
  }

  async #answerPart(
    { member, ask }: Part,
    context: AnswerContext,
  ): Promise<{ readonly name: string; readonly answer: Answer }> {
    const tried = new Set<SplitMember>();
    let next: SplitMember | undefined = this.#members[member];
    let reason: unknown = null;
    for (;;) {
      if (next === undefined || this.#lost.has(next) || tried.has(next)) {
        next = this.#standIn(tried);
      }
      if (next === undefined) throw reason;
      tried.add(next);
      try {
        return { name: next.name, answer: await next.answerer.answer(ask, context) };
      } catch (thrown) {
        reason = thrown;
        this.#lose(next, thrown);
      }
    }
  }

  /** The one with the greatest share of those that are left. */
  #standIn(tried: ReadonlySet<SplitMember>): SplitMember | undefined {
    return this.#members
      .filter((member) => !tried.has(member) && !this.#lost.has(member))
      .toSorted((a, b) => b.share - a.share)[0];
  }

  /** Throws on what no other backend could mend. */
  #lose(member: SplitMember, thrown: unknown): void {
    if (!(thrown instanceof AppError) || !losses.has(thrown.code)) throw thrown;
    if (this.#lost.size + 1 >= this.#members.length && !this.#lost.has(member)) throw thrown;
    this.#lost.set(member, thrown.message);
  }
}

function shareOf(backend: string, ask: Shared): AnsweredBy {
  const circuits = ask.kind === 'runs' ? ask.items * ask.bases.length : ask.items;
  return { backend, circuits, shots: ask.kind === 'runs' ? circuits * ask.shots : 0 };
}
