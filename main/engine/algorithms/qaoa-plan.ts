import { AppError } from '#shared/base/errors.ts';
import { onesAt, type PackedBits, setBit, zeroBits } from '#shared/base/packed-bits.ts';
import type { Rng } from '#shared/base/rng.ts';
import {
  type BinaryProblem,
  cardinalityOf,
  type QuadraticForm,
  toIsing,
  valueAt,
} from '#shared/problems/binary-problem.ts';
import { penalised } from '#shared/problems/penalties.ts';
import {
  angleMap,
  type AngleMap,
  firstBeta,
  givenAngles,
  type Parametrisation,
  rampAngles,
} from './qaoa-angles.ts';
import type { InitialState, Mixer, QaoaShape } from './qaoa-circuit.ts';
import { sufficientPenalty } from './sufficient-penalty.ts';

export interface QaoaSettings {
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

/** Random assignments that tell the spread of an objective. */
const spreadSamples = 1000;

/** What is trained, found out once from problem and settings. */
export interface Plan {
  readonly problem: BinaryProblem;
  readonly shape: QaoaShape;
  /** Objective that is optimised: the problem's own, with a penalty where the mixer leaves the feasible set. */
  readonly cost: QuadraticForm;
  readonly ising: ReturnType<typeof toIsing>;
  readonly penalty: number | null;
  /** Qubits: the problem's variables, and after them what the penalty adds. */
  readonly qubits: number;
  /** Angles γ of the optimiser are γ·spread, so that every problem looks alike to it. */
  readonly spread: number;
  readonly map: AngleMap;
  readonly warnings: readonly string[];
}

function initialStateOf({ initialState, mixer }: QaoaSettings): InitialState {
  return initialState ?? (mixer === 'x' ? 'uniform' : 'dicke');
}

/** Whether the circuit never leaves the feasible set, or there is nothing to leave. */
export function keepsConstraint(problem: BinaryProblem, settings: QaoaSettings): boolean {
  if (problem.constraints.length === 0) return true;
  return (
    cardinalityOf(problem) !== null &&
    settings.mixer !== 'x' &&
    initialStateOf(settings) !== 'uniform'
  );
}

export function planOf(problem: BinaryProblem, settings: QaoaSettings, rng: Rng): Plan {
  const { layers, mixer } = settings;
  const initialState = initialStateOf(settings);
  const count = cardinalityOf(problem);
  if (count === null && mixer !== 'x' && initialState !== 'uniform') {
    const why =
      problem.constraints.length === 0
        ? 'fixes none'
        : 'has other constraints than a fixed number of ones';
    throw new AppError(
      'bad-input',
      `Mixer “${mixer}” from a ${initialState} start keeps the number of ones, but this problem ${why}. Use mixer “x”, or initialState “uniform”.`,
      { path: 'settings.mixer' },
    );
  }
  const own = spreadOf(problem, rng);
  const needsPenalty = !keepsConstraint(problem, settings);
  const { penalty, warnings } = needsPenalty
    ? penaltyFor(problem, settings.penalty, own)
    : { penalty: null, warnings: idlePenalty(problem, settings) };
  const { variables: qubits, form: cost } =
    penalty === null
      ? { variables: problem.variables, form: problem.objective }
      : penalised(problem, penalty);
  const spread =
    penalty === null
      ? own
      : spreadOf({ ...problem, variables: qubits, objective: cost, constraints: [] }, rng);
  const sign = problem.sense === 'min' ? -1 : 1;
  const start =
    settings.initialParameters === undefined
      ? rampAngles(layers, sign, firstBeta(mixer, qubits), rng)
      : givenAngles(settings.initialParameters, layers, spread);
  return {
    problem,
    shape: { layers, mixer, initialState, cardinality: count ?? 0 },
    cost,
    ising: toIsing(cost),
    penalty,
    qubits,
    spread,
    map: angleMap(settings.parametrisation, layers, start),
    warnings,
  };
}

function idlePenalty(problem: BinaryProblem, { penalty }: QaoaSettings): string[] {
  return problem.constraints.length === 0 && penalty !== undefined
    ? ['settings.penalty has no effect: the problem has no constraint.']
    : [];
}

/**
 * The given penalty, with a warning where an infeasible assignment may come out better than the optimum under
 * it; without one the spread of the objective, which a circuit is tuned on best, or what dominates if that does not.
 */
function penaltyFor(problem: BinaryProblem, given: number | undefined, spread: number) {
  const enough = sufficientPenalty(problem);
  if (given === undefined) return { penalty: Math.max(spread, enough), warnings: [] };
  const warnings =
    given >= enough
      ? []
      : [
          `A penalty of ${given} does not dominate: an assignment that breaks a constraint may have a better cost than the optimum. ${Number(enough.toPrecision(4))} would.`,
        ];
  return { penalty: given, warnings };
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
  const { variables } = problem;
  const cardinality = cardinalityOf(problem);
  const drawn = zeroBits(variables, 1);
  if (cardinality === null) {
    for (let i = 0; i < variables; i++) if (rng.uniform() < 0.5) setBit(drawn, 0, i);
    return drawn;
  }
  while (onesAt(drawn, 0) < cardinality) setBit(drawn, 0, rng.below(variables));
  return drawn;
}
