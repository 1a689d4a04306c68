import { rngOf } from '#shared/base/rng.ts';
import type { BinaryProblem } from '#shared/problems/binary-problem.ts';
import { ChainReader, embed } from '../embedding/embedded.ts';
import type { EmbeddingSettings } from '../embedding/settings.ts';
import type { Program } from '../programs/program.ts';
import { type Landscape, penalisedForm } from './search.ts';

/** What a search walks on, and how a read of it is read. */
export interface Ground {
  readonly landscape: Landscape;
  /** Null: reads are assignments as they are. */
  readonly chains: ChainReader | null;
}

/** The problem on chains of qubits where a method is to stand for a machine; else `plain`. */
export function* groundOf(
  problem: BinaryProblem,
  embedding: EmbeddingSettings | undefined,
  seed: number,
  plain: (problem: BinaryProblem) => Landscape,
): Program<Ground> {
  if (embedding === undefined) return { landscape: plain(problem), chains: null };
  const search = embed(penalisedForm(problem), problem.sense, embedding, rngOf(seed, 210));
  let step = search.next();
  while (step.done !== true) {
    const message = step.value;
    yield { kind: 'progress', progress: { fraction: null, message, step: 0, metrics: {} } };
    step = search.next();
  }
  const { model } = step.value;
  return {
    landscape: { problem, model, ones: null },
    chains: new ChainReader(step.value, embedding.breaks, rngOf(seed, 211)),
  };
}
