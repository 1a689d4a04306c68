import { AppError } from '#shared/base/errors.ts';
import { type PackedBits, setBit, zeroBits } from '#shared/base/packed-bits.ts';
import type { Rng } from '#shared/base/rng.ts';
import {
  type BinaryProblem,
  groupsOf,
  type IsingForm,
  type QuadraticForm,
  toIsing,
  valueAt,
} from '#shared/problems/binary-problem.ts';
import { penalised } from '#shared/problems/penalties.ts';
import { sufficientPenalty } from '../algorithms/sufficient-penalty.ts';
import {
  angleMap,
  type AngleMap,
  givenAngles,
  type Parametrisation,
  publishedAngles,
  rampAngles,
  rampOf,
  scheduleOf,
  spreadOut,
} from './angles.ts';
import { angleCounts, type InitialState, type QaoaShape, type Sharing } from './circuit.ts';
import type { QaoaSettings } from './settings.ts';
import { relaxedMinimum, tiltsOf } from './warm-start.ts';

/** Random assignments that tell the spread of an objective. */
const spreadSamples = 1000;

/** What is trained, found out once from problem and settings. */
export interface Plan {
  readonly problem: BinaryProblem;
  readonly shape: QaoaShape;
  /** Objective that is optimised: the problem's own, with a penalty where the mixer leaves the feasible set. */
  readonly cost: QuadraticForm;
  readonly ising: IsingForm;
  readonly penalty: number | null;
  /** Qubits: the problem's variables, and after them what the penalty adds. */
  readonly qubits: number;
  /** Angles γ of the optimiser are γ·spread, so that every problem looks alike to it. */
  readonly spread: number;
  readonly map: AngleMap;
  /** Terms of the cost are evaluated one by one, each on the qubits that it sees. */
  readonly usesLightCones: boolean;
  /** γ in scaled units at which an adaptive run takes the slopes of mixers: at 0 none has one. */
  readonly probe: number;
  readonly warnings: readonly string[];
}

function initialStateOf({ initialState, mixer }: QaoaSettings): InitialState {
  return initialState ?? (mixer === 'x' ? 'uniform' : 'dicke');
}

/** Whether the circuit never leaves the feasible set, or there is nothing to leave. */
export function keepsConstraint(problem: BinaryProblem, settings: QaoaSettings): boolean {
  if (problem.constraints.length === 0) return true;
  return (
    groupsOf(problem) !== null && settings.mixer !== 'x' && initialStateOf(settings) !== 'uniform'
  );
}

export function planOf(problem: BinaryProblem, settings: QaoaSettings, rng: Rng): Plan {
  const { layers, mixer } = settings;
  const initialState = initialStateOf(settings);
  if (groupsOf(problem) === null && mixer !== 'x' && initialState !== 'uniform') {
    const why =
      problem.constraints.length === 0
        ? 'fixes none'
        : 'has other constraints than a fixed number of ones, of all variables or of groups that share none';
    throw new AppError(
      'bad-input',
      `Mixer “${mixer}” from a ${initialState} start keeps the number of ones, but this problem ${why}. Use mixer “x”, or initialState “uniform”.`,
      { path: 'settings.mixer' },
    );
  }
  const own = spreadOf(problem, rng);
  const needsPenalty = !keepsConstraint(problem, settings);
  if (needsPenalty && settings.lightCones && !settings.recursive) {
    throw new AppError(
      'bad-input',
      'Light cones give no samples of all variables, so nothing would tell whether the constraints hold. Set recursive as well, or leave lightCones out.',
      { path: 'settings.lightCones' },
    );
  }
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
  const ising = toIsing(cost);
  const shape = shapeOf(problem, settings, cost);
  const { angles, notes } = startOf(ising, shape, settings, { spread, rng, sense: problem.sense });
  return {
    problem,
    shape,
    cost,
    ising,
    penalty,
    qubits,
    spread,
    map: angleMap(settings.parametrisation, layers, angles),
    usesLightCones: settings.lightCones,
    probe: settings.probe,
    warnings: [...warnings, ...notes],
  };
}

/** The same problem on another circuit, from other angles (in scaled units). */
export function reshaped(plan: Plan, shape: QaoaShape, angles: Float64Array): Plan {
  return { ...plan, shape, map: angleMap('standard', shape.layers, angles) };
}

/** How many angles the circuit of a plan has in a layer. */
export function countsOf({ ising, shape }: Plan) {
  return angleCounts(ising, shape);
}

const sharings: Readonly<Record<Parametrisation, Sharing>> = {
  standard: 'layer',
  extended: 'kind',
  'multi-angle': 'gate',
  fourier: 'layer',
  annealing: 'layer',
  fixed: 'layer',
};

function shapeOf(problem: BinaryProblem, settings: QaoaSettings, cost: QuadraticForm): QaoaShape {
  const { layers, mixer, parametrisation, warmStart, regularisation } = settings;
  const tilts = warmStart
    ? tiltsOf(relaxedMinimum(cost, problem.sense === 'min' ? 1 : -1), regularisation)
    : undefined;
  return {
    layers,
    mixer,
    initialState: initialStateOf(settings),
    groups: groupsOf(problem) ?? [],
    sharing: sharings[parametrisation],
    ...(tilts === undefined ? {} : { tilts }),
  };
}

interface Scale {
  readonly spread: number;
  readonly rng: Rng;
  readonly sense: BinaryProblem['sense'];
}

/** Where the search starts, in scaled units, and what is to be told of it. */
function startOf(
  ising: IsingForm,
  shape: QaoaShape,
  settings: QaoaSettings,
  { spread, rng, sense }: Scale,
): { readonly angles: Float64Array; readonly notes: readonly string[] } {
  const { layers, mixer } = shape;
  const counts = angleCounts(ising, shape);
  const sign = sense === 'min' ? -1 : 1;
  const inUnits = (angles: Float64Array): Float64Array =>
    angles.map((angle, k) => (k < layers * counts.gammas ? angle * spread : angle));
  const { initialParameters: given, parametrisation } = settings;
  if (given !== undefined)
    return { angles: inUnits(givenAngles(given, layers, counts)), notes: [] };
  if (parametrisation === 'fixed') {
    const published = publishedAngles(ising, layers, sign);
    const isMeantFor = mixer === 'x' && shape.initialState === 'uniform' && !settings.warmStart;
    if (!isMeantFor) {
      throw new AppError(
        'bad-input',
        'Published angles are for the X mixer from a uniform start. Give initialParameters, or choose another parametrisation.',
        { path: 'settings.parametrisation' },
      );
    }
    return {
      angles: inUnits(givenAngles(published, layers, counts)),
      notes: [`The angles are those of ${published.note}.`],
    };
  }
  const endsOf = parametrisation === 'annealing' ? scheduleOf : rampOf;
  const ramp = rampAngles(layers, sign, endsOf(mixer, ising.h.length), rng);
  return { angles: spreadOut(ramp, layers, counts), notes: [] };
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
  const groups = groupsOf(problem);
  const drawn = zeroBits(variables, 1);
  if (groups === null) {
    for (let i = 0; i < variables; i++) if (rng.uniform() < 0.5) setBit(drawn, 0, i);
    return drawn;
  }
  for (const { variables: own, ones } of groups) {
    const chosen = new Set<number>();
    while (chosen.size < ones) chosen.add(own[rng.below(own.length)] as number);
    for (const i of chosen) setBit(drawn, 0, i);
  }
  return drawn;
}
