import { stringCount, zeroBits, type PackedBits } from '#shared/base/packed-bits.ts';
import { rngOf } from '#shared/base/rng.ts';
import { type BinaryProblem, isFeasible, toIsing } from '#shared/problems/binary-problem.ts';
import { violationOf } from '#shared/problems/penalties.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation, type OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import {
  type AlgorithmInput,
  defineAlgorithm,
  type Needs,
  type Outcome,
} from '../algorithms/algorithm.ts';
import { exactSolutionBytes, solveExactly } from '../algorithms/exact-solution.ts';
import { bestOf, optimisationResult } from '../algorithms/optimisation-result.ts';
import type { Program } from '../programs/program.ts';
import { extraQuestions } from '../training/minimise.ts';
import { type Adapted, grown } from './adaptive.ts';
import { drawn1000, isExact, measure, ownVariables, shotsOf } from './distribution.ts';
import { widestCone } from './light-cones.ts';
import { keepsConstraint, type Plan, planOf } from './plan.ts';
import { questionsOf } from './questions-of.ts';
import { type Bound, boundRecursively } from './recursive.ts';
import { riskOf } from './risk.ts';
import { qaoaFault, qaoaParameters, type QaoaSettings } from './settings.ts';
import { anglesByKind, type Effort, optimizerOf, type Trained, tuned } from './train.ts';

export const qaoa = defineAlgorithm({
  id: 'qaoa',
  title: 'QAOA',
  summary:
    'Alternates the cost and a mixer, and tunes their angles so that good assignments become likely.',
  source: 'Farhi, Goldstone and Gutmann 2014, arXiv:1411.4028',
  limits:
    'the qubits that the backend holds; with light cones 24 qubits a cone; a cut-off of 20 variables where it is recursive',
  kind: 'quantum',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'evaluations', areCourse: true },
  parameters: qaoaParameters,
  fault: qaoaFault,
  isUsual: true,
  canPause: true,
  canFinish: true,
  asks: (given, parts) => {
    const settings = given as unknown as QaoaSettings;
    const { recursive, adaptive, lightCones } = settings;
    const isDrawn = !recursive && !lightCones;
    return [
      ...new Set([
        ...(riskOf(settings) === null || recursive ? (['expectations'] as const) : []),
        ...(adaptive ? (['gradients'] as const) : []),
        ...extraQuestions(optimizerOf(settings, parts)),
        ...(isDrawn || riskOf(settings) !== null ? (['samples'] as const) : []),
      ]),
    ];
  },
  needs: (problem, settings) => needsOf(problem, settings as unknown as QaoaSettings),
  *run(input) {
    const settings = input.settings as unknown as QaoaSettings;
    const plan = planOf(input.view, settings, rngOf(input.seed, 101));
    if (settings.recursive) {
      return boundOutcome(plan, yield* boundRecursively(plan, settings, input), input);
    }
    if (settings.adaptive) {
      const trained = yield* grown(plan, settings, input);
      return yield* conclude(trained, input);
    }
    const search = { stream: 102, snapshot: input.snapshot };
    const trained = yield* tuned(plan, settings, input, search);
    return settings.lightCones
      ? yield* concludeWithoutSamples(trained, input)
      : yield* conclude(trained, input);
  },
});

function needsOf(problem: BinaryProblem, settings: QaoaSettings): Needs {
  const ownBytes = exactSolutionBytes(problem.variables);
  const isKept = keepsConstraint(problem, settings);
  if (settings.lightCones && isKept) {
    const qubits = widestCone(toIsing(problem.objective), settings.layers);
    return { ownBytes, qubits, answerBytes: 0 };
  }
  const { variables: qubits } = isKept ? problem : violationOf(problem);
  return { ownBytes, qubits, answerBytes: 8 * 3 * 2 ** qubits };
}

/** What every result of the method says beside its distribution. */
function factsOf(plan: Plan, { iterations, converged }: Effort) {
  return {
    objectiveSpread: plan.spread,
    penalty: plan.penalty,
    optimizer: { iterations, converged },
  };
}

function* conclude(
  trained: Trained | Adapted,
  input: AlgorithmInput,
): Program<Outcome<OptimisationResult>> {
  const { plan, angles, evaluations } = trained;
  const { problem } = plan;
  const measured = yield* measure(plan, angles, input);
  const distribution = ownVariables(measured, problem.variables);
  const { assignments } = distribution;
  const best = isExact(input)
    ? bestOf(problem, assignments, drawn1000(distribution, rngOf(input.seed, 103)))
    : bestOf(problem, assignments);
  const shots = isExact(input) ? null : shotsOf(input);
  const effort = { evaluations, ...input.usage() };
  const exact = solveExactly(problem);
  const result = optimisationResult(problem, distribution, best, exact, effort, shots);
  return {
    result: {
      ...result,
      parameters: anglesByKind(plan, angles),
      ...factsOf(plan, trained),
      ...('mixers' in trained ? { mixers: [...trained.mixers] } : {}),
    },
    warnings: [
      ...plan.warnings,
      ...(input.shots === null && shots !== null
        ? [
            `The backend gives no exact probabilities; the final distribution is from ${shots} samples.`,
          ]
        : []),
      ...nothingFeasible(problem, assignments),
    ],
  };
}

function nothingFeasible(problem: BinaryProblem, assignments: PackedBits): string[] {
  const seen = Array.from({ length: stringCount(assignments) }, (_, k) => k);
  return seen.some((k) => isFeasible(problem, assignments, k))
    ? []
    : [
        'No feasible assignment was measured; raise the penalty or use a mixer that keeps the budget.',
      ];
}

/** The mean alone: nothing was run that holds all variables. */
function* concludeWithoutSamples(
  trained: Trained,
  input: AlgorithmInput,
): Program<Outcome<OptimisationResult>> {
  const { plan, angles, evaluations } = trained;
  const { problem } = plan;
  const row = { items: 1, bindings: angles, ...input.finish.ofLast(input.shots) };
  const { values, stderrs } = yield* questionsOf(plan).costs(row);
  const expectation = values[0] as number;
  const effort = { evaluations, ...input.usage() };
  const nobody = {
    assignments: zeroBits(problem.variables, 0),
    probabilities: new Float64Array(0),
  };
  const exact = solveExactly(problem);
  return {
    result: {
      ...optimisationResult(problem, nobody, null, exact, effort, input.shots),
      expectation,
      expectationStderr: stderrs[0] as number,
      ...(exact !== null && exact.worst !== exact.best
        ? { approximationRatio: (exact.worst - expectation) / (exact.worst - exact.best) }
        : {}),
      feasibleProbability: 1,
      parameters: anglesByKind(plan, angles),
      ...factsOf(plan, trained),
    },
    warnings: [
      ...plan.warnings,
      'Light cones hold a part of the variables each, so there are no samples of all of them: the result is the mean of the cost. A recursive run gives an assignment.',
    ],
  };
}

/** The one assignment that a recursive run ends with. */
function boundOutcome(
  plan: Plan,
  bound: Bound,
  input: AlgorithmInput,
): Outcome<OptimisationResult> {
  const { problem } = plan;
  const { assignment, evaluations } = bound;
  const only = { assignments: assignment, probabilities: Float64Array.of(1) };
  const effort = { evaluations, ...input.usage() };
  const best = bestOf(problem, assignment);
  return {
    result: {
      ...optimisationResult(problem, only, best, solveExactly(problem), effort, null),
      ...factsOf(plan, bound),
    },
    warnings: [
      ...plan.warnings,
      ...nothingFeasible(problem, assignment),
      ...(input.finish.isAsked
        ? ['Finished on request: variables were bound by angles that were hardly tuned.']
        : []),
    ],
  };
}
