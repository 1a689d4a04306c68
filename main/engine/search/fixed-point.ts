import { searchView } from '#shared/problems/views/search.ts';
import { search } from '#shared/results/kinds/search.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { fixedPointCircuit } from './grover-circuit.ts';
import { searchNeeds } from './grover.ts';
import { outcomesOf, searchResult } from '../algorithms/search-result.ts';
import { callsTold } from './unknown-number.ts';

export const fixedPointSearch = defineAlgorithm({
  id: 'fixed-point-search',
  title: 'Fixed-point search',
  summary:
    'Amplifies by phases that cannot overshoot: any share of solutions above a least one is found as surely as was asked (Yoder, Low and Chuang 2014).',
  source: 'Yoder, Low and Chuang 2014, arXiv:1409.3305',
  limits: '14 bits',
  kind: 'quantum',
  takes: searchView,
  result: search,
  steps: { name: 'oracle calls', areCourse: true },
  parameters: [
    {
      kind: 'number',
      id: 'delta',
      title: 'Amplitude of failure δ',
      help: 'The string that is read is no solution with probability δ² at most.',
      default: 0.1,
      min: 1e-4,
      max: 1,
      exclusiveMax: true,
    },
    {
      kind: 'number',
      id: 'leastShare',
      title: 'Least share of solutions',
      help: 'Share of all strings that are solutions at least. Empty: that of a single one.',
      default: null,
      min: 0,
      exclusiveMin: true,
      max: 1,
    },
  ],
  canPause: true,
  accuracy: 0.01,
  asks: () => ['samples'],
  needs: (problem) => ({ ...searchNeeds(problem), qubits: problem.variables + 1 }),
  *run(input) {
    const { variables, isMarked } = input.view;
    const { delta, leastShare = 1 / isMarked.length } = input.settings as {
      readonly delta: number;
      readonly leastShare?: number;
    };
    const pairs = pairsFor(delta, leastShare);
    const circuit = fixedPointCircuit(variables, isMarked, { pairs, delta });
    const outcomes = yield* outcomesOf(circuit, input);
    // Marks are written and taken back in each iteration.
    const oracleCalls = 2 * pairs * Math.max(1, input.usage().shots) + 1;
    yield callsTold(oracleCalls, `${pairs} iterations`);
    const effort = { iterations: pairs, oracleCalls, ...input.usage() };
    return { result: searchResult(input.view, outcomes, effort), warnings: [] };
  },
});

/** Iterations l of which the length L = 2l + 1 is at least ln(2/δ)/√λ. */
export function pairsFor(delta: number, share: number): number {
  return Math.max(1, Math.ceil((Math.log(2 / delta) / Math.sqrt(share) - 1) / 2));
}
