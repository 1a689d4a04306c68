import { indexAt, stringCount, packIndices, textOf } from '#shared/base/packed-bits.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { type SearchProblem, solutionsOf } from '#shared/problems/views/search.ts';
import type { SearchResult } from '#shared/results/kinds/search.ts';
import type { AlgorithmInput } from '../algorithms/algorithm.ts';
import { ask } from '../programs/ask.ts';
import type { Counts, Program } from '../programs/program.ts';

/** Outcomes of a circuit: every string with how likely it is, those that never came left out. */
export interface Outcomes {
  readonly indices: readonly number[];
  readonly probabilities: readonly number[];
}

/** Shots of a circuit where neither the job nor exact answers say how likely its outcomes are. */
const usualShots = 1000;

/** How a circuit is read: exactly where that is to be had, otherwise by shots. */
export function* outcomesOf(circuit: Circuit, input: AlgorithmInput): Program<Outcomes> {
  const key = 'search';
  const one = { key, items: 1, bindings: new Float64Array(0) };
  const isExact = input.shots === null && input.answers.has('probabilities');
  const operations = circuit.operations.filter(({ kind }) => kind !== 'measure');
  const unread = { ...circuit, operations, bitRegisters: [] };
  yield { kind: 'define', key, circuit: isExact ? unread : circuit, observables: [] };
  const outcomes = isExact
    ? withWeight((yield* ask({ ...one, kind: 'probabilities' })).values)
    : frequencies(
        (yield* ask({ ...one, kind: 'samples', shots: input.shots ?? usualShots }))
          .counts[0] as Counts,
      );
  yield { kind: 'forget', key };
  return outcomes;
}

/** One shot of a circuit. */
export function* readOnce(circuit: Circuit, round: number): Program<number> {
  const key = `search ${round}`;
  yield { kind: 'define', key, circuit, observables: [] };
  const one = { key, items: 1, bindings: new Float64Array(0), shots: 1 };
  const answer = yield* ask({ ...one, kind: 'samples' });
  yield { kind: 'forget', key };
  return indexAt((answer.counts[0] as Counts).outcomes, 0);
}

function withWeight(values: Float64Array): Outcomes {
  const indices = Array.from(values, (_, k) => k).filter((k) => (values[k] as number) > 1e-15);
  return { indices, probabilities: indices.map((k) => values[k] as number) };
}

function frequencies({ outcomes, counts }: Counts): Outcomes {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    indices: Array.from({ length: stringCount(outcomes) }, (_, k) => indexAt(outcomes, k)),
    probabilities: Array.from(counts, (count) => count / total),
  };
}

/** What was read of the last circuit as a result; the most probable solution among it is the one that was found. */
export function searchResult(
  problem: SearchProblem,
  { indices, probabilities }: Outcomes,
  effort: Pick<
    SearchResult,
    'iterations' | 'oracleCalls' | 'circuits' | 'shots' | 'gates' | 'qubits'
  >,
): SearchResult {
  const { variables, isMarked } = problem;
  const solutions = solutionsOf(problem).length;
  const strings = isMarked.length;
  const texts = packIndices(variables, indices);
  const order = indices
    .map((index, k) => ({
      k,
      index,
      bits: textOf(texts, k),
      isSolution: isMarked[index] === 1,
      probability: Math.min(1, probabilities[k] as number),
    }))
    .toSorted((a, b) => b.probability - a.probability || a.index - b.index);
  const hit = order.find(({ isSolution }) => isSolution);
  const success = order.reduce((sum, one) => sum + (one.isSolution ? one.probability : 0), 0);
  return {
    found:
      hit === undefined
        ? null
        : {
            x: Array.from({ length: variables }, (_, i) => (((hit.index >>> i) & 1) === 1 ? 1 : 0)),
            bits: hit.bits,
          },
    successProbability: Math.min(1, success),
    samples: order
      .slice(0, 100)
      .map(({ bits, isSolution, probability }) => ({ bits, isSolution, probability })),
    exact: { solutions, strings, classicalCalls: (strings + 1) / (solutions + 1) },
    ...effort,
  };
}
