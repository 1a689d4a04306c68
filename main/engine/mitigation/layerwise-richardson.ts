import { AppError } from '#shared/base/errors.ts';
import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, Program } from '../programs/program.ts';
import type { RewriteContext } from '../programs/rewrite.ts';
import { under } from '../programs/streams.ts';
import { operationLimit } from '../simulators/lowering.ts';
import { largestAmplification, solve } from './extrapolate.ts';
import { fence, requireTerminal } from './fold.ts';
import { afterStep } from './history.ts';
import type { Technique } from './technique.ts';

interface LayerwiseSettings {
  readonly layers: number;
  readonly degree: number;
}

/** Layerwise Richardson extrapolation (Russo and Mari, arXiv:2402.04000): each part of the circuit has a strength of its own. */
export const layerwiseRichardson: Technique = {
  id: 'layerwise-richardson',
  title: 'Layerwise Richardson extrapolation',
  summary:
    'Folds parts of the circuit one by one and extrapolates in the strengths of all their noises at once.',
  parameters: [
    {
      kind: 'integer',
      id: 'layers',
      title: 'Layers',
      help: 'Into how many parts of equal length the circuit is cut.',
      default: 4,
      min: 1,
      max: 64,
    },
    {
      kind: 'integer',
      id: 'degree',
      title: 'Degree',
      help: 'Of the polynomial in the strengths; the number of circuits grows as layers to this power.',
      default: 1,
      min: 1,
      max: 3,
    },
  ],
  place: 'strength',
  serves: ['expectations'],
  overhead: (settings) => foldingsOf(settings as unknown as LayerwiseSettings).length,
  fault: (settings) => {
    const given = settings as unknown as LayerwiseSettings;
    const amplification = weightsOf(given).reduce((sum, weight) => sum + Math.abs(weight), 0);
    if (amplification <= largestAmplification) return null;
    return {
      path: 'degree',
      message: `Degree ${given.degree} in ${given.layers} layers makes errors up to ${amplification.toPrecision(2)} times as large. Use fewer layers, or degree 1.`,
    };
  },
  rewrite: (settings) => (program, context) =>
    extrapolated(program, settings as unknown as LayerwiseSettings, context),
};

/** How often each layer is folded, of all circuits: no more than `degree` times in all; the first is the circuit itself. */
function foldingsOf({ layers, degree }: LayerwiseSettings): readonly (readonly number[])[] {
  const grow = (left: number, places: number): number[][] =>
    places === 0
      ? [[]]
      : Array.from({ length: left + 1 }, (_, k) =>
          grow(left - k, places - 1).map((rest) => [k, ...rest]),
        ).flat();
  return grow(degree, layers);
}

/** Weights with which the values add up to that of the polynomial where every strength is 0. */
function weightsOf(settings: LayerwiseSettings): readonly number[] {
  const foldings = foldingsOf(settings);
  // Monomials have the same exponents as there are foldings, so the system is square.
  const rows = foldings.map((powers) =>
    foldings.map((counts) =>
      counts.reduce(
        (product, count, layer) => product * (1 + 2 * count) ** (powers[layer] as number),
        1,
      ),
    ),
  );
  return solve(
    rows,
    foldings.map((powers) => (powers.every((power) => power === 0) ? 1 : 0)),
  );
}

function folded(circuit: Circuit, counts: readonly number[]): Circuit {
  const operations = flattenOperations(circuit, operationLimit);
  requireTerminal(operations, 'Folding needs');
  const gates = operations.filter((one): one is GateOperation => one.kind === 'gate');
  if (gates.length < counts.length) {
    throw new AppError(
      'bad-input',
      `layerwise-richardson cuts the circuit into ${counts.length} layers, but it has ${gates.length} gates. Give it fewer layers.`,
      { path: 'mitigation' },
    );
  }
  const rest = operations.filter((one) => one.kind !== 'gate');
  const made = counts.flatMap((count, layer): Operation[] => {
    const from = Math.floor((layer * gates.length) / counts.length);
    const to = Math.floor(((layer + 1) * gates.length) / counts.length);
    const own = gates.slice(from, to);
    const pair = [fence(own), ...inverseOf(own), fence(own), ...own];
    return [...own, ...Array.from({ length: count }, () => pair).flat()];
  });
  return { ...circuit, definitions: [], operations: [...made, ...rest] };
}

function* extrapolated<T>(
  program: Program<T>,
  settings: LayerwiseSettings,
  context: RewriteContext,
): Program<T> {
  const foldings = foldingsOf(settings);
  const weights = weightsOf(settings);
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'expectations') answer = yield* summed(ask, weights, context);
    else {
      answer = yield ask;
      for (const [k, counts] of foldings.entries()) {
        if (k === 0) continue;
        const key = keyOf(ask, k);
        if (ask.kind === 'define') yield { ...ask, key, circuit: folded(ask.circuit, counts) };
        if (ask.kind === 'forget') yield { kind: 'forget', key };
      }
    }
    step = program.next(answer);
  }
  return step.value;
}

function keyOf(ask: Ask, k: number): string {
  const key = 'key' in ask ? ask.key : '';
  return k === 0 ? key : `${key} layers ${k}`;
}

function* summed(
  ask: AskOf<'expectations'>,
  weights: readonly number[],
  { shots }: RewriteContext,
): Generator<Ask, AnswerOf<'expectations'>, Answer> {
  const all = ask.shots ?? shots;
  const amplification = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  let plain: AnswerOf<'expectations'> | null = null;
  const size = ask.items * ask.observables.length;
  const [values, variances] = [new Float64Array(size), new Float64Array(size)];
  for (const [k, weight] of weights.entries()) {
    // Each circuit has the shots that its weight deserves.
    const own =
      all === null ? 0 : Math.ceil((all * weights.length * Math.abs(weight)) / amplification);
    const named = k === 0 ? {} : under(ask, `layers ${k}`);
    const some = all === null ? {} : { shots: Math.max(1, own) };
    const one = yield* asked({ ...ask, key: keyOf(ask, k), ...some, ...named });
    plain ??= one;
    for (let i = 0; i < size; i++) {
      values[i] = (values[i] as number) + weight * (one.values[i] as number);
      variances[i] = (variances[i] as number) + (weight * (one.stderrs[i] as number)) ** 2;
    }
  }
  return afterStep(plain as AnswerOf<'expectations'>, {
    technique: layerwiseRichardson.id,
    values,
    stderrs: variances.map(Math.sqrt),
    facts: { circuits: weights.length, amplification },
  });
}
