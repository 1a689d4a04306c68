import type { Rng } from '#shared/base/rng.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import type { BackendFacts } from './facts.ts';
import type { Program } from './program.ts';

/** What a rewrite may know of where its program runs, and whom it may tell something. */
export interface RewriteContext {
  readonly facts: BackendFacts;
  /** Shots of a run; null: answers are exact. */
  readonly shots: number | null;
  readonly rng: Rng;
  /**
   * What the spec says of the noise that a circuit meets there, on these wires of a machine where it was compiled
   * to one; null: only the backend knows.
   */
  readonly noise: ((wires?: readonly number[]) => NoiseModel) | null;
  /** Memory for what a rewrite simulates by itself. */
  readonly freeBytes: number;
  /** Tells what the result's reader has to know; the same words again are told once. */
  readonly warn: (warning: string) => void;
}

/** Stands between a program and its backend: gradients, mitigation, counting, lowering. */
export type Rewrite = <T>(program: Program<T>, context: RewriteContext) => Program<T>;
