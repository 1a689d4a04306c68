import { AppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { ReadoutMethod } from '#shared/jobs/mitigate.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { measurementPlan, type MeasurementPlan, readSettings } from '../lowering/settings.ts';
import { ask as asked } from '../programs/ask.ts';
import type {
  Answer,
  AnswerOf,
  Ask,
  AskOf,
  Counts,
  Estimates,
  Program,
} from '../programs/program.ts';
import type { RewriteContext } from '../programs/rewrite.ts';
import { under } from '../programs/streams.ts';
import { afterStep, estimatesOf } from './history.ts';
import { measureReadout } from './readout/calibrate.ts';
import {
  type BitError,
  bitErrorsOf,
  oneNormOfInverse,
  unreadableBit,
} from './readout/confusion.ts';
import { correctReadout, unseenWarning } from './readout/correct.ts';
import { unbiasedObservable } from './readout/unbiased.ts';
import type { Technique } from './technique.ts';

interface ReadoutSettings {
  readonly method: ReadoutMethod;
  readonly calibrationShots?: number;
}

/** Readout error mitigation with a confusion matrix for each qubit (tensored). */
export const readout: Technique = {
  id: 'readout',
  title: 'Readout mitigation',
  summary: 'Takes out what measurements read wrongly, qubit by qubit.',
  parameters: [
    {
      kind: 'choice',
      id: 'method',
      title: 'Method',
      help: 'Inverse is unbiased, nearest and Bayesian give no negative probabilities, matrix-free works with the outcomes that were seen alone.',
      default: 'inverse',
      options: [
        { value: 'inverse', title: 'Inverse' },
        { value: 'nearest', title: 'Nearest distribution' },
        { value: 'matrix-free', title: 'Matrix-free' },
        { value: 'bayesian', title: 'Bayesian unfolding' },
      ],
    },
    {
      kind: 'integer',
      id: 'calibrationShots',
      title: 'Calibration shots',
      help: 'Shots of each of the two calibration circuits. Where left out, the readout errors of the noise are used as they are known.',
      default: null,
      min: 100,
      max: 10_000_000,
    },
  ],
  place: 'reading',
  serves: ['expectations'],
  overhead: () => 1,
  fault: () => null,
  rewrite: (settings) => (program, context) =>
    corrected(program, settings as unknown as ReadoutSettings, context),
};

/** One circuit, and what its measurements are known to read wrongly. */
interface Defined {
  readonly ask: Extract<Ask, { kind: 'define' }>;
  readonly errors: readonly BitError[];
  /** Shots from which the errors are known; null: from the spec. */
  readonly measuredWith: number | null;
}

function* corrected<T>(
  program: Program<T>,
  settings: ReadoutSettings,
  context: RewriteContext,
): Program<T> {
  const known = new Map<string, Defined>();
  const calibrated = new Map<string, readonly BitError[]>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'define') {
      const errors = yield* errorsOf(ask, settings, context, calibrated);
      known.set(ask.key, { ask, errors, measuredWith: settings.calibrationShots ?? null });
      // Exact values stand for infinitely many shots, in which all methods find what the inverse does.
      const more = context.shots === null ? unbiased(ask.observables, errors) : [];
      answer = yield { ...ask, observables: [...ask.observables, ...more] };
    } else if (ask.kind === 'expectations') {
      const defined = known.get(ask.key) as Defined;
      answer =
        context.shots === null
          ? yield* readExactly(ask, defined)
          : yield* readCounts(ask, defined, {
              method: settings.method,
              shots: context.shots,
              context,
            });
    } else {
      if (ask.kind === 'forget') known.delete(ask.key);
      answer = yield ask;
    }
    step = program.next(answer);
  }
  return step.value;
}

function* errorsOf(
  { circuit, wires }: Extract<Ask, { kind: 'define' }>,
  { calibrationShots }: ReadoutSettings,
  { noise, shots, warn }: RewriteContext,
  calibrated: Map<string, readonly BitError[]>,
): Generator<Ask, readonly BitError[], Answer> {
  const width = qubitCountOf(circuit);
  const model = noise?.(wires) ?? null;
  let errors: readonly BitError[];
  if (calibrationShots === undefined) {
    if (model === null) {
      throw new AppError(
        'bad-input',
        'The readout errors of this backend are not known from the spec. Give the technique “readout” calibrationShots, such as 10000, and they are measured there.',
        { path: 'mitigation' },
      );
    }
    errors = bitErrorsOf(model.readout, width);
    if (model.readout.length === 0) {
      warn('readout: the noise has no readout error, so nothing is taken out.');
    }
  } else if (shots === null) {
    throw new AppError(
      'bad-input',
      'calibrationShots measures the readout errors, but the values of this job are exact. Give the job “shots”, or leave calibrationShots out.',
      { path: 'mitigation' },
    );
  } else {
    const place = (wires ?? []).join(' ');
    const name = `readout ${width} ${place}`;
    const own = wires === undefined ? { circuit } : { circuit, wires };
    errors = calibrated.get(name) ?? (yield* measureReadout(name, own, calibrationShots));
    calibrated.set(name, errors);
  }
  const blind = unreadableBit(errors);
  if (blind < 0) return errors;
  throw new AppError(
    'bad-input',
    `Qubit ${wires?.[blind] ?? blind} is read as 0 and 1 alike whatever it was, so readout mitigation can bring nothing back. Leave it out of the circuit.`,
    { qubit: wires?.[blind] ?? blind },
  );
}

function unbiased(observables: readonly Observable[], errors: readonly BitError[]): Observable[] {
  return observables.map((one) => unbiasedObservable(one, errors));
}

function* readExactly(
  ask: AskOf<'expectations'>,
  { ask: { observables }, errors }: Defined,
): Generator<Ask, Answer, Answer> {
  const own = ask.observables.length;
  const both = [...ask.observables, ...ask.observables.map((which) => which + observables.length)];
  const answer = yield* asked({ ...ask, observables: both });
  const part = (from: number): AnswerOf<'expectations'> => ({
    kind: 'expectations',
    values: columns(answer.values, ask.items, own, from),
    stderrs: columns(answer.stderrs, ask.items, own, from),
  });
  return stepFrom(part(0), part(own), errors);
}

/** Half of the columns of a table with 2·`own` of them. */
function columns(table: Float64Array, items: number, own: number, from: number): Float64Array {
  return Float64Array.from(
    { length: items * own },
    (_, k) => table[Math.floor(k / own) * 2 * own + from + (k % own)] as number,
  );
}

function stepFrom(
  raw: AnswerOf<'expectations'>,
  mitigated: AnswerOf<'expectations'>,
  errors: readonly BitError[],
): AnswerOf<'expectations'> {
  const facts = { overhead: oneNormOfInverse(errors) ** 2 };
  return afterStep(raw, { technique: readout.id, ...estimatesOf(mitigated), facts });
}

function* readCounts(
  ask: AskOf<'expectations'>,
  { ask: { circuit, observables }, errors, measuredWith }: Defined,
  how: { readonly method: ReadoutMethod; readonly shots: number; readonly context: RewriteContext },
): Generator<Ask, Answer, Answer> {
  const qubits = qubitCountOf(circuit);
  const some = ask.observables.map((which) => observables[which] as Observable);
  const own = some.length;
  // By the inverse the same shots are read twice: as they are, and through the observables that undo the errors.
  const isInverse = how.method === 'inverse';
  const plan = measurementPlan(isInverse ? [...some, ...unbiased(some, errors)] : some, qubits);
  const { key, items, bindings } = ask;
  const bases = plan.settings.map(({ basis }) => basis);
  const shots = ask.shots ?? how.shots;
  const runs = { kind: 'runs', key, items, bindings, bases, shots } as const;
  const counts =
    bases.length === 0 ? [] : (yield* asked({ ...runs, ...under(ask, readout.id) })).counts;
  const raw = emptyAnswer(items * own);
  const fixed = emptyAnswer(items * own);
  for (let item = 0; item < items; item++) {
    const seen = counts.slice(item * bases.length, (item + 1) * bases.length);
    const read = readSettings(plan, seen);
    const better = isInverse
      ? { values: read.values.subarray(own), stderrs: read.stderrs.subarray(own) }
      : readCorrected(plan, seen, errors, how);
    if (measuredWith !== null) {
      const doubts = calibrationVariances(some, seen, errors, measuredWith);
      better.stderrs.forEach((stderr, k) => {
        better.stderrs[k] = Math.sqrt(stderr ** 2 + (doubts[k] as number));
      });
    }
    for (const [into, from] of [
      [raw, read],
      [fixed, better],
    ] as const) {
      into.values.set(from.values.subarray(0, own), item * own);
      into.stderrs.set(from.stderrs.subarray(0, own), item * own);
    }
  }
  return stepFrom(raw, fixed, errors);
}

function emptyAnswer(size: number): AnswerOf<'expectations'> {
  return {
    kind: 'expectations',
    values: new Float64Array(size),
    stderrs: new Float64Array(size),
  };
}

/** One row read from outcomes whose errors were taken out, setting by setting. */
function readCorrected(
  { constants, settings }: MeasurementPlan,
  seen: readonly Counts[],
  errors: readonly BitError[],
  { method, context }: { readonly method: ReadoutMethod; readonly context: RewriteContext },
): Estimates {
  const values = constants.slice();
  const variances = new Float64Array(values.length);
  settings.forEach(({ readings }, s) => {
    const corrected = correctReadout(seen[s] as Counts, errors, method);
    const warning = unseenWarning(corrected);
    if (warning !== null) context.warn(`readout: ${warning}`);
    for (const { observable, valueOf } of readings) {
      const { value, stderr } = corrected.mean(valueOf);
      values[observable] = (values[observable] as number) + value;
      variances[observable] = (variances[observable] as number) + stderr ** 2;
    }
  });
  return { values, stderrs: variances.map(Math.sqrt) };
}

/**
 * What the errors' own standard errors add to the variance of each value: the sum over them of how far the value
 * moves if one is off by as much.
 */
function calibrationVariances(
  observables: readonly Observable[],
  seen: readonly Counts[],
  errors: readonly BitError[],
  shots: number,
): Float64Array {
  const valuesAt = (some: readonly BitError[]) => {
    const undone = unbiased(observables, some);
    // The observables themselves keep the settings of the plan that was measured.
    const plan = measurementPlan([...observables, ...undone], errors.length);
    return readSettings(plan, seen).values.subarray(observables.length);
  };
  const usual = valuesAt(errors);
  const variances = new Float64Array(observables.length);
  const used = usedQubits(observables, errors.length);
  for (const qubit of used) {
    for (const which of ['read1Given0', 'read0Given1'] as const) {
      const own = errors[qubit] as BitError;
      const p = (own[which] * shots + 1) / (shots + 2);
      const moved = { ...own, [which]: own[which] + Math.sqrt((p * (1 - p)) / shots) };
      valuesAt(errors.with(qubit, moved)).forEach((value, k) => {
        variances[k] = (variances[k] as number) + (value - (usual[k] as number)) ** 2;
      });
    }
  }
  return variances;
}

function usedQubits(observables: readonly Observable[], qubits: number): readonly number[] {
  const all = Array.from({ length: qubits }, (_, q) => q);
  if (observables.some(({ kind }) => kind === 'diagonal')) return all;
  const used = new Set(
    observables.flatMap((one) =>
      one.kind === 'pauli'
        ? one.sum.terms.flatMap(({ factors }) => factors.map(({ qubit }) => qubit))
        : [],
    ),
  );
  return all.filter((q) => used.has(q));
}
