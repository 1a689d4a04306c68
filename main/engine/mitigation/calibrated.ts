import type { Circuit } from '#shared/circuit/circuit.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, Program } from '../programs/program.ts';
import type { RewriteContext } from '../programs/rewrite.ts';
import { under } from '../programs/streams.ts';
import { afterStep, estimatesOf } from './history.ts';
import { layerwiseRichardson } from './layerwise-richardson.ts';
import type { Technique } from './technique.ts';
import { boundCircuit, idealValues, nearCliffordCopy } from './training.ts';
import { zne } from './zne.ts';

/** Chooses a technique by what each makes of circuits whose values are known. */
export const calibrated: Technique = {
  id: 'calibrated',
  title: 'Calibrated choice',
  summary:
    'Tries techniques on near-Clifford copies of the circuit, whose values are known, takes the one that comes nearest, and says why.',
  parameters: [
    {
      kind: 'integer',
      id: 'copies',
      title: 'Copies',
      help: 'On how many copies each technique is tried.',
      default: 6,
      min: 2,
      max: 1000,
    },
  ],
  place: 'strength',
  serves: ['expectations'],
  overhead: ({ copies }) =>
    3 + (copies as number) * candidates.reduce((sum, one) => sum + costOf(one), 1),
  fault: () => null,
  rewrite: (settings) => (program, context) =>
    chosen(program, settings['copies'] as number, context),
};

interface Candidate {
  readonly name: string;
  readonly technique: Technique;
  readonly settings: Readonly<Record<string, unknown>>;
}

function zneBy(extrapolation: string): Candidate {
  const settings = { scaleFactors: [1, 3, 5], folding: 'global', extrapolation };
  return { name: `zne ${extrapolation}`, technique: zne, settings };
}

const candidates: readonly Candidate[] = [
  zneBy('linear'),
  zneBy('quadratic'),
  zneBy('exponential'),
  {
    name: 'layerwise-richardson',
    technique: layerwiseRichardson,
    settings: { layers: 3, degree: 1 },
  },
];

function costOf({ technique, settings }: Candidate): number {
  return technique.overhead(settings);
}

/** A copy keeps so many of the gates that are not Clifford. */
const keptFraction = 0.1;

type Define = Extract<Ask, { kind: 'define' }>;
type Expectations = AnswerOf<'expectations'>;

interface Choice {
  /** Null: the values as they are came nearest. */
  readonly candidate: Candidate | null;
  readonly facts: Readonly<Record<string, number | string>>;
}

function* chosen<T>(program: Program<T>, copies: number, context: RewriteContext): Program<T> {
  const known = new Map<string, Define>();
  // One choice for each circuit, made at the first angles that are asked about.
  const choices = new Map<string, Choice>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    if (ask.kind === 'define') known.set(ask.key, ask);
    if (ask.kind === 'forget') {
      known.delete(ask.key);
      choices.delete(ask.key);
    }
    if (ask.kind !== 'expectations') {
      step = program.next(yield ask);
      continue;
    }
    const defined = known.get(ask.key) as Define;
    const choice = choices.get(ask.key) ?? (yield* choose(ask, defined, copies, context));
    choices.set(ask.key, choice);
    const answer = yield* by(choice.candidate, defined, ask, context);
    const own = { technique: calibrated.id, ...estimatesOf(answer), facts: choice.facts };
    step = program.next(afterStep(answer, own));
  }
  return step.value;
}

function* choose(
  ask: AskOf<'expectations'>,
  defined: Define,
  copies: number,
  context: RewriteContext,
): Generator<Ask, Choice, Answer> {
  const observables = ask.observables.map((which) => defined.observables[which] as Observable);
  const own = boundCircuit(
    defined.circuit,
    ask.bindings.subarray(0, defined.circuit.parameters.length),
  );
  const tried: readonly (Candidate | null)[] = [null, ...candidates];
  const squares = tried.map(() => 0);
  for (let k = 0; k < copies; k++) {
    const copy = nearCliffordCopy(own, keptFraction, context.rng);
    const ideal = idealValues(copy, observables, context.freeBytes);
    for (const [c, candidate] of tried.entries()) {
      const answer = yield* onCopy(copy, { ask, defined, observables }, candidate, k, context);
      ideal.forEach((value, j) => {
        squares[c] = (squares[c] as number) + (value - (answer.values[j] as number)) ** 2;
      });
    }
  }
  const errors = squares.map((sum) => Math.sqrt(sum / (copies * observables.length)));
  const best = errors.indexOf(Math.min(...errors));
  const told = tried.map(
    (one, c) => `${one?.name ?? 'none'} ${(errors[c] as number).toPrecision(2)}`,
  );
  const candidate = tried[best] ?? null;
  return {
    candidate,
    facts: {
      chosen: candidate?.name ?? 'none',
      reason: `root mean square error on ${copies} near-Clifford copies: ${told.join(', ')}`,
    },
  };
}

interface Original {
  readonly ask: AskOf<'expectations'>;
  readonly defined: Define;
  readonly observables: readonly Observable[];
}

function* onCopy(
  circuit: Circuit,
  { ask, defined, observables }: Original,
  candidate: Candidate | null,
  ...[k, context]: [number, RewriteContext]
): Generator<Ask, Expectations, Answer> {
  const part = `calibrated ${k} ${candidate?.name ?? 'none'}`;
  const key = `${ask.key} ${part}`;
  const own = { ...defined, key, circuit, observables };
  const question = {
    ...ask,
    key,
    items: 1,
    bindings: new Float64Array(0),
    observables: observables.map((_, j) => j),
    ...under(ask, part),
  };
  const quiet = { ...context, warn: () => undefined };
  if (candidate === null) yield own;
  const answer = yield* by(candidate, own, question, quiet);
  yield { kind: 'forget', key };
  return answer;
}

/** The answer of a candidate, which hears of the circuit anew. */
function* by(
  candidate: Candidate | null,
  defined: Define,
  ask: AskOf<'expectations'>,
  context: RewriteContext,
): Generator<Ask, Expectations, Answer> {
  if (candidate === null) return yield* asked(ask);
  function* alone(): Program<Expectations> {
    yield defined;
    return yield* asked(ask);
  }
  return yield* candidate.technique.rewrite(candidate.settings)(alone(), context);
}
