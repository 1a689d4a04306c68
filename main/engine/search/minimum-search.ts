import { AppError } from '#shared/base/errors.ts';
import { packIndices } from '#shared/base/packed-bits.ts';
import { rngOf } from '#shared/base/rng.ts';
import {
  allValues,
  type BinaryProblem,
  isBetter,
  isFeasible,
  valueAt,
} from '#shared/problems/binary-problem.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { exactSolutionBytes, solveExactly } from '../algorithms/exact-solution.ts';
import { assignmentOf, optimisationResult } from '../algorithms/optimisation-result.ts';
import type { Told } from '../programs/program.ts';
import { searchUnknown } from './unknown-number.ts';

/** Circuits of more take longer than a look at every assignment would. */
const mostVariables = 12;

/**
 * Minimum search (Dürr and Høyer, quant-ph/9607014): whatever is better than the best so far is marked and
 * searched for, until the calls are used up. With 22.5·√N + 1.4·log₂²N of them it misses the optimum at most
 * every second time; each further round of as many halves that. What breaks a constraint is never marked.
 */
export const minimumSearch = defineAlgorithm({
  id: 'minimum-search',
  title: 'Grover search for the optimum',
  summary:
    'Searches for something better than the best so far, again and again, by Grover iterations of a random number (Dürr and Høyer 1996).',
  source: 'Dürr and Høyer 1996, quant-ph/9607014',
  limits: '12 bits',
  kind: 'quantum',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'oracle calls', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'rounds',
      title: 'Rounds',
      help: 'Each round of calls halves at least how often the optimum is missed.',
      default: 4,
      min: 1,
      max: 100,
    },
  ],
  canPause: true,
  asks: () => ['samples'],
  needs: ({ variables }) => ({
    ownBytes: exactSolutionBytes(variables) + 80 * 2 ** Math.min(variables, mostVariables),
    qubits: variables,
    answerBytes: 0,
  }),
  *run({ view: problem, settings, seed, usage }) {
    const { variables } = problem;
    if (variables > mostVariables) throw tooWide(variables);
    const size = 2 ** variables;
    const budget = (settings['rounds'] as number) * (22.5 * Math.sqrt(size) + 1.4 * variables ** 2);
    const rate = ratingOf(problem);
    const counts = new Map<number, number>();
    let best = rngOf(seed, 622).below(size);
    let left = budget;
    for (let stream = 0; left > 0; stream++) {
      const marks = Uint8Array.from({ length: size }, (_, index) => (rate(index, best) ? 1 : 0));
      const told = toldOf(problem, best, { budget, left });
      const attempt = yield* searchUnknown(variables, marks, { calls: left, seed, stream, told });
      for (const index of attempt.read) counts.set(index, (counts.get(index) ?? 0) + 1);
      left -= attempt.calls;
      if (attempt.found !== null) best = attempt.found;
    }
    const used = usage();
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const distribution = {
      assignments: packIndices(variables, [...counts.keys()]),
      probabilities: Float64Array.from(counts.values(), (count) => count / total),
    };
    const found = packIndices(variables, [best]);
    const result = optimisationResult(
      problem,
      distribution,
      isFeasible(problem, found, 0) ? assignmentOf(problem, found, 0) : null,
      solveExactly(problem),
      { evaluations: Math.round(budget - left), ...used },
      total,
    );
    return { result, warnings: [] };
  },
});

/** Whether one assignment is feasible and better than another one, which may break a constraint. */
function ratingOf(problem: BinaryProblem): (index: number, than: number) => boolean {
  const values = allValues(problem.objective);
  const all = packIndices(
    problem.variables,
    Array.from(values, (_, index) => index),
  );
  const allowed = Array.from(values, (_, index) => isFeasible(problem, all, index));
  return (index, than) =>
    allowed[index] === true &&
    (allowed[than] !== true || isBetter(problem, values[index] as number, values[than] as number));
}

/** Progress with the best value so far, once there is one. */
function toldOf(
  problem: BinaryProblem,
  best: number,
  { budget, left }: { readonly budget: number; readonly left: number },
) {
  const found = packIndices(problem.variables, [best]);
  const metrics: Record<string, number> = isFeasible(problem, found, 0)
    ? { best: valueAt(problem.objective, found, 0) }
    : {};
  return (calls: number, message: string): Told => ({
    kind: 'progress',
    progress: {
      fraction: Math.min(1, (budget - left + calls) / budget),
      message,
      step: budget - left + calls,
      metrics,
    },
  });
}

function tooWide(variables: number): AppError {
  return new AppError(
    'too-large',
    `“minimum-search” reaches ${mostVariables} variables, because its circuits list what is better; this problem has ${variables}. Use qaoa, exact or highs instead.`,
    { variables },
  );
}
