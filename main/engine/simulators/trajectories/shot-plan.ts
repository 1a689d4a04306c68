import type { Rng } from '#shared/base/rng.ts';
import type { CircuitStep } from '../../kernels/gate-step.ts';
import type { ParameterWriter } from '../../kernels/planning/parameter-writer.ts';

/** What makes a shot differ from one in which nothing happens. */
export interface ShotStart {
  /** What the probability of having stayed falls to where the shot first jumps. */
  readonly limit: number;
  /** Words of assembly/flipped-shot.ts. */
  readonly events: readonly number[];
}

/** A noisy circuit ready for the kernels of shots. */
export interface ShotPlan {
  /** The function of assembly/shots.ts that runs it. */
  readonly pass: 'flippedShots' | 'jumpingShots';
  /** What happens in each segment where nothing jumps. */
  readonly segments: readonly (readonly CircuitStep[])[];
  /** How long a shot takes, and so how many of them make a block. */
  readonly gateCount: number;
  /** Writes the records of assembly/shot-run.ts and returns the position of the first. */
  writeSegments(writer: ParameterWriter): number;
  /** How a shot begins; null where nothing happens in it. `stayed`: probability of that. */
  draw(rng: Rng, stayed: number): ShotStart | null;
}

/** Bytes of the record of a segment. */
export const segmentBytes = 32;
