import type { Rng } from '#shared/base/rng.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Program } from '../programs/program.ts';

export type TechniqueSettings = Readonly<Record<string, unknown>>;

/** An error mitigation technique: it wraps any program. One file and one line in the registry each. */
export interface Technique {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDescriptor[];
  /** How many times more circuits a run takes, for forecasts. */
  readonly overhead: (settings: TechniqueSettings) => number;
  readonly wrap: <T>(program: Program<T>, settings: TechniqueSettings, rng: Rng) => Program<T>;
}
