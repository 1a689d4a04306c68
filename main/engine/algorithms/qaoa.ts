import { AppError } from '#shared/base/errors.ts';
import {
  onesAt,
  packIndices,
  type PackedBits,
  setBit,
  stringCount,
  zeroBits,
} from '#shared/base/packed-bits.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { optimizerById } from '../optimizers/registry.ts';
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
import {
  type BinaryProblem,
  isFeasible,
  isingObservable,
  penalised,
  type QuadraticForm,
  toIsing,
  valueAt,
} from '#shared/problems/binary-problem.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation, type OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { exactSolutionBytes, solveExactly } from './exact-solution.ts';
import { bestOf, optimisationResult, type WeightedAssignments } from './optimisation-result.ts';
import {
  angleMap,
  type AngleMap,
  firstBeta,
  givenAngles,
  type Parametrisation,
  pullBackMetric,
  rampAngles,
} from './qaoa-angles.ts';
import { type InitialState, type Mixer, qaoaCircuit, type QaoaShape } from './qaoa-circuit.ts';
import { qaoaParameters } from './qaoa-settings.ts';

interface QaoaSettings {
  readonly layers: number;
  readonly mixer: Mixer;
  readonly initialState?: InitialState;
  readonly parametrisation: Parametrisation;
  readonly initialParameters?: {
    readonly gammas: readonly number[];
    readonly betas: readonly number[];
  };
  readonly optimizer: { readonly id: string } & Readonly<Record<string, unknown>>;
  readonly cvar?: number;
  readonly penalty?: number;
}

/** Samples that `best` is chosen from when answers are exact (CONTRACT §4). */
const exactSamples = 1000;
/** Random assignments that tell the spread of an objective. */
const spreadSamples = 1000;

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
  asks: (given) => {
    const settings = given as unknown as QaoaSettings;
    const extra = extraQuestions(optimizerOf(settings));
    return usesTail(settings) ? ['samples', ...extra] : ['expectations', ...extra, 'samples'];
  },
  needs: ({ variables }) => ({
    ownBytes: exactSolutionBytes(variables),
    qubits: variables,
    answerBytes: 8 * 3 * 2 ** variables,
  }),
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

interface Plan {
  readonly problem: BinaryProblem;
  readonly shape: QaoaShape;
  /** Objective that is optimised: the problem's own, with a penalty where the mixer leaves the feasible set. */
  readonly cost: QuadraticForm;
  readonly ising: ReturnType<typeof toIsing>;
  readonly penalty: number | null;
  /** Angles γ of the optimiser are γ·spread, so that every problem looks alike to it. */
  readonly spread: number;
  readonly map: AngleMap;
  readonly warnings: readonly string[];
}

function planOf(problem: BinaryProblem, settings: QaoaSettings, rng: Rng): Plan {
  const { layers, mixer } = settings;
  const initialState = settings.initialState ?? (mixer === 'x' ? 'uniform' : 'dicke');
  const keepsBudget = mixer !== 'x' && initialState !== 'uniform';
  if (problem.cardinality === null && mixer !== 'x' && initialState !== 'uniform') {
    throw new AppError(
      'bad-input',
      `Mixer “${mixer}” from a ${initialState} start keeps the number of ones, but this problem fixes none. Use mixer “x”, or initialState “uniform”.`,
      { path: 'settings.mixer' },
    );
  }
  const own = spreadOf(problem, rng);
  const penalty = problem.cardinality === null || keepsBudget ? null : (settings.penalty ?? own);
  const cost =
    penalty === null
      ? problem.objective
      : penalised(problem.objective, problem.cardinality as number, penalty);
  const spread =
    penalty === null ? own : spreadOf({ ...problem, objective: cost, cardinality: null }, rng);
  const sign = problem.sense === 'min' ? -1 : 1;
  const start =
    settings.initialParameters === undefined
      ? rampAngles(layers, sign, firstBeta(mixer, problem.variables), rng)
      : givenAngles(settings.initialParameters, layers, spread);
  const warnings =
    problem.cardinality === null && settings.penalty !== undefined
      ? ['settings.penalty has no effect: the problem has no constraint.']
      : [];
  return {
    problem,
    shape: { layers, mixer, initialState, cardinality: problem.cardinality ?? 0 },
    cost,
    ising: toIsing(cost),
    penalty,
    spread,
    map: angleMap(settings.parametrisation, layers, start),
    warnings,
  };
}

/** Largest minus smallest value among random feasible assignments; 1 where all are equal. */
function spreadOf(problem: BinaryProblem, rng: Rng): number {
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < spreadSamples; k++) {
    const value = valueAt(problem.objective, randomAssignment(problem, rng), 0);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high > low ? high - low : 1;
}

function randomAssignment(problem: BinaryProblem, rng: Rng): PackedBits {
  const { variables, cardinality } = problem;
  const drawn = zeroBits(variables, 1);
  if (cardinality === null) {
    for (let i = 0; i < variables; i++) if (rng.uniform() < 0.5) setBit(drawn, 0, i);
    return drawn;
  }
  while (onesAt(drawn, 0) < cardinality) setBit(drawn, 0, rng.below(variables));
  return drawn;
}

/** Runs the optimiser on the scaled objective. */
function train(
  plan: Plan,
  settings: QaoaSettings,
  input: AlgorithmInput,
): Generator<Ask, Minimum, Answer> {
  const { id, ...own } = settings.optimizer;
  const optimizer = optimizerOf(settings);
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

function optimizerOf({ parametrisation, optimizer }: QaoaSettings): Optimizer {
  return optimizerById(parametrisation === 'fixed' ? 'none' : optimizer.id) as Optimizer;
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

/** Distribution of assignments of one row: exact, or the frequencies of the job's shots or of a thousand. */
function* measure(
  { problem }: Plan,
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
      assignments: packIndices(problem.variables, indices),
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
  const distribution = yield* measure(plan, { key: 'qaoa', items: 1, bindings: angles }, input);
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
