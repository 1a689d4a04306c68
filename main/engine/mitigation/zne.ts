import { AppError } from '#shared/base/errors.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, Estimates, Program } from '../programs/program.ts';
import type { RewriteContext } from '../programs/rewrite.ts';
import { under } from '../programs/streams.ts';
import { amplificationOf, type Extrapolation, extrapolate, scalesNeeded } from './extrapolate.ts';
import { foldCircuit, type Folding } from './fold.ts';
import type { SettingsFault, Technique } from './technique.ts';

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
  overhead: (settings) => {
    const { scaleFactors } = settings as unknown as ZneSettings;
    return scaleFactors.length + (scaleFactors.includes(1) ? 0 : 1);
  },
  fault: (settings) => faultOf(settings as unknown as ZneSettings),
  storey: 'questions',
  serves: ['expectations'],
  rewrite: (settings) => (program, context) =>
    extrapolated(program, settings as unknown as ZneSettings, context),
};

/** Errors that grow more than this in the extrapolation leave nothing to be trusted: three digits are lost. */
const largestAmplification = 1000;
/** No circuit says anything any more at a thousand times its noise. */
const mostScale = 1000;
/** From here on the result says so. */
const notableAmplification = 50;

function faultOf({ scaleFactors, extrapolation }: ZneSettings): SettingsFault | null {
  const path = 'scaleFactors';
  if (scaleFactors.some((scale) => !(scale >= 1 && scale <= mostScale)) || hasTwice(scaleFactors)) {
    const given = scaleFactors.join(', ');
    return {
      path,
      message: `zne needs different scale factors from 1 to ${mostScale}; got ${given}.`,
    };
  }
  const needed = scalesNeeded(extrapolation);
  if (scaleFactors.length < needed) {
    return {
      path,
      message: `A ${extrapolation} extrapolation needs at least ${needed} scale factors; got ${scaleFactors.length}.`,
    };
  }
  const amplification = amplificationOf(extrapolation, scaleFactors);
  if (amplification > largestAmplification) {
    return {
      path,
      message: `A ${extrapolation} extrapolation from ${scaleFactors.length} scale factors between ${Math.min(...scaleFactors)} and ${Math.max(...scaleFactors)} makes errors up to ${amplification.toPrecision(2)} times as large. ${adviceOn(extrapolation)}`,
    };
  }
  return null;
}

function adviceOn(extrapolation: Extrapolation): string {
  const further = 'scale factors that lie further apart, such as 1, 3, 5';
  return extrapolation === 'richardson' || extrapolation === 'quadratic'
    ? `Use the extrapolation “linear” or “exponential”, or fewer ${further}.`
    : `Use ${further}.`;
}

function hasTwice(scales: readonly number[]): boolean {
  return new Set(scales).size !== scales.length;
}

/** What is measured of one circuit: itself, and the folded ones by the scale that they reach. */
interface Scaled {
  readonly scales: readonly number[];
}

function* extrapolated<T>(
  program: Program<T>,
  settings: ZneSettings,
  context: RewriteContext,
): Program<T> {
  const scaled = new Map<string, Scaled>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'define') {
      answer = yield ask;
      scaled.set(ask.key, yield* defineFolded(ask, settings, context));
    } else if (ask.kind === 'expectations') {
      answer = yield* measureScaled(ask, scaled.get(ask.key) as Scaled, settings, context);
    } else answer = yield ask;
    step = program.next(answer);
  }
  return step.value;
}

function* defineFolded(
  ask: Extract<Ask, { kind: 'define' }>,
  { scaleFactors, folding, extrapolation }: ZneSettings,
  { rng, warn }: RewriteContext,
): Generator<Ask, Scaled, Answer> {
  const scales: number[] = [];
  for (const asked of scaleFactors) {
    const { circuit, scale, gateCount } = foldCircuit(ask.circuit, asked, folding, rng);
    const isKnown = scales.includes(scale);
    if (isKnown || Math.abs(scale - asked) > 1e-9) {
      const instead = isKnown
        ? `scale ${shortly(scale)}, which is measured already: it is left out`
        : `scale ${shortly(scale)}, which the extrapolation uses`;
      warn(
        `zne: scale ${shortly(asked)} cannot be reached by folding whole gates; its ${gateCount} gates give ${instead}.`,
      );
    }
    if (isKnown) continue;
    scales.push(scale);
    if (scale !== 1) yield { ...ask, key: keyAt(ask.key, scale), circuit };
  }
  const needed = scalesNeeded(extrapolation);
  const amplification = scales.length < needed ? Infinity : amplificationOf(extrapolation, scales);
  if (amplification > largestAmplification) {
    throw new AppError(
      'bad-input',
      `zne cannot extrapolate: folding whole gates of this circuit reaches only the scales ${scales.map(shortly).join(', ')}. ${extrapolation === 'linear' ? 'Use' : 'Use the extrapolation “linear”, and'} odd scale factors such as 1, 3, 5, which every circuit with gates reaches.`,
      { scales },
    );
  }
  if (amplification > notableAmplification) {
    warn(
      `zne: the ${extrapolation} extrapolation makes errors of the measured values up to ${amplification.toPrecision(2)} times as large.`,
    );
  }
  return { scales };
}

function shortly(scale: number): string {
  return String(Number(scale.toFixed(4)));
}

function keyAt(key: string, scale: number): string {
  return `${key} × ${scale}`;
}

function* measureScaled(
  ask: AskOf<'expectations'>,
  { scales }: Scaled,
  { extrapolation }: ZneSettings,
  { warn }: RewriteContext,
): Generator<Ask, Answer, Answer> {
  const scaled: (AnswerOf<'expectations'> & { readonly scale: number })[] = [];
  // The circuit as it is, asked as if there were no technique: its history tells what the backend itself gave.
  const plain = yield* asked(ask);
  for (const scale of scales) {
    const folded = { ...ask, key: keyAt(ask.key, scale), ...under(ask, `zne ${scale}`) };
    scaled.push({ scale, ...(scale === 1 ? plain : yield* asked(folded)) });
  }
  const fits = Array.from(plain.values, (_, k) => {
    const values = scaled.map((one) => one.values[k] as number);
    const stderrs = scaled.map((one) => one.stderrs[k] as number);
    const fit = extrapolate(extrapolation, scales, values, stderrs);
    if (Number.isFinite(fit.value)) return fit;
    warn(
      `zne: no exponential goes through values that are 0 or change their sign (${values.map((value) => value.toPrecision(3)).join(', ')}); their linear extrapolation is given instead.`,
    );
    return extrapolate('linear', scales, values, stderrs);
  });
  const values = Float64Array.from(fits, ({ value }) => value);
  const stderrs = Float64Array.from(fits, ({ stderr }) => stderr);
  const before = plain.history ?? { raw: plain, steps: [] };
  const step = { technique: zne.id, values, stderrs, scaled: scaled.map(estimatesAt) };
  return {
    kind: 'expectations',
    values,
    stderrs,
    history: { raw: estimatesOf(before.raw), steps: [...before.steps, step] },
  };
}

function estimatesOf({ values, stderrs }: Estimates): Estimates {
  return { values, stderrs };
}

function estimatesAt(one: Estimates & { readonly scale: number }) {
  return { scale: one.scale, ...estimatesOf(one) };
}
