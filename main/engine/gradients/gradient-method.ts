import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, Ask, Program } from '../programs/program.ts';
import { under } from '../programs/streams.ts';

/** A way to answer gradient asks. One file and one line in the registry each. */
export interface GradientMethod {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Whether it is exact up to rounding where expectations are. */
  readonly isExact: boolean;
  /**
   * Turns gradient asks into expectations, which every answerer has: devices, noisy models, sampled
   * runs, mitigation. Null: the answerer has the state at hand and differentiates by itself.
   */
  readonly lower: (<T>(program: Program<T>, rng: Rng) => Program<T>) | null;
}

export type GradientAsk = Extract<Ask, { kind: 'gradients' }>;
export type DefineAsk = Extract<Ask, { kind: 'define' }>;
export type ExpectationAnswer = Extract<Answer, { kind: 'expectations' }>;

/** What happens to the asks of a program whose gradients are lowered. */
export interface Lowering {
  /** Sees each circuit, and may send another in its place. */
  readonly define: (ask: DefineAsk) => DefineAsk;
  readonly gradients: (ask: GradientAsk) => Generator<Ask, Answer, Answer>;
  /** Every other ask; as it is unless circuits were changed. */
  readonly other?: (ask: Exclude<Ask, GradientAsk | DefineAsk>) => Ask;
}

/** The program with its gradient asks answered by `lowering`. */
export function* lowerWith<T>(program: Program<T>, lowering: Lowering): Program<T> {
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'define') answer = yield lowering.define(ask);
    else if (ask.kind === 'gradients') answer = yield* lowering.gradients(ask);
    else answer = yield lowering.other?.(ask) ?? ask;
    step = program.next(answer);
  }
  return step.value;
}

interface RowsAsked {
  readonly items: number;
  readonly bindings: Float64Array;
  /** Shots of each row, where slopes have shots of their own. */
  readonly shots?: readonly number[] | undefined;
}

/** ⟨O⟩ at rows, of the asked circuit and observable or of another; `part` names the random stream of its own. */
export function* askExpectations(
  gradient: GradientAsk,
  part: string,
  rows: RowsAsked,
  { key, observable }: Pick<GradientAsk, 'key' | 'observable'> = gradient,
): Generator<Ask, ExpectationAnswer, Answer> {
  const { items, bindings, shots } = rows;
  const question = { kind: 'expectations' as const, key, observables: [observable] };
  const all = [...Array(items).keys()];
  const groups = [...Map.groupBy(all, (row) => shots?.[row])];
  const [only] = groups;
  if (only !== undefined && groups.length === 1) {
    const [each] = only;
    const own = each === undefined ? {} : { shots: each };
    return yield* asked({ ...question, items, bindings, ...own, ...under(gradient, part) });
  }
  // Rows of equal shots go together.
  const width = bindings.length / items;
  const values = new Float64Array(items);
  const stderrs = new Float64Array(items);
  for (const [each, places] of groups) {
    const some = new Float64Array(places.length * width);
    places.forEach((row, k) =>
      some.set(bindings.subarray(row * width, (row + 1) * width), k * width),
    );
    const found = yield* asked({
      ...question,
      items: places.length,
      bindings: some,
      ...(each === undefined ? {} : { shots: each }),
      ...under(gradient, `${part} ${each}`),
    });
    places.forEach((row, k) => {
      values[row] = found.values[k] as number;
      stderrs[row] = found.stderrs[k] as number;
    });
  }
  return { kind: 'expectations', values, stderrs };
}

/** The most shots of any slope: what belongs to all of them is known as well. */
export function mostShots({ shots }: GradientAsk): number | undefined {
  return shots === undefined ? undefined : Math.max(...shots);
}

/** As many shots for each of some rows, where slopes have shots of their own. */
export function sameShots(ask: GradientAsk, items: number): Pick<RowsAsked, 'shots'> {
  const most = mostShots(ask);
  return most === undefined ? {} : { shots: Array.from({ length: items }, () => most) };
}

/** What was kept of a circuit when it was defined. */
export function definedAs<T>(known: ReadonlyMap<string, T>, key: string): T {
  const found = known.get(key);
  if (found === undefined) throw new AppError('internal', `Circuit “${key}” was not defined.`);
  return found;
}
