import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { Program, Told } from '../programs/program.ts';
import { groverCircuit } from './grover-circuit.ts';
import { readOnce } from '../algorithms/search-result.ts';

/** By which the range of iterations grows after a string that was none; between 1 and 4/3. */
const growth = 6 / 5;

/** How a search went whose number of solutions was not known. */
export interface Attempt {
  /** The index of a marked string; null: none was read with what was allowed. */
  readonly found: number | null;
  /** Every string that was read, the marked one last. */
  readonly read: readonly number[];
  /** Of the last circuit. */
  readonly iterations: number;
  /** Iterations of all circuits, and a check for each string that was read. */
  readonly calls: number;
}

interface Limits {
  readonly calls: number;
  readonly seed: number;
  readonly stream: number;
  /** What is told after each string. */
  readonly told: (calls: number, message: string) => Told;
}

/**
 * Search for an unknown number of marked strings (Boyer, Brassard, Høyer and Tapp, quant-ph/9605034): a random
 * number of iterations below a bound that grows, one shot, one check. Its calls are at most 9/2·√(N/t) in the
 * mean for t marked strings; it gives up beyond `limits.calls`.
 */
export function* searchUnknown(
  variables: number,
  isMarked: Uint8Array,
  limits: Limits,
): Program<Attempt> {
  const rng: Rng = rngOf(limits.seed, 621, limits.stream);
  const most = Math.sqrt(isMarked.length);
  const read: number[] = [];
  let [bound, calls, iterations] = [1, 0, 0];
  for (let round = 0; calls <= limits.calls; round++) {
    iterations = rng.below(Math.ceil(bound));
    const circuit = groverCircuit(variables, isMarked, iterations);
    const index = yield* readOnce(circuit, limits.stream * 1e4 + round);
    read.push(index);
    calls += iterations + 1;
    yield limits.told(calls, `${read.length} strings read`);
    if (isMarked[index] === 1) return { found: index, read, iterations, calls };
    bound = Math.min(growth * bound, most);
  }
  return { found: null, read, iterations, calls };
}

export function callsTold(calls: number, message: string): Told {
  return {
    kind: 'progress',
    progress: { fraction: null, message, step: calls, metrics: {} },
  };
}
