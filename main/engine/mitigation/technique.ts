import type { Rng } from '#shared/base/rng.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Program } from '../programs/program.ts';

export type TechniqueSettings = Readonly<Record<string, unknown>>;

export interface SettingsFault {
  /** Id of the parameter. */
  readonly path: string;
  readonly message: string;
}

export interface MitigationContext {
  readonly rng: Rng;
  /** Tells what the result's reader has to know; the same words again are told once. */
  readonly warn: (warning: string) => void;
}

/** An error mitigation technique: it wraps any program. One file and one line in the registry each. */
export interface Technique {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDescriptor[];
  /** How many times more circuits a run takes, for forecasts. */
  readonly overhead: (settings: TechniqueSettings) => number;
  /** What is wrong with settings that each fit their descriptor; found before anything runs. */
  readonly fault: (settings: TechniqueSettings) => SettingsFault | null;
  readonly wrap: <T>(
    program: Program<T>,
    settings: TechniqueSettings,
    context: MitigationContext,
  ) => Program<T>;
}
