import type { Rng } from '#shared/base/rng.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';

/** What an optimiser wants to know: f (and ∇f) at `count` points, row-major. */
export interface OptimizerAsk {
  readonly count: number;
  readonly points: Float64Array;
  readonly needsGradient: boolean;
  /** Whether the metric of the states is wanted as well; `count` is 1 then. */
  readonly needsMetric?: boolean;
  /** Only the overlaps of the first point's state with those of the others are wanted, and no value. */
  readonly needsOverlaps?: boolean;
  /** Shots for the slope by each number, where the optimiser chooses them; `count` is 1 then. */
  readonly shots?: readonly number[];
  /** Iterations finished so far, for progress. */
  readonly iteration: number;
}

export interface OptimizerAnswer {
  readonly values: Float64Array;
  /** Row-major; empty where no gradient was asked for. */
  readonly gradients: Float64Array;
  /** Standard errors of the gradients, where shots were chosen for them. */
  readonly gradientErrors?: Float64Array;
  /** Fubini-Study metric at the point, row-major, where it was asked for. */
  readonly metric?: Float64Array;
  /** |⟨ψ(first)|ψ(other)⟩|² for every other point, where they were asked for. */
  readonly overlaps?: Float64Array;
}

export interface OptimizerResult {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** False: it stopped at its limit of iterations or evaluations. */
  readonly converged: boolean;
}

export type OptimizerRun = Generator<OptimizerAsk, OptimizerResult, OptimizerAnswer>;

/** A minimiser as a conversation: it asks for values, whoever runs it answers. One file each. */
export interface Optimizer {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDescriptor[];
  readonly usesGradient: boolean;
  /** Whether it wants the metric of the states as well. */
  readonly usesMetric?: boolean;
  /** Whether it wants overlaps of states as well. */
  readonly usesOverlaps?: boolean;
  /** Rough number of iterations under these settings, for a forecast. */
  readonly expectedIterations: (settings: OptimizerSettings) => number;
  readonly minimise: (start: Float64Array, settings: OptimizerSettings, rng: Rng) => OptimizerRun;
}

export type OptimizerSettings = Readonly<Record<string, unknown>>;

/** A number that the descriptors have already checked and filled in. */
export function numberSetting(settings: OptimizerSettings, id: string): number {
  return settings[id] as number;
}

export const maxIterations = (value: number): ParameterDescriptor => ({
  kind: 'integer',
  id: 'maxIterations',
  title: 'Most iterations',
  help: 'The run stops after this many iterations even when it has not converged.',
  default: value,
  min: 1,
  max: 100_000,
});

export const tolerance = (value: number, help: string): ParameterDescriptor => ({
  kind: 'number',
  id: 'tolerance',
  title: 'Tolerance',
  help,
  default: value,
  min: 0,
  advanced: true,
});

/** Values at several points, one call. */
export function* evaluateAll(
  points: readonly Float64Array[],
  iteration: number,
): Generator<OptimizerAsk, Float64Array, OptimizerAnswer> {
  const size = points[0]?.length ?? 0;
  const rows = new Float64Array(points.length * size);
  points.forEach((point, row) => rows.set(point, row * size));
  const answer = yield { count: points.length, points: rows, needsGradient: false, iteration };
  return answer.values;
}
