import { AppError } from '#shared/base/errors.ts';
import { BitCounter, type PackedBits, setBit, textOf, zeroBits } from '#shared/base/packed-bits.ts';
import type { ReadoutMethod, ReadoutRequest, ZneRequest } from '#shared/jobs/mitigate.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { measurementPlan } from '../lowering/settings.ts';
import type { Counts } from '../programs/program.ts';
import { amplificationOf, extrapolate, faultOfExtrapolation } from './extrapolate.ts';
import { bitErrorsOf } from './readout/confusion.ts';
import { correctReadout, unseenWarning, type ValueOf } from './readout/correct.ts';
import { nearestDistribution } from './readout/simplex.ts';
import { noExponential, notableAmplification } from './zne.ts';

export interface MitigatedCounts {
  readonly method: ReadoutMethod;
  /** Quasi-probabilities by outcome, bit 0 rightmost; entries under 1e-15 are left out. */
  readonly quasi: Readonly<Record<string, number>>;
  /** The probability distribution nearest to them. */
  readonly nearest: Readonly<Record<string, number>>;
  readonly expectations?: readonly {
    readonly observable: string;
    readonly value: number;
    readonly stderr: number;
  }[];
  /** How many times as many shots the same error needs as without readout errors. */
  readonly overhead: number;
  readonly warnings: readonly string[];
}

/** Tables over all outcomes of more bits are for those who ask for them. */
const usualWidth = 12;

/** Counts measured anywhere with their readout error taken out. */
export function mitigateCounts(request: ReadoutRequest): MitigatedCounts {
  const counts = packedCounts(request.counts);
  const { width } = counts.outcomes;
  const beyond = request.readout.find(({ qubit }) => qubit >= width);
  if (beyond !== undefined) {
    throw new AppError(
      'bad-input',
      `readout speaks of qubit ${beyond.qubit}, but the outcomes in counts have ${width} bits (0 to ${width - 1}).`,
      { path: 'readout' },
    );
  }
  const method = request.method ?? (width <= usualWidth ? 'inverse' : 'matrix-free');
  const corrected = correctReadout(counts, bitErrorsOf(request.readout, width), method);
  const { outcomes, quasi, overhead } = corrected;
  const expectations = request.observables?.map((observable) => {
    const { constant, valueOf } = readingOf(observable, width);
    const { value, stderr } = corrected.mean(valueOf);
    return { observable, value: constant + value, stderr };
  });
  return {
    method,
    quasi: byOutcome(outcomes, quasi),
    nearest: byOutcome(outcomes, nearestDistribution(quasi).probabilities),
    ...(expectations === undefined ? {} : { expectations }),
    overhead,
    warnings: [unseenWarning(corrected) ?? []].flat(),
  };
}

function packedCounts(given: Readonly<Record<string, number>>): Counts {
  const keys = Object.keys(given);
  const width = keys[0]?.length ?? 0;
  const other = keys.find((key) => key.length !== width);
  if (other !== undefined) {
    throw new AppError(
      'bad-input',
      `All outcomes in counts need the same number of bits; “${keys[0]}” has ${width}, “${other}” has ${other.length}.`,
      { path: 'counts' },
    );
  }
  const table = new BitCounter(width);
  for (const [key, count] of Object.entries(given)) {
    if (count === 0) continue;
    const bits = zeroBits(width, 1);
    for (let i = 0; i < width; i++) if (key[width - 1 - i] === '1') setBit(bits, 0, i);
    table.add(bits, 0, count);
  }
  const counts = table.counts();
  if (counts.counts.length > 0) return counts;
  throw new AppError('bad-input', 'counts holds no shot. Give each outcome that was seen.', {
    path: 'counts',
  });
}

function readingOf(text: string, width: number): { constant: number; valueOf: ValueOf } {
  const sum = parseObservable(text, width);
  if (sum.terms.some(({ factors }) => factors.some(({ letter }) => letter !== 'Z'))) {
    throw new AppError(
      'bad-input',
      `“${text}” has letters other than Z; counts of one basis tell of Z and I alone. Turn the qubits before they are measured, and name them as Z here.`,
      { path: 'observables' },
    );
  }
  const { constants, settings } = measurementPlan([{ kind: 'pauli', sum }], width);
  const reading = settings[0]?.readings[0];
  return { constant: constants[0] ?? 0, valueOf: reading?.valueOf ?? (() => 0) };
}

function byOutcome(outcomes: PackedBits, values: Float64Array): Record<string, number> {
  const entries = Array.from(values, (value, k) => [textOf(outcomes, k), value] as const);
  return Object.fromEntries(entries.filter(([, value]) => Math.abs(value) > 1e-15));
}

export interface MitigatedPoints {
  readonly value: number;
  /** Null where a point has no standard error of its own. */
  readonly stderr: number | null;
  readonly warnings: readonly string[];
}

/** Values at several strengths of the noise, extrapolated to none; refused where the result would not be worth anything. */
export function mitigatePoints(request: ZneRequest): MitigatedPoints {
  const { points, extrapolation } = request;
  const scales = points.map(({ scale }) => scale);
  const fault = faultOfExtrapolation(request, scales);
  if (fault !== null) {
    const path = fault.path === 'scaleFactors' ? 'points' : fault.path;
    throw new AppError('bad-input', fault.message, { path });
  }
  const values = points.map(({ value }) => value);
  const stderrs = points.map(({ stderr = 0 }) => stderr);
  const warnings: string[] = [];
  let fit = extrapolate(request, scales, values, stderrs);
  if (!Number.isFinite(fit.value)) {
    warnings.push(noExponential(values, request));
    fit = extrapolate({ extrapolation: 'linear' }, scales, values, stderrs);
  }
  const amplification = amplificationOf(request, scales);
  if (amplification > notableAmplification) {
    warnings.push(
      `The ${extrapolation} extrapolation makes errors of the points up to ${amplification.toPrecision(2)} times as large.`,
    );
  }
  const isKnown = points.every(({ stderr }) => stderr !== undefined);
  if (!isKnown) {
    warnings.push('Not every point has a standard error, so the extrapolated value has none.');
  }
  return { value: fit.value, stderr: isKnown ? fit.stderr : null, warnings };
}
