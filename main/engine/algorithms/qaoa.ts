import { AppError } from '#shared/base/errors.ts';
import { BitCounter, firstBits, packIndices, stringCount } from '#shared/base/packed-bits.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { noOptimizer } from '../optimizers/none.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Counts, Program } from '../programs/program.ts';
import {
  type Evaluated,
  extraQuestions,
  minimise,
  type Minimum,
  type Objective,
  overlapsWithFirst,
  type PointBatch,
} from '../training/minimise.ts';
import { type AlgorithmInput, defineAlgorithm, type Outcome } from './algorithm.ts';
import { partNamed, type Parts } from '../parts.ts';
import { isFeasible, isingObservable, valueAt } from '#shared/problems/binary-problem.ts';
import { violationOf } from '#shared/problems/penalties.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation, type OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { exactSolutionBytes, solveExactly } from './exact-solution.ts';
import { bestOf, optimisationResult, type WeightedAssignments } from './optimisation-result.ts';
import { pullBackMetric } from './qaoa-angles.ts';
import { qaoaCircuit } from './qaoa-circuit.ts';
import { keepsConstraint, type Plan, planOf, type QaoaSettings } from './qaoa-plan.ts';
import { qaoaParameters } from './qaoa-settings.ts';

/** Samples that `best` is chosen from when answers are exact (CONTRACT §4). */
const exactSamples = 1000;

export const qaoa = defineAlgorithm({
  id: 'qaoa',
  title: 'QAOA',
  summary:
    'Alternates the cost and a mixer, and tunes their angles so that good assignments become likely.',
  kind: 'quantum',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'evaluations', areCourse: true },
  parameters: qaoaParameters,
  canPause: true,
  asks: (given, parts) => {
    const settings = given as unknown as QaoaSettings;
    const extra = extraQuestions(optimizerOf(settings, parts));
    return usesTail(settings) ? ['samples', ...extra] : ['expectations', ...extra, 'samples'];
  },
  needs: (problem, settings) => {
    const { variables: qubits } = keepsConstraint(problem, settings as unknown as QaoaSettings)
      ? problem
      : violationOf(problem);
    return {
      ownBytes: exactSolutionBytes(problem.variables),
      qubits,
      answerBytes: 8 * 3 * 2 ** qubits,
    };
  },
  *run(input) {
    const settings = input.settings as unknown as QaoaSettings;
    const plan = planOf(input.view, settings, rngOf(input.seed, 101));
    yield {
      kind: 'define',
      key: 'qaoa',
      circuit: qaoaCircuit(plan.ising, plan.shape),
      observables: [{ kind: 'pauli', sum: isingObservable(plan.ising) }],
    };
    const trained = yield* train(plan, settings, input);
    return yield* conclude(plan, trained, input);
  },
});

/** Runs the optimiser on the scaled objective. */
function train(
  plan: Plan,
  settings: QaoaSettings,
  input: AlgorithmInput,
): Generator<Ask, Minimum, Answer> {
  const { id, ...own } = settings.optimizer;
  const optimizer = optimizerOf(settings, input.parts);
  if (usesTail(settings) && optimizer.usesGradient) {
    throw new AppError(
      'bad-input',
      `CVaR has no gradient here; use an optimiser without one (cobyla, nelder-mead, spsa) instead of ${id}.`,
      { path: 'settings.optimizer.id' },
    );
  }
  const objective: Objective = {
    sense: plan.problem.sense,
    scale: plan.spread,
    evaluate: (batch) => evaluate(plan, settings, batch, input),
    metric: (point) => metricAt(plan, point),
    overlaps: (points, count) => overlapsAt(plan, points, count),
    describe: (point) => anglesByKind(plan, point),
  };
  return minimise(objective, {
    optimizer,
    settings: own,
    start: plan.map.start,
    rng: rngOf(input.seed, 102),
    curve: 'expectation',
    bestCurve: 'best',
    // A machine takes circuits in batches.
    oneByOne: input.shots === null,
    snapshot: input.snapshot,
  });
}

function optimizerOf(
  { parametrisation, optimizer }: QaoaSettings,
  { optimizers }: Parts,
): Optimizer {
  return parametrisation === 'fixed' ? noOptimizer : partNamed(optimizers, optimizer.id);
}

function usesTail({ cvar }: QaoaSettings): boolean {
  return cvar !== undefined && cvar < 1;
}

/** The angles as results and `initialParameters` list them. */
function anglesByKind(plan: Plan, point: Float64Array) {
  const angles = unscaled(plan, point);
  const { layers } = plan.shape;
  return { gammas: Array.from(angles.slice(0, layers)), betas: Array.from(angles.slice(layers)) };
}

/** Angles of CONTRACT §4 (for the unscaled cost) at an optimiser's point. */
function unscaled(plan: Plan, point: Float64Array): Float64Array {
  const { layers } = plan.shape;
  return plan.map.angles(point).map((angle, k) => (k < layers ? angle / plan.spread : angle));
}

/** The metric of the states by the optimiser's numbers. */
function* metricAt(plan: Plan, point: Float64Array): Generator<Ask, Float64Array, Answer> {
  const bindings = unscaled(plan, point);
  const { values } = yield* ask({ kind: 'metric', key: 'qaoa', items: 1, bindings });
  return pullBackMetric(values, (byAngle) => pullBackSlopes(plan, byAngle));
}

/** Overlaps of the first point's state with those of the others. */
function overlapsAt(plan: Plan, points: Float64Array, count: number) {
  const size = plan.map.start.length;
  const rows = Array.from({ length: count }, (_, k) =>
    unscaled(plan, points.slice(k * size, (k + 1) * size)),
  );
  return overlapsWithFirst('qaoa', Float64Array.from(rows.flatMap((row) => [...row])), count);
}

/** Slopes by the optimiser's numbers from those by the unscaled angles. */
function pullBackSlopes(plan: Plan, byAngle: Float64Array): Float64Array {
  const { layers } = plan.shape;
  return plan.map.pullBack(byAngle.map((g, i) => (i < layers ? g / plan.spread : g)));
}

function* evaluate(
  plan: Plan,
  settings: QaoaSettings,
  { count, points, needsGradient }: PointBatch,
  input: AlgorithmInput,
): Generator<Ask, Evaluated, Answer> {
  const size = plan.map.start.length;
  const width = 2 * plan.shape.layers;
  const bindings = new Float64Array(count * width);
  for (let k = 0; k < count; k++) {
    bindings.set(unscaled(plan, points.slice(k * size, (k + 1) * size)), k * width);
  }
  const base = { key: 'qaoa', items: count, bindings };
  const noSlopes = new Float64Array(0);
  if (usesTail(settings)) {
    const values = yield* tailCosts(plan, settings.cvar as number, base, input);
    return { values, stderrs: new Float64Array(count), gradients: noSlopes };
  }
  if (!needsGradient) {
    const found = yield* ask({ kind: 'expectations', ...base, observables: [0] });
    return { values: found.values, stderrs: found.stderrs, gradients: noSlopes };
  }
  const answer = yield* ask({ kind: 'gradients', ...base, observable: 0 });
  const gradients = new Float64Array(count * size);
  for (let k = 0; k < count; k++) {
    const byAngle = answer.gradients.slice(k * width, (k + 1) * width);
    gradients.set(pullBackSlopes(plan, byAngle), k * size);
  }
  return { values: answer.values, stderrs: answer.stderrs, gradients };
}

/** Mean cost of the best fraction of outcomes. */
function* tailCosts(
  plan: Plan,
  fraction: number,
  base: Rows,
  input: AlgorithmInput,
): Generator<Ask, Float64Array, Answer> {
  const costs = new Float64Array(base.items);
  for (let item = 0; item < base.items; item++) {
    const width = base.bindings.length / base.items;
    const bindings = base.bindings.slice(item * width, (item + 1) * width);
    const distribution = yield* measure(plan, { ...base, items: 1, bindings }, input);
    const order = plan.problem.sense === 'min' ? 1 : -1;
    const { assignments, probabilities } = distribution;
    const sorted = Array.from(probabilities, (probability, k) => ({
      probability,
      cost: valueAt(plan.cost, assignments, k),
    })).sort((a, b) => order * (a.cost - b.cost));
    let left = fraction;
    let sum = 0;
    for (const { probability, cost } of sorted) {
      const part = Math.min(left, probability);
      sum += part * cost;
      left -= part;
      if (left <= 0) break;
    }
    costs[item] = sum / (fraction - Math.max(0, left));
  }
  return costs;
}

interface Rows {
  readonly key: string;
  readonly items: number;
  readonly bindings: Float64Array;
}

/** Whether the distribution over assignments comes exactly; otherwise from shots. */
function isExact({ shots, answers }: AlgorithmInput): boolean {
  return shots === null && answers.has('probabilities');
}

/** Distribution over all qubits of one row: exact, or the frequencies of the job's shots or of a thousand. */
function* measure(
  { qubits }: Plan,
  base: Rows,
  input: AlgorithmInput,
): Generator<Ask, WeightedAssignments, Answer> {
  if (isExact(input)) {
    const { values } = yield* ask({ kind: 'probabilities', ...base });
    const indices: number[] = [];
    values.forEach((probability, index) => {
      if (probability > 1e-15) indices.push(index);
    });
    return {
      assignments: packIndices(qubits, indices),
      probabilities: Float64Array.from(indices, (index) => values[index] as number),
    };
  }
  const shots = input.shots ?? exactSamples;
  const answer = yield* ask({ kind: 'samples', ...base, shots });
  const { outcomes, counts } = answer.counts[0] as Counts;
  const total = counts.reduce((sum, n) => sum + n, 0);
  return { assignments: outcomes, probabilities: counts.map((count) => count / total) };
}

function* conclude(
  plan: Plan,
  trained: Minimum,
  input: AlgorithmInput,
): Program<Outcome<OptimisationResult>> {
  const angles = unscaled(plan, trained.point);
  const measured = yield* measure(plan, { key: 'qaoa', items: 1, bindings: angles }, input);
  const distribution = ownVariables(measured, plan.problem.variables);
  const { assignments } = distribution;
  const best = isExact(input)
    ? bestOf(plan.problem, assignments, drawn1000(distribution, rngOf(input.seed, 103)))
    : bestOf(plan.problem, assignments);
  const { layers } = plan.shape;
  const shots = isExact(input) ? null : (input.shots ?? exactSamples);
  const effort = { evaluations: trained.evaluations, ...input.usage() };
  const exact = solveExactly(plan.problem);
  const result = optimisationResult(plan.problem, distribution, best, exact, effort, shots);
  const seen = Array.from({ length: stringCount(assignments) }, (_, k) => k);
  const nothingFeasible = !seen.some((k) => isFeasible(plan.problem, assignments, k));
  return {
    result: {
      ...result,
      parameters: {
        gammas: Array.from(angles.slice(0, layers)),
        betas: Array.from(angles.slice(layers)),
      },
      objectiveSpread: plan.spread,
      penalty: plan.penalty,
      optimizer: { iterations: trained.iterations, converged: trained.converged },
    },
    warnings: [
      ...plan.warnings,
      ...(input.shots === null && shots !== null
        ? [
            `The backend gives no exact probabilities; the final distribution is from ${shots} samples.`,
          ]
        : []),
      ...(nothingFeasible
        ? [
            'No feasible assignment was measured; raise the penalty or use a mixer that keeps the budget.',
          ]
        : []),
    ],
  };
}

/** The distribution over the problem's own variables, whatever the others were. */
function ownVariables(
  { assignments, probabilities }: WeightedAssignments,
  variables: number,
): WeightedAssignments {
  if (assignments.width === variables) return { assignments, probabilities };
  const table = new BitCounter(variables);
  probabilities.forEach((probability, k) =>
    table.add(firstBits(assignments, k, variables), 0, probability),
  );
  const { outcomes, counts } = table.counts();
  return { assignments: outcomes, probabilities: counts };
}

/** Positions of 1,000 draws from an exact distribution. */
function drawn1000({ probabilities }: WeightedAssignments, rng: Rng): number[] {
  const total = probabilities.reduce((sum, probability) => sum + probability, 0);
  return Array.from({ length: exactSamples }, () => {
    let rest = rng.uniform() * total;
    for (let k = 0; k < probabilities.length; k++) {
      rest -= probabilities[k] as number;
      if (rest < 0) return k;
    }
    return probabilities.length - 1;
  });
}
