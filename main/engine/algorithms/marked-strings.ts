import { searchView, solutionsOf } from '#shared/problems/views/search.ts';
import { search } from '#shared/results/kinds/search.ts';
import { searchResult } from './search-result.ts';
import { wayOf } from './algorithm.ts';
import { classicalEffort } from './optimisation-result.ts';

/** Looks at every string: every solution, each as likely. */
export const markedStrings = wayOf({
  takes: searchView,
  result: search,
  needs: ({ isMarked }) => ({ ownBytes: 24 * isMarked.length, qubits: null, answerBytes: 0 }),
  *run({ view: problem, settings }) {
    const strings = problem.isMarked.length;
    yield {
      kind: 'progress',
      progress: {
        fraction: 0,
        message: `Looking at ${strings} strings`,
        step: 0,
        metrics: {},
      },
    };
    const indices = solutionsOf(problem);
    const outcomes = { indices, probabilities: indices.map(() => 1 / indices.length) };
    const { evaluations: oracleCalls, ...usage } = classicalEffort(strings);
    return {
      result: searchResult(problem, outcomes, { iterations: 0, oracleCalls, ...usage }),
      warnings:
        settings['states'] === undefined ? [] : ['settings.states has no effect on a search.'],
    };
  },
});
