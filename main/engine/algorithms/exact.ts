import { AppError } from '#shared/base/errors.ts';
import { stringAt, stringCount, textOf } from '#shared/base/packed-bits.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { algorithmOf, wayOf } from './algorithm.ts';
import { diagonalisation } from './diagonalisation.ts';
import { bruteForceLimit, exactSolutionBytes, solveExactly } from './exact-solution.ts';
import { gridValue } from './grid-value.ts';
import { assignmentOf, classicalEffort, optimisationResult } from './optimisation-result.ts';

const bruteForce = wayOf({
  takes: binaryView,
  result: optimisation,
  needs: ({ variables }) => ({
    ownBytes: exactSolutionBytes(variables),
    qubits: null,
    answerBytes: 0,
  }),
  *run({ view: problem, settings }) {
    if (problem.variables > bruteForceLimit) {
      throw new AppError(
        'too-large',
        `Brute force reaches ${bruteForceLimit} variables; this problem has ${problem.variables}. Use simulated-annealing instead.`,
        { variables: problem.variables },
      );
    }
    yield {
      kind: 'progress',
      progress: {
        fraction: 0,
        message: `Trying 2^${problem.variables} assignments`,
        step: 0,
        metrics: {},
      },
    };
    const solution = solveExactly(problem);
    if (solution === null)
      throw new AppError('bad-input', 'No assignment satisfies the constraint.', {});
    const effort = classicalEffort(2 ** problem.variables);
    const result = optimisationResult(
      problem,
      { assignments: stringAt(solution.optima, 0), probabilities: Float64Array.of(1) },
      assignmentOf(problem, solution.optima, 0),
      solution,
      effort,
      null,
    );
    return {
      result: {
        ...result,
        optima: Array.from({ length: stringCount(solution.optima) }, (_, k) =>
          textOf(solution.optima, k),
        ),
      },
      warnings:
        settings['states'] === undefined
          ? []
          : ['settings.states has no effect on a function of bits: all of its optima are listed.'],
    };
  },
});

export const exact = algorithmOf(
  {
    id: 'exact',
    title: 'Exact (brute force, diagonalisation or sum)',
    summary: `Looks at every assignment of up to ${bruteForceLimit} variables, finds the lowest energies of a Hamiltonian, or adds up a payoff over its grid: the answer that others are measured against.`,
    kind: 'classical',
    steps: { name: 'steps', areCourse: true },
    parameters: [
      {
        kind: 'integer',
        id: 'states',
        title: 'States',
        help: 'How many of the lowest energies of a Hamiltonian are found. Empty: 1.',
        default: null,
        min: 1,
        max: 100,
        advanced: true,
      },
    ],
    canPause: true,
    asks: () => [],
  },
  [bruteForce, diagonalisation, gridValue],
);
