import { AppError } from '#shared/base/errors.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Observable } from '#shared/observables/observable.ts';
import {
  type Answer,
  type Ask,
  type AskKind,
  type AskOf,
  type Counts,
  isTold,
  type Program,
  type Question,
  type RunsAsk,
} from '../programs/program.ts';
import { under } from '../programs/streams.ts';
import { overlapCircuit } from './overlap-circuit.ts';
import {
  isAllZeros,
  meanOver,
  measurementPlan,
  type MeasurementPlan,
  readSettings,
} from './settings.ts';

/** What a question is lowered for. */
export interface LoweringTarget {
  /** What the backend answers by itself. */
  readonly answers: ReadonlySet<AskKind>;
  /** Shots of each circuit; null: none were given, so only exact answers count. */
  readonly shots: number | null;
  /** How the backend is called in messages. */
  readonly name: string;
}

interface Defined {
  readonly circuit: Circuit;
  readonly observables: readonly Observable[];
  /** The machine's qubits, where it was compiled to one. */
  readonly place: { readonly wires?: readonly number[] };
  readonly plans: Map<string, MeasurementPlan>;
  /** Whether the circuit that measures overlaps was sent. */
  hasOverlaps: boolean;
}

/**
 * The program with each question that its backend does not answer turned into runs: expectations into
 * grouped measurement settings, overlaps into compute-uncompute circuits, samples into runs as they are.
 */
export function* lowerToRuns<T>(program: Program<T>, target: LoweringTarget): Program<T> {
  const known = new Map<string, Defined>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    if (ask.kind === 'define') {
      const { circuit, observables, wires } = ask;
      const place = wires === undefined ? {} : { wires };
      known.set(ask.key, { circuit, observables, place, plans: new Map(), hasOverlaps: false });
    } else if (ask.kind === 'forget') known.delete(ask.key);
    const isLowered = !isTold(ask) && ask.kind !== 'runs' && !target.answers.has(ask.kind);
    const answer: Answer = isLowered
      ? yield* lowered(ask, definedAs(known, ask.key), target)
      : yield ask;
    step = program.next(answer);
  }
  return step.value;
}

function definedAs(known: ReadonlyMap<string, Defined>, key: string): Defined {
  const found = known.get(key);
  if (found === undefined) throw new AppError('internal', `Circuit “${key}” was not defined.`);
  return found;
}

function* lowered(
  ask: Question,
  defined: Defined,
  target: LoweringTarget,
): Generator<Ask, Answer, Answer> {
  switch (ask.kind) {
    case 'samples': {
      const { counts } = yield* asked({ ...ask, kind: 'runs', bases: [null] });
      return { kind: 'samples', counts };
    }
    case 'expectations':
      return yield* measured(ask, defined, shotsOf(ask, target));
    case 'overlaps':
      return yield* undone(ask, defined, shotsOf(ask, target));
    case 'gradients':
    case 'metric':
    case 'probabilities':
      throw new AppError(
        'unsupported',
        `${target.name} measures shots; it cannot give exact ${ask.kind}. Give the job a number of shots.`,
      );
  }
}

function shotsOf(ask: Question, { shots, name }: LoweringTarget): number {
  if (shots !== null) return (ask.kind === 'expectations' ? ask.shots : undefined) ?? shots;
  throw new AppError(
    'unsupported',
    `${name} gives no exact ${ask.kind}: it measures. Give the job a number of shots.`,
  );
}

function* measured(
  ask: AskOf<'expectations'>,
  { circuit, observables, plans }: Defined,
  shots: number,
): Generator<Ask, Answer, Answer> {
  const name = ask.observables.join();
  const some = ask.observables.map((which) => observables[which] as Observable);
  const plan = plans.get(name) ?? measurementPlan(some, qubitCountOf(circuit));
  plans.set(name, plan);
  const width = some.length;
  const values = new Float64Array(ask.items * width);
  const stderrs = new Float64Array(ask.items * width);
  const bases = plan.settings.map(({ basis }) => basis);
  const { key, items, bindings, stream } = ask;
  const named = stream === undefined ? {} : { stream };
  const runs: RunsAsk = { kind: 'runs', key, items, bindings, bases, shots, ...named };
  // Constants alone need no circuit.
  const counts = bases.length === 0 ? [] : (yield* asked(runs)).counts;
  for (let item = 0; item < items; item++) {
    const own = counts.slice(item * bases.length, (item + 1) * bases.length);
    const read = readSettings(plan, own);
    values.set(read.values, item * width);
    stderrs.set(read.stderrs, item * width);
  }
  return { kind: 'expectations', values, stderrs };
}

function* undone(
  ask: AskOf<'overlaps'>,
  defined: Defined,
  shots: number,
): Generator<Ask, Answer, Answer> {
  const key = `${ask.key} overlaps`;
  if (!defined.hasOverlaps) {
    const circuit = overlapCircuit(defined.circuit);
    yield { kind: 'define', key, circuit, observables: [], ...defined.place };
    defined.hasOverlaps = true;
  }
  const width = defined.circuit.parameters.length;
  const count = ask.pairs.length / 2;
  const bindings = new Float64Array(count * 2 * width);
  ask.pairs.forEach((item, at) => {
    bindings.set(ask.bindings.subarray(item * width, (item + 1) * width), at * width);
  });
  const { counts } = yield* asked({
    kind: 'runs',
    key,
    items: count,
    bindings,
    bases: [null],
    shots,
    ...under(ask, 'overlaps'),
  });
  const means = counts.map((one: Counts) => meanOver(one, isAllZeros));
  return {
    kind: 'overlaps',
    values: Float64Array.from(means, ({ mean }) => mean),
    stderrs: Float64Array.from(means, ({ variance }) => Math.sqrt(variance)),
  };
}
