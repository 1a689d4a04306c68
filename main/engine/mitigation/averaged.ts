import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, MitigationStep, Program } from '../programs/program.ts';
import type { RewriteContext } from '../programs/rewrite.ts';
import { under } from '../programs/streams.ts';
import { afterStep } from './history.ts';
import type { Instance } from './instances.ts';

type Define = Extract<Ask, { kind: 'define' }>;

/** A technique that runs random instances of a circuit and takes the mean of their values. */
export interface Averaging {
  readonly technique: string;
  readonly count: number;
  /** Made anew for each circuit; throws where the circuit or its noise does not allow it. */
  readonly instances: (ask: Define) => {
    readonly draw: (k: number) => Instance;
    readonly facts: MitigationStep['facts'];
  };
}

interface Defined {
  readonly keys: readonly string[];
  readonly weights: readonly number[];
  readonly facts: MitigationStep['facts'];
}

/** The program with the expectations of each circuit as means over instances of it; the shots are shared by them. */
export function* averaged<T>(
  program: Program<T>,
  averaging: Averaging,
  context: RewriteContext,
): Program<T> {
  const known = new Map<string, Defined>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'expectations') {
      answer = yield* mean(ask, known.get(ask.key) as Defined, averaging, context);
    } else {
      answer = yield ask;
      if (ask.kind === 'define') known.set(ask.key, yield* defineInstances(ask, averaging));
      if (ask.kind === 'forget') {
        for (const key of known.get(ask.key)?.keys ?? []) yield { kind: 'forget', key };
        known.delete(ask.key);
      }
    }
    step = program.next(answer);
  }
  return step.value;
}

function* defineInstances(
  ask: Define,
  { technique, count, instances }: Averaging,
): Generator<Ask, Defined, Answer> {
  const { draw, facts } = instances(ask);
  const keys: string[] = [];
  const weights: number[] = [];
  for (let k = 0; k < count; k++) {
    const { circuit, frame, weight } = draw(k);
    const key = `${ask.key} ${technique} ${k}`;
    yield { ...ask, key, circuit, observables: ask.observables.map((one) => frame.read(one)) };
    keys.push(key);
    weights.push(weight);
  }
  return { keys, weights, facts };
}

function* mean(
  ask: AskOf<'expectations'>,
  { keys, weights, facts }: Defined,
  { technique, count }: Averaging,
  { shots }: RewriteContext,
): Generator<Ask, AnswerOf<'expectations'>, Answer> {
  const plain = yield* asked(ask);
  const size = plain.values.length;
  const [sums, squares] = [new Float64Array(size), new Float64Array(size)];
  const all = ask.shots ?? shots;
  const share = all === null ? {} : { shots: Math.ceil(all / count) };
  for (const [k, key] of keys.entries()) {
    const one = yield* asked({ ...ask, key, ...share, ...under(ask, `${technique} ${k}`) });
    one.values.forEach((value, i) => {
      const own = value * (weights[k] as number);
      sums[i] = (sums[i] as number) + own;
      squares[i] = (squares[i] as number) + own * own;
    });
  }
  const values = sums.map((sum) => sum / count);
  // The spread of the instances holds the noise of their shots as well.
  const stderrs = squares.map((square, i) =>
    Math.sqrt(Math.max(0, square / count - (values[i] as number) ** 2) / (count - 1)),
  );
  return afterStep(plain, {
    technique,
    values,
    stderrs,
    ...(facts === undefined ? {} : { facts }),
  });
}
