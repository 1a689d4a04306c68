import { AppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import { compileNoise } from '../noise/model.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, Estimates, Program } from '../programs/program.ts';
import type { RewriteContext } from '../programs/rewrite.ts';
import { under } from '../programs/streams.ts';
import {
  amplificationOf,
  extrapolate,
  type Extrapolator,
  faultOfExtrapolation,
  isExponential,
  largestAmplification,
  scalesNeeded,
  weightsOf,
} from './extrapolate.ts';
import { foldCircuit, type Folding } from './fold.ts';
import { afterStep, estimatesOf } from './history.ts';
import type { SettingsFault, Technique } from './technique.ts';

interface ZneSettings extends Extrapolator {
  readonly scaleFactors: readonly number[];
  readonly folding: Folding;
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
        { value: 'poly-exponential', title: 'Exponential of a polynomial' },
        { value: 'adaptive', title: 'Exponential, scales chosen by what is measured' },
      ],
    },
    {
      kind: 'integer',
      id: 'order',
      title: 'Order',
      help: 'Degree of the polynomial in the exponent of “poly-exponential”; 2 where left out.',
      default: null,
      min: 1,
      max: 10,
      advanced: true,
    },
    {
      kind: 'number',
      id: 'asymptote',
      title: 'Asymptote',
      help: 'The value that an exponential decays to under ever more noise; 0 where left out.',
      default: null,
      advanced: true,
    },
  ],
  overhead: (settings) => {
    const { scaleFactors } = settings as unknown as ZneSettings;
    return scaleFactors.length + (scaleFactors.includes(1) ? 0 : 1);
  },
  fault: (settings) => faultOf(settings as unknown as ZneSettings),
  place: 'strength',
  serves: ['expectations'],
  rewrite: (settings) => (program, context) =>
    extrapolated(program, settings as unknown as ZneSettings, context),
};

/** No circuit says anything any more at a thousand times its noise. */
const mostScale = 1000;
/** From here on the result says so. */
export const notableAmplification = 50;

function faultOf(settings: ZneSettings): SettingsFault | null {
  const { scaleFactors } = settings;
  if (scaleFactors.some((scale) => !(scale >= 1 && scale <= mostScale)) || hasTwice(scaleFactors)) {
    const given = scaleFactors.join(', ');
    return {
      path: 'scaleFactors',
      message: `zne needs different scale factors from 1 to ${mostScale}; got ${given}.`,
    };
  }
  return faultOfExtrapolation(settings, scaleFactors);
}

function hasTwice(scales: readonly number[]): boolean {
  return new Set(scales).size !== scales.length;
}

type Defined = Extract<Ask, { kind: 'define' }>;

function* extrapolated<T>(
  program: Program<T>,
  settings: ZneSettings,
  context: RewriteContext,
): Program<T> {
  const folded = new Map<string, FoldedCircuits>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'define') {
      answer = yield ask;
      const circuits = new FoldedCircuits(ask, settings.folding, context);
      folded.set(ask.key, circuits);
      yield* circuits.defineAll(settings);
    } else if (ask.kind === 'expectations') {
      const circuits = folded.get(ask.key) as FoldedCircuits;
      answer = yield* measureScaled(ask, circuits, settings, context);
    } else {
      if (ask.kind === 'forget') yield* folded.get(ask.key)?.forget() ?? [];
      answer = yield ask;
    }
    step = program.next(answer);
  }
  return step.value;
}

/** What is measured of one circuit: itself, and the folded ones by the scale that they reach. */
class FoldedCircuits {
  readonly #ask: Defined;
  readonly #folding: Folding;
  readonly #context: RewriteContext;
  #scales: number[] = [];

  constructor(ask: Defined, folding: Folding, context: RewriteContext) {
    this.#ask = ask;
    this.#folding = folding;
    this.#context = context;
  }

  /** Scales that were sent, as they are reached. */
  get scales(): readonly number[] {
    return this.#scales;
  }

  /** Sends what is known beforehand: of an adaptive extrapolation its first two scales. */
  *defineAll(settings: ZneSettings): Generator<Ask, void, Answer> {
    const { scaleFactors, extrapolation } = settings;
    if (settings.folding === 'identity') requireIdleNoise(this.#ask, this.#context);
    const first = extrapolation === 'adaptive' ? scaleFactors.slice(0, 2) : scaleFactors;
    for (const scale of first) yield* this.define(scale);
    const scales = this.#scales;
    const isShort = scales.length < scalesNeeded(settings);
    const amplification = isShort ? Infinity : amplificationOf(settings, scales);
    if (amplification > largestAmplification) {
      throw new AppError(
        'bad-input',
        `zne cannot extrapolate: folding whole gates of this circuit reaches only the scales ${scales.map(shortly).join(', ')}. ${extrapolation === 'linear' ? 'Use' : 'Use the extrapolation “linear”, and'} odd scale factors such as 1, 3, 5, which every circuit with gates reaches.`,
        { scales },
      );
    }
    if (amplification > notableAmplification) {
      this.#context.warn(
        `zne: the ${extrapolation} extrapolation makes errors of the measured values up to ${amplification.toPrecision(2)} times as large.`,
      );
    }
  }

  /** The circuit at about this scale; the scale that it has, null where that was sent already. */
  *define(asked: number): Generator<Ask, number | null, Answer> {
    const { rng, warn } = this.#context;
    const { circuit, scale, gateCount } = foldCircuit(this.#ask.circuit, asked, this.#folding, rng);
    const isKnown = this.#scales.includes(scale);
    if (isKnown || Math.abs(scale - asked) > 1e-9) {
      const instead = isKnown
        ? `scale ${shortly(scale)}, which is measured already: it is left out`
        : `scale ${shortly(scale)}, which the extrapolation uses`;
      warn(
        `zne: scale ${shortly(asked)} cannot be reached by folding whole gates; its ${gateCount} gates give ${instead}.`,
      );
    }
    if (isKnown) return null;
    this.#scales.push(scale);
    if (scale !== 1) yield { ...this.#ask, key: keyAt(this.#ask.key, scale), circuit };
    return scale;
  }

  *forget(): Generator<Ask, void, Answer> {
    for (const scale of this.#scales) {
      if (scale !== 1) yield { kind: 'forget', key: keyAt(this.#ask.key, scale) };
    }
    this.#scales = [];
  }
}

/** Idle steps scale the noise only where they have some. */
function requireIdleNoise({ circuit, wires }: Defined, { noise }: RewriteContext): void {
  const model = noise?.(wires) ?? null;
  if (model === null || model.rules.length === 0) return;
  const compiled = compileNoise(model);
  const qubits = Array.from({ length: qubitCountOf(circuit) }, (_, q) => q);
  if (qubits.some((qubit) => compiled.after('id', [qubit]).length > 0)) return;
  throw new AppError(
    'bad-input',
    'zne by the folding “identity” inserts idle steps (“id”), and the noise says nothing of these, so every scale would be the same. Use the folding “global” or “local”.',
    { path: 'mitigation' },
  );
}

function shortly(scale: number): string {
  return String(Number(scale.toFixed(4)));
}

function keyAt(key: string, scale: number): string {
  return `${key} × ${scale}`;
}

type Scaled = Estimates & { readonly scale: number };

function* measureScaled(
  ask: AskOf<'expectations'>,
  circuits: FoldedCircuits,
  settings: ZneSettings,
  context: RewriteContext,
): Generator<Ask, Answer, Answer> {
  const known = circuits.scales.slice(0, settings.scaleFactors.length);
  const shots = shotsByWeight(settings, known, context.shots);
  // The circuit as it is, asked as if there were no technique: its history tells what the backend itself gave.
  const plain = yield* asked({ ...ask, ...shots.get(1) });
  const scaled: Scaled[] = [];
  for (const scale of known) scaled.push(yield* measureAt(ask, scale, plain, shots));
  while (settings.extrapolation === 'adaptive' && scaled.length < settings.scaleFactors.length) {
    const scale = yield* circuits.define(nextScale(scaled, settings.asymptote ?? 0));
    if (scale === null) break;
    scaled.push(yield* measureAt(ask, scale, plain, shots));
  }
  const fits = Array.from(plain.values, (_, k) => fitted(scaled, k, settings, context));
  const values = Float64Array.from(fits, ({ value }) => value);
  const stderrs = Float64Array.from(fits, ({ stderr }) => stderr);
  return afterStep(plain, { technique: zne.id, values, stderrs, scaled });
}

function* measureAt(
  ask: AskOf<'expectations'>,
  scale: number,
  plain: AnswerOf<'expectations'>,
  shots: ReadonlyMap<number, { readonly shots: number }>,
): Generator<Ask, Scaled, Answer> {
  if (scale === 1) return { scale, ...estimatesOf(plain) };
  const at = { key: keyAt(ask.key, scale), ...under(ask, `zne ${scale}`), ...shots.get(scale) };
  return { scale, ...estimatesOf(yield* asked({ ...ask, ...at })) };
}

/**
 * The shots of all scales together, by the weight that each has in the result: N ∝ |η| makes its variance least
 * (Krebsbach, Trauzettel, Calzona, arXiv:2201.08080).
 */
function shotsByWeight(
  settings: ZneSettings,
  scales: readonly number[],
  shots: number | null,
): ReadonlyMap<number, { readonly shots: number }> {
  if (shots === null || settings.extrapolation === 'adaptive') return new Map();
  const weights = weightsOf(settings, scales).map(Math.abs);
  const share = (shots * scales.length) / weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(
    scales.map((scale, k) => [
      scale,
      { shots: Math.max(1, Math.round(share * (weights[k] as number))) },
    ]),
  );
}

/** Where a decay e^(−bλ) is best measured next: 1.27846 of its lengths beyond scale 1 (Giurgica-Tiron et al., arXiv:2005.10921). */
const bestDistance = 1.27846;

function nextScale(scaled: readonly Scaled[], asymptote: number): number {
  const [first, second] = [scaled[0] as Scaled, scaled.at(-1) as Scaled];
  const rates = Array.from(first.values, (value, k) => {
    const ratio = (value - asymptote) / ((second.values[k] as number) - asymptote);
    return Math.log(ratio) / (second.scale - first.scale);
  }).filter((rate) => Number.isFinite(rate) && rate > 0);
  const rate = rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)];
  const furthest = Math.max(...scaled.map(({ scale }) => scale));
  const best = rate === undefined ? furthest + 2 : 1 + bestDistance / rate;
  // Beyond ten times the noise little is left of any signal.
  const bounded = Math.max(1, Math.min(best, 10));
  const near = 1 + 2 * Math.round((bounded - 1) / 2);
  return scaled.some(({ scale }) => scale === near) ? furthest + 2 : near;
}

function fitted(
  scaled: readonly Scaled[],
  k: number,
  settings: ZneSettings,
  { warn }: RewriteContext,
) {
  const scales = scaled.map(({ scale }) => scale);
  const values = scaled.map((one) => one.values[k] as number);
  const stderrs = scaled.map((one) => one.stderrs[k] as number);
  const fit = extrapolate(settings, scales, values, stderrs);
  if (Number.isFinite(fit.value) || !isExponential(settings)) return fit;
  warn(noExponential(values, settings));
  return extrapolate({ extrapolation: 'linear' }, scales, values, stderrs);
}

/** What is said where the linear extrapolation takes an exponential's place. */
export function noExponential(values: readonly number[], { asymptote = 0 }: Extrapolator): string {
  const why =
    asymptote === 0 ? 'are 0 or change their sign' : `do not lie on one side of ${asymptote}`;
  return `zne: no exponential goes through values that ${why} (${values.map((value) => value.toPrecision(3)).join(', ')}); their linear extrapolation is given instead.`;
}
