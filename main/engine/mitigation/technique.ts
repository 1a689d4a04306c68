import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { AskKind } from '../programs/program.ts';
import type { Rewrite } from '../programs/rewrite.ts';

export type TechniqueSettings = Readonly<Record<string, unknown>>;

export interface SettingsFault {
  /** Id of the parameter. */
  readonly path: string;
  readonly message: string;
}

/**
 * What a technique works on, from the backend up: how outcomes are read, which circuits run in place of one, how
 * strong their noise is, what is learnt from circuits with known values, and which state is looked at.
 */
export const places = ['reading', 'circuits', 'strength', 'learning', 'state'] as const;

/** An error mitigation technique: it rewrites any program. One file and one line in the registry each. */
export interface Technique {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDescriptor[];
  /** Techniques of a job stand in this order: each works on what those before it leave. */
  readonly place: (typeof places)[number];
  /** What it improves the answers of; a program that asks for none of these would be left as it is. */
  readonly serves: readonly AskKind[];
  /** How many times more circuits a run takes, for forecasts. */
  readonly overhead: (settings: TechniqueSettings) => number;
  /** What is wrong with settings that each fit their descriptor; found before anything runs. */
  readonly fault: (settings: TechniqueSettings) => SettingsFault | null;
  readonly rewrite: (settings: TechniqueSettings) => Rewrite;
}
