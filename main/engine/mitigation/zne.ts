import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { Answer, Ask, Program } from '../programs/program.ts';
import { type Extrapolation, extrapolate, scalesNeeded } from './extrapolate.ts';
import { foldCircuit, type Folding } from './fold.ts';
import type { Technique } from './technique.ts';

interface ZneSettings {
  readonly scaleFactors: readonly number[];
  readonly folding: Folding;
  readonly extrapolation: Extrapolation;
}

/** Zero-noise extrapolation (Temme, Bravyi, Gambetta, arXiv:1612.02058) by gate folding. */
export const zne: Technique = {
  id: 'zne',
  title: 'Zero-noise extrapolation',
  summary: 'Runs the circuit with its noise made larger and extrapolates the values back to none.',
  parameters: [
    {
      kind: 'numbers',
      id: 'scaleFactors',
      title: 'Scale factors',
      help: 'How many times the noise is made larger; the first is usually 1.',
      default: [1, 3, 5],
    },
    {
      kind: 'choice',
      id: 'folding',
      title: 'Folding',
      help: 'Whether the whole circuit, each gate, random gates or idle steps are repeated.',
      default: 'global',
      options: [
        { value: 'global', title: 'Global' },
        { value: 'local', title: 'Local' },
        { value: 'random', title: 'Random' },
        { value: 'identity', title: 'Identity insertion' },
      ],
    },
    {
      kind: 'choice',
      id: 'extrapolation',
      title: 'Extrapolation',
      help: 'Linear is steady, Richardson goes through every point and makes errors larger, exponential suits decaying signals.',
      default: 'linear',
      options: [
        { value: 'linear', title: 'Linear' },
        { value: 'quadratic', title: 'Quadratic' },
        { value: 'richardson', title: 'Richardson' },
        { value: 'exponential', title: 'Exponential' },
      ],
    },
  ],
  overhead: (settings) => (settings as unknown as ZneSettings).scaleFactors.length,
  wrap: (program, settings, rng) =>
    extrapolated(program, checked(settings as unknown as ZneSettings), rng),
};

function checked(settings: ZneSettings): ZneSettings {
  const { scaleFactors, extrapolation } = settings;
  if (
    scaleFactors.some((scale) => scale < 1) ||
    new Set(scaleFactors).size !== scaleFactors.length
  ) {
    throw new AppError(
      'bad-input',
      `zne needs different scale factors of at least 1; got ${scaleFactors.join(', ')}.`,
      { path: 'mitigation.scaleFactors' },
    );
  }
  if (scaleFactors.length < scalesNeeded(extrapolation)) {
    throw new AppError(
      'bad-input',
      `A ${extrapolation} extrapolation needs at least ${scalesNeeded(extrapolation)} scale factors; got ${scaleFactors.length}.`,
      { path: 'mitigation.scaleFactors' },
    );
  }
  return settings;
}

function* extrapolated<T>(program: Program<T>, settings: ZneSettings, rng: Rng): Program<T> {
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'define') {
      answer = yield ask;
      for (const scale of settings.scaleFactors) {
        const circuit = foldCircuit(ask.circuit, scale, settings.folding, rng);
        yield { ...ask, key: keyAt(ask.key, scale), circuit };
      }
    } else if (ask.kind === 'expectations') answer = yield* measureScaled(ask, settings);
    else answer = yield ask;
    step = program.next(answer);
  }
  return step.value;
}

function keyAt(key: string, scale: number): string {
  return `${key} × ${scale}`;
}

function* measureScaled(
  ask: Extract<Ask, { kind: 'expectations' }>,
  { scaleFactors, extrapolation }: ZneSettings,
): Generator<Ask, Answer, Answer> {
  const scaled: { scale: number; values: Float64Array; stderrs: Float64Array }[] = [];
  for (const scale of scaleFactors) {
    const answer = yield { ...ask, key: keyAt(ask.key, scale) };
    if (answer.kind !== 'expectations') throw new AppError('internal', 'Expected expectations.');
    scaled.push({ scale, values: answer.values, stderrs: answer.stderrs });
  }
  const first = scaled[0] as (typeof scaled)[number];
  const fits = Array.from(first.values, (_, k) =>
    extrapolate(
      extrapolation,
      scaleFactors,
      scaled.map(({ values }) => values[k] as number),
      scaled.map(({ stderrs }) => stderrs[k] as number),
    ),
  );
  const raw = scaled.reduce((best, one) => (one.scale < best.scale ? one : best));
  return {
    kind: 'expectations',
    values: Float64Array.from(fits, ({ value }) => value),
    stderrs: Float64Array.from(fits, ({ stderr }) => stderr),
    mitigation: { raw, scaled },
  };
}
