import type { Circuit } from '#shared/circuit/circuit.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, Program } from '../programs/program.ts';
import type { RewriteContext } from '../programs/rewrite.ts';
import { under } from '../programs/streams.ts';
import { solve } from './extrapolate.ts';
import { foldCircuit } from './fold.ts';
import { afterStep } from './history.ts';
import { boundCircuit, idealValues, nearCliffordCopy } from './training.ts';

/** A technique that learns from circuits with known values what to make of noisy ones. */
export interface Learning {
  readonly technique: string;
  readonly training: number;
  readonly fraction: number;
  /** Strengths of the noise at which each circuit is measured. */
  readonly scales: readonly number[];
  /** Whether a constant is learnt beside the factors. */
  readonly hasConstant: boolean;
}

type Define = Extract<Ask, { kind: 'define' }>;
type Expectations = AnswerOf<'expectations'>;

/** The program with expectations corrected by a linear model, which is learnt anew for every row of angles. */
export function* learnt<T>(
  program: Program<T>,
  learning: Learning,
  context: RewriteContext,
): Program<T> {
  const known = new Map<string, Define>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    if (ask.kind === 'define') known.set(ask.key, ask);
    if (ask.kind === 'forget') known.delete(ask.key);
    step = program.next(
      ask.kind === 'expectations'
        ? yield* corrected(ask, known.get(ask.key) as Define, learning, context)
        : yield ask,
    );
  }
  return step.value;
}

function* corrected(
  ask: AskOf<'expectations'>,
  defined: Define,
  learning: Learning,
  context: RewriteContext,
): Generator<Ask, Expectations, Answer> {
  const plain = yield* asked(ask);
  const values = plain.values.slice();
  const stderrs = plain.stderrs.slice();
  const width = ask.observables.length;
  const parameters = defined.circuit.parameters.length;
  const some = ask.observables.map((which) => defined.observables[which] as Observable);
  const lesson = new Lesson(ask, { ...defined, observables: some }, learning, context);
  let residual = 0;
  for (let item = 0; item < ask.items; item++) {
    const row = ask.bindings.subarray(item * parameters, (item + 1) * parameters);
    const own = boundCircuit(defined.circuit, row);
    const target = yield* lesson.measure(own, `${item} own`);
    const examples: Example[] = [];
    for (let k = 0; k < learning.training; k++) {
      const copy = nearCliffordCopy(own, learning.fraction, context.rng);
      const ideal = idealValues(copy, some, context.freeBytes);
      examples.push({ ideal, noisy: yield* lesson.measure(copy, `${item} copy ${k}`) });
    }
    for (let j = 0; j < width; j++) {
      const fit = fitted(examples, target, j, learning);
      if (fit === null) {
        context.warn(
          `${learning.technique}: the training circuits all have about the same value of an observable, so nothing can be learnt for it; its value is as it was measured. Raise “fraction” or “training”.`,
        );
        continue;
      }
      values[item * width + j] = fit.value;
      stderrs[item * width + j] = fit.stderr;
      residual = Math.max(residual, fit.residual);
    }
  }
  const facts = { training: learning.training, residual };
  return afterStep(plain, { technique: learning.technique, values, stderrs, facts });
}

interface Example {
  readonly ideal: readonly number[];
  /** By strength of the noise. */
  readonly noisy: readonly Expectations[];
}

/** Measures the circuits of one row at every strength of the noise. */
class Lesson {
  readonly #ask: AskOf<'expectations'>;
  readonly #defined: Define;
  readonly #learning: Learning;
  readonly #context: RewriteContext;

  constructor(
    ask: AskOf<'expectations'>,
    defined: Define,
    learning: Learning,
    context: RewriteContext,
  ) {
    this.#ask = ask;
    this.#defined = defined;
    this.#learning = learning;
    this.#context = context;
  }

  *measure(circuit: Circuit, name: string): Generator<Ask, Expectations[], Answer> {
    const { technique, scales } = this.#learning;
    const found: Expectations[] = [];
    for (const scale of scales) {
      const part = `${technique} ${name} ${scale}`;
      const key = `${this.#ask.key} ${part}`;
      const run =
        scale === 1 ? circuit : foldCircuit(circuit, scale, 'global', this.#context.rng).circuit;
      yield { ...this.#defined, key, circuit: run };
      const question = {
        ...this.#ask,
        key,
        items: 1,
        bindings: new Float64Array(0),
        observables: this.#defined.observables.map((_, j) => j),
      };
      found.push(yield* asked({ ...question, ...under(this.#ask, part) }));
      yield { kind: 'forget', key };
    }
    return found;
  }
}

/** Training values that differ by less than this tell nothing of a factor. */
const leastSpread = 1e-6;

/** Least squares of the ideal values on the noisy ones, at the circuit's own; null where the examples are all alike. */
function fitted(
  examples: readonly Example[],
  target: readonly Expectations[],
  j: number,
  { hasConstant }: Learning,
): { readonly value: number; readonly stderr: number; readonly residual: number } | null {
  const featuresOf = (noisy: readonly Expectations[]) => [
    ...noisy.map(({ values }) => values[j] as number),
    ...(hasConstant ? [1] : []),
  ];
  const rows = examples.map(({ noisy }) => featuresOf(noisy));
  const ideal = examples.map((one) => one.ideal[j] as number);
  const firsts = rows.map(([first = 0]) => first);
  if (Math.max(...firsts) - Math.min(...firsts) < leastSpread) return null;
  const own = featuresOf(target);
  const normal = own.map((_, r) =>
    own.map((__, c) => {
      const sum = rows.reduce((all, row) => all + (row[r] as number) * (row[c] as number), 0);
      // Nearly parallel features share their weight in place of taking opposite ones.
      return r === c ? sum * (1 + 1e-9) + 1e-12 : sum;
    }),
  );
  const right = own.map((_, r) =>
    rows.reduce((all, row, k) => all + (row[r] as number) * (ideal[k] as number), 0),
  );
  const factors = solve(normal, right);
  const predict = (row: readonly number[]) =>
    row.reduce((sum, x, k) => sum + x * (factors[k] as number), 0);
  const misses = rows.reduce((sum, row, k) => sum + (predict(row) - (ideal[k] as number)) ** 2, 0);
  const variance = misses / Math.max(1, rows.length - own.length);
  const leverage = solve(normal, own).reduce((sum, x, k) => sum + x * (own[k] as number), 0);
  // The model misses the circuit's own value by as much as it misses those of its copies.
  const measured = target.reduce(
    (sum, { stderrs }, k) => sum + ((factors[k] as number) * (stderrs[j] as number)) ** 2,
    variance * (1 + Math.max(0, leverage)),
  );
  return { value: predict(own), stderr: Math.sqrt(measured), residual: Math.sqrt(variance) };
}
