import type { Rng } from '#shared/base/rng.ts';
import type { BackendFacts } from './facts.ts';
import type { Program } from './program.ts';

/** What a rewrite may know of where its program runs, and whom it may tell something. */
export interface RewriteContext {
  readonly facts: BackendFacts;
  /** Shots of a run; null: answers are exact. */
  readonly shots: number | null;
  readonly rng: Rng;
  /** Tells what the result's reader has to know; the same words again are told once. */
  readonly warn: (warning: string) => void;
}

/** Stands between a program and its backend: gradients, mitigation, counting, lowering. */
export type Rewrite = <T>(program: Program<T>, context: RewriteContext) => Program<T>;
