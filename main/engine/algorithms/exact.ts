import { AppError } from '#shared/base/errors.ts';
import {
  packBits,
  type PackedBits,
  stringAt,
  stringCount,
  textOf,
} from '#shared/base/packed-bits.ts';
import type { BinaryProblem } from '#shared/problems/binary-problem.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation, type OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { bitModel } from '../binary/bit-model.ts';
import { branchAndBound } from '../binary/branch-and-bound.ts';
import { assignmentsPerSecond, enumerate } from '../binary/enumerate.ts';
import type { Answer, Ask, Told } from '../programs/program.ts';
import { algorithmOf, wayOf } from './algorithm.ts';
import { diagonalisation, levelsAlong } from './diagonalisation.ts';
import {
  type ExactSolution,
  exactSolutionBytes,
  listedLimit,
  solveExactly,
} from './exact-solution.ts';
import { gridValue } from './grid-value.ts';
import { markedStrings } from './marked-strings.ts';
import { assignmentOf, classicalEffort, optimisationResult } from './optimisation-result.ts';

/** Beyond it even two additions an assignment take minutes, and each variable doubles them. */
const triedLimit = 34;

const bruteForce = wayOf({
  takes: binaryView,
  result: optimisation,
  needs: ({ variables }) => ({
    ownBytes: exactSolutionBytes(variables),
    qubits: null,
    answerBytes: 0,
  }),
  *run({ view: problem, settings }) {
    if (problem.variables > triedLimit) {
      throw new AppError(
        'too-large',
        `Exact search reaches ${triedLimit} variables; this problem has ${problem.variables}. Use highs, which proves optima of larger problems where it can, or tabu, parallel-tempering or simulated-annealing instead.`,
        { variables: problem.variables },
      );
    }
    yield told(0, `Trying 2^${problem.variables} assignments${timeOf(problem)}`);
    const result = problem.variables <= listedLimit ? listed(problem) : yield* searched(problem);
    return {
      result,
      warnings:
        settings['states'] === undefined
          ? []
          : [
              `settings.states has no effect on a function of bits: all of its optima are listed up to ${listedLimit} variables, one beyond.`,
            ],
    };
  },
});

function timeOf({ variables, constraints }: BinaryProblem): string {
  const seconds = 2 ** variables / assignmentsPerSecond;
  if (seconds < 1) return '';
  return `, ${constraints.length === 0 ? 'about' : 'at most some'} ${Math.ceil(seconds)} s`;
}

function told(fraction: number | null, message: string): Told {
  return { kind: 'progress', progress: { fraction, message, step: 0, metrics: {} } };
}

/** With every optimum, and the worst value beside it. */
function listed(problem: BinaryProblem): OptimisationResult {
  const solution = solveExactly(problem);
  if (solution === null) throw infeasible();
  return {
    ...resultOf(problem, stringAt(solution.optima, 0), solution),
    optima: Array.from({ length: stringCount(solution.optima) }, (_, k) =>
      textOf(solution.optima, k),
    ),
  };
}

/** One optimum: by trying every assignment, or by branch and bound under constraints. */
function* searched(problem: BinaryProblem): Generator<Ask, OptimisationResult, Answer> {
  const model = bitModel(problem.objective, problem.sense);
  const isFree = problem.constraints.length === 0;
  const search = isFree ? enumerate(model) : branchAndBound(model, problem.constraints);
  let step = search.next();
  while (step.done !== true) {
    const { value } = step;
    yield isFree
      ? told(value, `${(100 * value).toFixed(1)} % of 2^${problem.variables} assignments`)
      : told(null, `${value} branches`);
    step = search.next();
  }
  if (step.value === null) throw infeasible();
  return resultOf(problem, packBits(step.value), null);
}

function resultOf(
  problem: BinaryProblem,
  optimum: PackedBits,
  solution: ExactSolution | null,
): OptimisationResult {
  const best = assignmentOf(problem, optimum, 0);
  const result = optimisationResult(
    problem,
    { assignments: optimum, probabilities: Float64Array.of(1) },
    best,
    solution,
    classicalEffort(2 ** problem.variables),
    null,
  );
  return { ...result, proof: { status: 'proven', bound: best.value, gap: 0 } };
}

function infeasible(): AppError {
  return new AppError(
    'bad-input',
    'The problem has no solution: no assignment satisfies its constraints.',
    {
      path: 'problem',
    },
  );
}

export const exact = algorithmOf(
  {
    id: 'exact',
    title: 'Exact (brute force, diagonalisation or sum)',
    summary: `Looks at every assignment of up to ${triedLimit} variables, finds the lowest energies of a Hamiltonian, or adds up a payoff over its grid: the answer that others are measured against.`,
    source:
      'Lanczos 1950 for the lowest energy; enumeration, a Gray code, or branch and bound for assignments',
    limits: '34 variables; 16 qubits, 24 for the lowest energy alone',
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
  [bruteForce, diagonalisation, levelsAlong, gridValue, markedStrings],
);
