import { AppError } from '#shared/base/errors.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, QuestionKind } from '../programs/program.ts';
import {
  type Evaluated,
  extraQuestions,
  minimise,
  type Minimum,
  type Objective,
  overlapsWithFirst,
} from '../training/minimise.ts';
import type { Needs, Settings, ViewInput } from './algorithm.ts';
import { partNamed, type Parts } from '../parts.ts';

/** A member of a registry with its settings beside its id. */
type Member = { readonly id: string } & Settings;

export interface VariationalSettings {
  readonly ansatz: Member;
  readonly optimizer: Member;
  readonly initialParameters?: readonly number[];
}

export const ansatzParameter = {
  kind: 'member',
  id: 'ansatz',
  title: 'Ansatz',
  help: 'The family of circuits that is searched.',
  registry: 'ansatz',
  default: { id: 'efficient-su2' },
} as const satisfies ParameterDescriptor;

export const initialParametersParameter = {
  kind: 'numbers',
  id: 'initialParameters',
  title: 'Initial parameters',
  help: 'Where the search starts, one number for each parameter of the circuit. Empty: small random angles, by the seed.',
  default: null,
  advanced: true,
} as const satisfies ParameterDescriptor;

export const optimizerParameter: ParameterDescriptor = {
  kind: 'member',
  id: 'optimizer',
  title: 'Optimiser',
  help: 'How the angles are improved. Gradient methods suit a noiseless simulator, SPSA suits shots.',
  registry: 'optimizer',
  default: { id: 'lbfgsb' },
};

export const variationalParameters: readonly ParameterDescriptor[] = [
  ansatzParameter,
  optimizerParameter,
  initialParametersParameter,
];

export const statesParameter: ParameterDescriptor = {
  kind: 'integer',
  id: 'states',
  title: 'States',
  help: 'How many of the lowest energies are looked for.',
  default: 2,
  min: 1,
  max: 100,
};

/** Standard deviation of the small angles that a search starts at. */
const startDeviation = 0.1;

/** The circuit that is tuned, and where the search starts. */
export interface Trial {
  readonly circuit: Circuit;
  readonly start: Float64Array;
}

export function trialOf(
  { view, settings, files, parts, seed }: ViewInput<Hamiltonian>,
  stream: number,
): Trial {
  const { ansatz, initialParameters } = settings as unknown as VariationalSettings;
  const circuit = partNamed(parts.ansatze, ansatz.id).circuit(view, ansatz, files);
  const { parameters } = circuit;
  if (initialParameters !== undefined && initialParameters.length !== parameters.length) {
    throw new AppError(
      'bad-input',
      `The ansatz has ${parameters.length} parameters; ${initialParameters.length} were given.`,
      { path: 'settings.initialParameters' },
    );
  }
  const drawn = smallAngles(parameters.length, rngOf(seed, stream));
  const start = parameters.map(
    ({ value }, k) => initialParameters?.[k] ?? value ?? (drawn[k] as number),
  );
  return { circuit, start: Float64Array.from(start) };
}

/** At exactly zero a start often has no slope. */
export function smallAngles(count: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: count }, () => startDeviation * rng.normal());
}

/** The spread of the energies about their mean, √Σc² over all strings but the identity; 1 for a constant. */
export function spreadOf({ sum }: Hamiltonian): number {
  const squares = sum.terms.reduce(
    (total, { coefficient, factors }) => total + (factors.length === 0 ? 0 : coefficient ** 2),
    0,
  );
  return Number.isFinite(squares) && squares > 0 ? Math.sqrt(squares) : 1;
}

/** A part of what is made small: a multiple of the first observable of a circuit. */
export interface Part {
  readonly key: string;
  readonly weight: number;
}

/** A sum of expectations, all at the same parameters. The states of `states` say the metric, in equal shares. */
export function weightedObjective(
  parts: readonly Part[],
  states: readonly string[],
  scale: number,
): Objective {
  return {
    sense: 'min',
    scale,
    *evaluate({ count, points, needsGradient, shots }): Generator<Ask, Evaluated, Answer> {
      const values = new Float64Array(count);
      const variances = new Float64Array(count);
      const gradients = new Float64Array(needsGradient ? points.length : 0);
      const slopeVariances = new Float64Array(gradients.length);
      for (const { key, weight } of parts) {
        const rows = { key, items: count, bindings: points };
        const found = needsGradient
          ? yield* ask({
              kind: 'gradients',
              ...rows,
              observable: 0,
              ...(shots === undefined ? {} : { shots }),
            })
          : yield* ask({ kind: 'expectations', ...rows, observables: [0] });
        found.values.forEach((value, k) => {
          values[k] = (values[k] as number) + weight * value;
          variances[k] = (variances[k] as number) + (weight * (found.stderrs[k] as number)) ** 2;
        });
        if (found.kind !== 'gradients') continue;
        found.gradients.forEach((slope, k) => {
          gradients[k] = (gradients[k] as number) + weight * slope;
          const error = weight * (found.gradientErrors?.[k] ?? 0);
          slopeVariances[k] = (slopeVariances[k] as number) + error ** 2;
        });
      }
      return {
        values,
        stderrs: variances.map(Math.sqrt),
        gradients,
        gradientErrors: slopeVariances.map(Math.sqrt),
      };
    },
    metric: (point) => meanOver(states, (key) => metricAt(key, point)),
    overlaps: (points, count) => meanOver(states, (key) => overlapsWithFirst(key, points, count)),
    describe: (point) => ({ theta: Array.from(point) }),
  };
}

/** The mean over states of what is asked of each. */
function* meanOver(
  states: readonly string[],
  asked: (key: string) => Generator<Ask, Float64Array, Answer>,
): Generator<Ask, Float64Array, Answer> {
  let sum: Float64Array | null = null;
  for (const key of states) {
    const values: Float64Array = yield* asked(key);
    const before: Float64Array = sum ?? new Float64Array(values.length);
    sum = before.map((one, k) => one + (values[k] as number) / states.length);
  }
  return sum ?? new Float64Array(0);
}

function* metricAt(key: string, bindings: Float64Array): Generator<Ask, Float64Array, Answer> {
  return (yield* ask({ kind: 'metric', key, items: 1, bindings })).values;
}

/** Tunes the parameters by the optimiser of the settings. */
export function train(
  objective: Objective,
  start: Float64Array,
  { settings, parts, seed, shots }: ViewInput<Hamiltonian>,
  { stream, snapshot }: { readonly stream: number; readonly snapshot: unknown },
): Generator<Ask, Minimum, Answer> {
  const { optimizer } = settings as unknown as VariationalSettings;
  const { id: _id, ...own } = optimizer;
  return minimise(objective, {
    optimizer: optimizerOf(settings, parts),
    settings: own,
    start,
    rng: rngOf(seed, stream),
    curve: 'energy',
    bestCurve: 'lowestEnergy',
    // A machine takes circuits in batches.
    oneByOne: shots === null,
    snapshot,
  });
}

function optimizerOf(settings: Settings, { optimizers }: Parts): Optimizer {
  const { optimizer } = settings as unknown as VariationalSettings;
  return partNamed(optimizers, optimizer.id);
}

/** What training asks under the settings. */
export function asksOf(settings: Settings, parts: Parts): readonly QuestionKind[] {
  return ['expectations', ...extraQuestions(optimizerOf(settings, parts))];
}

/** The first observable of a circuit at one row; `last` has its shots, where not the job's own (`Finish.ofLast`). */
export function* measured(
  key: string,
  point: Float64Array,
  last: { readonly shots?: number } = {},
): Generator<Ask, { readonly value: number; readonly stderr: number }, Answer> {
  const { values, stderrs } = yield* ask({
    kind: 'expectations',
    key,
    items: 1,
    bindings: point,
    observables: [0],
    ...last,
  });
  return { value: values[0] as number, stderr: stderrs[0] as number };
}

/** What results say of the circuit. */
export function circuitFacts(circuit: Circuit, point: Float64Array) {
  return { parameters: Array.from(point), gateCounts: { ...statisticsOf(circuit).gateCounts } };
}

/** What results say of the training. */
export function trainingFacts(minima: readonly Minimum[]) {
  const total = (of: (minimum: Minimum) => number) =>
    minima.reduce((sum, minimum) => sum + of(minimum), 0);
  return {
    evaluations: total(({ evaluations }) => evaluations),
    optimizer: {
      iterations: total(({ iterations }) => iterations),
      converged: minima.every(({ converged }) => converged),
    },
  };
}

export function needsOf({ qubits }: Hamiltonian, ownBytes: number): Needs {
  return { ownBytes, qubits, answerBytes: 0 };
}
