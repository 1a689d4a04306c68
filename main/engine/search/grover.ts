import { type SearchProblem, searchView } from '#shared/problems/views/search.ts';
import { search } from '#shared/results/kinds/search.ts';
import { defineAlgorithm, type Needs, type ViewInput } from '../algorithms/algorithm.ts';
import type { Program } from '../programs/program.ts';
import type { SearchResult } from '#shared/results/kinds/search.ts';
import { groverCircuit } from './grover-circuit.ts';
import { outcomesOf, searchResult } from '../algorithms/search-result.ts';
import { callsTold, searchUnknown } from './unknown-number.ts';

export const grover = defineAlgorithm({
  id: 'grover',
  title: 'Grover search',
  summary:
    'Amplifies marked strings: by π/4 of a root of iterations where their number is known, by a growing random number where it is not (Grover 1996; Boyer et al. 1996).',
  source: 'Grover 1996; Boyer et al. 1996, quant-ph/9605034',
  limits: '14 bits',
  kind: 'quantum',
  takes: searchView,
  result: search,
  steps: { name: 'oracle calls', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'solutions',
      title: 'Number of solutions',
      help: 'How many strings are marked, where that is known. Empty: it is not, and strings are read one by one until one is.',
      default: null,
      min: 1,
    },
    {
      kind: 'integer',
      id: 'iterations',
      title: 'Iterations',
      help: 'Amplifications of the circuit. Empty: as many as suit the number of solutions.',
      default: null,
      min: 0,
      max: 10_000,
      advanced: true,
    },
  ],
  isUsual: true,
  canPause: true,
  asks: () => ['samples'],
  needs: searchNeeds,
  *run(input) {
    const { solutions, iterations } = input.settings as {
      readonly solutions?: number;
      readonly iterations?: number;
    };
    const known =
      iterations ?? (solutions === undefined ? null : bestIterations(solutions, input.view));
    const result = known === null ? yield* tried(input) : yield* amplifiedBy(known, input);
    return { result, warnings: [] };
  },
});

/** ⌊π/(4θ)⌋ with sin²θ the share of solutions: one turn more would go beyond them. */
function bestIterations(solutions: number, { isMarked }: SearchProblem): number {
  const angle = Math.asin(Math.sqrt(Math.min(1, solutions / isMarked.length)));
  return Math.floor(Math.PI / (4 * angle));
}

function* amplifiedBy(iterations: number, input: ViewInput<SearchProblem>): Program<SearchResult> {
  const { variables, isMarked } = input.view;
  const outcomes = yield* outcomesOf(groverCircuit(variables, isMarked, iterations), input);
  // Each shot applies every iteration; exact probabilities stand for one run. A string is checked at last.
  const oracleCalls = iterations * Math.max(1, input.usage().shots) + 1;
  yield callsTold(oracleCalls, `${iterations} iterations`);
  return searchResult(input.view, outcomes, { iterations, oracleCalls, ...input.usage() });
}

/** More than three times what the mean is bounded by for a single solution. */
function* tried(input: ViewInput<SearchProblem>): Program<SearchResult> {
  const { variables, isMarked } = input.view;
  const calls = 15 * Math.sqrt(isMarked.length);
  const limits = { calls, seed: input.seed, stream: 0, told: callsTold };
  const attempt = yield* searchUnknown(variables, isMarked, limits);
  const share = 1 / attempt.read.length;
  const counts = new Map<number, number>();
  for (const index of attempt.read) counts.set(index, (counts.get(index) ?? 0) + share);
  const outcomes = { indices: [...counts.keys()], probabilities: [...counts.values()] };
  const effort = { iterations: attempt.iterations, oracleCalls: attempt.calls, ...input.usage() };
  return searchResult(input.view, outcomes, effort);
}

/** Tables of marks and products, and the longest circuit's gates. */
export function searchNeeds({ variables, isMarked }: SearchProblem): Needs {
  return {
    ownBytes: 64 * isMarked.length,
    qubits: variables,
    answerBytes: 16 * 2 ** variables,
  };
}
