import { gridProbabilities, payoffView, qubitsOfGrid } from '#shared/problems/views/payoff.ts';
import { estimation } from '#shared/results/kinds/estimation.ts';
import { expectedPayoff, meansOnGrid } from './expected-payoff.ts';
import { riskOf } from './risk.ts';
import { wayOf } from './algorithm.ts';

/** The expected payoff by adding up all points of the grid. */
export const gridValue = wayOf({
  takes: payoffView,
  result: estimation,
  needs: (problem) => ({
    ownBytes: 32 * 2 ** qubitsOfGrid(problem),
    qubits: null,
    answerBytes: 0,
  }),
  *run({ view: problem, settings }) {
    yield {
      kind: 'progress',
      progress: {
        fraction: 0,
        message: `Adding up 2^${qubitsOfGrid(problem)} points`,
        step: 0,
        metrics: {},
      },
    };
    const { grid, delta } = meansOnGrid(problem);
    const certain = (value: number) => ({ value, interval: [value, value] as const });
    return {
      result: {
        ...expectedPayoff(problem, {
          payoff: certain(grid),
          delta: delta === null ? null : certain(delta),
          risk: riskOf(problem, gridProbabilities(problem)),
          course: [],
        }),
        confidence: 1,
        oracleCalls: 0,
        circuits: 0,
        shots: 0,
        gates: 0,
        qubits: 0,
      },
      warnings:
        settings['states'] === undefined
          ? []
          : ['settings.states has no effect on an expected payoff.'],
    };
  },
});
