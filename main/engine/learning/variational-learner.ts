import { AppError } from '#shared/base/errors.ts';
import { fittedShape, float, floats, type Read } from '#shared/models/fitted.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { Algorithm, AlgorithmInput, Needs, Settings } from '../algorithms/algorithm.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { extraQuestions, minimise, type Objective, type PointBatch } from '../training/minimise.ts';
import { type CircuitModel, type ModelKind, withWeights } from './circuit-model.ts';
import {
  type FitTask,
  type Fitted,
  type Learner,
  logistic,
  type Query,
  type Told,
  toldAs,
} from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { logisticLearner } from './logistic.ts';
import { optimizerOf, optimizerSetting } from './optimiser-setting.ts';
import { linearLearner } from './ridge.ts';
import { areExact, meanError } from './shot-error.ts';

type Given = Pick<AlgorithmInput, 'settings' | 'parts'>;

/** Settings of every learner that trains a circuit. */
const trainingParameters: readonly ParameterDescriptor[] = [
  {
    kind: 'boolean',
    id: 'entangled',
    title: 'Entangled',
    help: 'Whether qubits interact; without, the model is its twin that a laptop follows at any width.',
    default: true,
  },
  optimizerSetting(),
  {
    kind: 'integer',
    id: 'batch',
    title: 'Batch',
    help: 'Rows that a step looks at, drawn by the seed. Empty: all training rows.',
    default: null,
    min: 1,
  },
];

/** What differs between learners that train a circuit. */
interface Variational {
  readonly head: Pick<Algorithm, 'id' | 'title' | 'summary' | 'source'>;
  readonly parameters: readonly ParameterDescriptor[];
  readonly kindOf: (given: Given) => ModelKind;
  readonly qubits: (features: number, settings: Settings) => number;
}

const bytesPerAmplitude = 16;
const mostQubits = 20;

/** A learner whose decision is w·⟨Z⟩ + b of a trained circuit, beside the linear learner of its task on the same folds. */
export function defineVariational({ head, parameters, kindOf, qubits }: Variational): Algorithm {
  const needs = ({ features, rows, labels }: TrainingRows, settings: Settings): Needs => {
    const width = qubits(features.length, settings);
    return {
      ownBytes: 8 * 8 * rows.length * features.length + 8 * labels.length,
      qubits: width,
      answerBytes: 4 * bytesPerAmplitude * 2 ** width,
    };
  };
  return defineLearner({
    ...head,
    kind: 'quantum',
    parameters: [...parameters, ...trainingParameters],
    accuracy: 0.1,
    asks: (settings, parts) => [
      'expectations',
      ...extraQuestions(optimizerOf(settings, parts).optimizer),
    ],
    needs,
    classes: (given) => variational(head.id, given, kindOf(given), true),
    values: (given) => variational(head.id, given, kindOf(given), false),
    baseline: (_, areClasses) =>
      areClasses
        ? logisticLearner({ C: 1, l1Ratio: 0 })
        : linearLearner({ id: 'ridge', alpha: 1, areClasses: false }),
  });
}

/** Weights, then the factor and the offset of ⟨Z⟩; mean and scale give values back their unit. */
const shape = fittedShape({ point: floats, mean: float, scale: float });

type Trained = Read<typeof shape>;

function variational(id: string, given: Given, kind: ModelKind, areClasses: boolean): Learner {
  let defined: CircuitModel | null = null;
  const define = function* ({ rows }: Query): Generator<Ask, CircuitModel, Answer> {
    const features = rows[0]?.length ?? 0;
    requireWidth(kind.qubits(features));
    if (defined === null) {
      defined = kind.model(features);
      const observables = [zOfFirst];
      yield { kind: 'define', key: 'model', circuit: defined.circuit, observables };
    }
    return defined;
  };
  return {
    id,
    preprocessing: kind.preprocessing,
    ...(kind.scaling === undefined ? {} : { scaling: kind.scaling }),
    *fit(task) {
      return yield* fitted(task, yield* define(task.train), given, areClasses);
    },
    load: (kept) => shape.parse(kept),
    *predict(loaded, query, shots) {
      if (query.rows.length === 0) return { decisions: new Float64Array(0) };
      const model = yield* define(query);
      // Only what `load` gave comes here.
      const inputs = query.rows.map(model.inputs);
      return yield* answered(inputs, model, { ...(loaded as Trained), areClasses, shots });
    },
    circuit(loaded, features) {
      const { circuit, weightCount } = kind.model(features);
      return withWeights(circuit, (loaded as Trained).point.subarray(0, weightCount));
    },
  };
}

const zOfFirst = {
  kind: 'pauli',
  sum: { terms: [{ coefficient: 1, factors: [{ qubit: 0, letter: 'Z' }] }] },
} as const;

function requireWidth(qubits: number): void {
  if (qubits <= mostQubits) return;
  throw new AppError(
    'too-large',
    `These features make a circuit of ${qubits} qubits, and at most ${mostQubits} are trained. Name fewer in problem.features, or keep fewer components.`,
    { path: 'problem.features' },
  );
}

function* fitted(
  task: FitTask,
  model: CircuitModel,
  given: Given,
  areClasses: boolean,
): Generator<Ask, Fitted, Answer> {
  const targets = targetsOf(task.labels, areClasses);
  const { optimizer, settings } = optimizerOf(given.settings, given.parts);
  const batch = given.settings['batch'] as number | undefined;
  const inputs = task.train.rows.map(model.inputs);
  const objective = lossOf({ inputs, targets, model, areClasses, batch, rng: task.rng });
  const start = Float64Array.of(...model.start(task.rng), areClasses ? 2 : 1, 0);
  const found = yield* minimise(objective, {
    optimizer,
    settings,
    start,
    rng: task.rng,
    curve: 'loss',
    bestCurve: 'bestLoss',
    oneByOne: false,
  });
  const trained = { point: found.point, mean: targets.mean, scale: targets.scale };
  const tested = task.test.rows.map(model.inputs);
  return {
    train: yield* answered(inputs, model, { ...trained, areClasses, shots: null }),
    test: yield* answered(tested, model, { ...trained, areClasses, shots: null }),
    model: trained,
  };
}

/** Classes as 1 and 0; values with mean 0 and deviation 1. */
interface Targets {
  readonly values: Float64Array;
  readonly mean: number;
  readonly scale: number;
}

function targetsOf(labels: readonly number[], areClasses: boolean): Targets {
  if (areClasses) return { values: Float64Array.from(labels), mean: 0, scale: 1 };
  const mean = labels.reduce((sum, y) => sum + y, 0) / labels.length;
  const square = labels.reduce((sum, y) => sum + (y - mean) ** 2, 0) / labels.length;
  const scale = Math.sqrt(square) || 1;
  return { values: Float64Array.from(labels, (y) => (y - mean) / scale), mean, scale };
}

interface Loss {
  readonly inputs: readonly Float64Array[];
  readonly targets: Targets;
  readonly model: CircuitModel;
  readonly areClasses: boolean;
  readonly batch: number | undefined;
  readonly rng: FitTask['rng'];
}

/** Mean logarithmic loss of classes, or half the mean square of values, by weights, factor and offset. */
function lossOf(loss: Loss): Objective {
  const { weightCount } = loss.model;
  return {
    sense: 'min',
    scale: 1,
    *evaluate(batch) {
      const rows = drawn(loss);
      const size = batch.points.length / batch.count;
      const values = new Float64Array(batch.count);
      const gradients = new Float64Array(batch.needsGradient ? batch.points.length : 0);
      const asked = yield* outputs(loss, rows, batch);
      for (let p = 0; p < batch.count; p++) {
        const point = batch.points.subarray(p * size, (p + 1) * size);
        const [factor, offset] = [point[weightCount] as number, point[weightCount + 1] as number];
        rows.forEach((row, r) => {
          const item = p * rows.length + r;
          const z = asked.values[item] as number;
          const { value, slope } = lossAt(
            factor * z + offset,
            loss.targets.values[row] as number,
            loss.areClasses,
          );
          values[p] = (values[p] as number) + value / rows.length;
          if (!batch.needsGradient) return;
          const share = slope / rows.length;
          const add = (k: number, part: number): void => {
            gradients[p * size + k] = (gradients[p * size + k] as number) + part;
          };
          for (let k = 0; k < weightCount; k++) add(k, share * factor * asked.slope(item, k));
          add(weightCount, share * z);
          add(weightCount + 1, share);
        });
      }
      return { values, stderrs: new Float64Array(batch.count), gradients };
    },
    describe: (point) => ({ weights: [...point] }),
  };
}

/** The rows of a step: all, or as many as a batch has, drawn anew. */
function drawn({ inputs, batch, rng }: Loss): number[] {
  const all = inputs.map((_, i) => i);
  if (batch === undefined || batch >= all.length) return all;
  for (let k = 0; k < batch; k++) {
    const j = k + rng.below(all.length - k);
    [all[k], all[j]] = [all[j] as number, all[k] as number];
  }
  return all.slice(0, batch);
}

interface Outputs {
  /** ⟨Z⟩ of every point and row. */
  readonly values: Float64Array;
  /** Its derivative by a weight. */
  readonly slope: (item: number, weight: number) => number;
}

function* outputs(
  { inputs, model }: Loss,
  rows: readonly number[],
  { points, count, needsGradient }: PointBatch,
): Generator<Ask, Outputs, Answer> {
  const size = points.length / count;
  const given = inputs[0]?.length ?? 0;
  const width = given + model.weightCount;
  const bindings = new Float64Array(count * rows.length * width);
  for (let p = 0; p < count; p++) {
    const weights = points.subarray(p * size, p * size + model.weightCount);
    rows.forEach((row, r) => {
      const at = (p * rows.length + r) * width;
      bindings.set(inputs[row] as Float64Array, at);
      bindings.set(weights, at + given);
    });
  }
  const asked = { key: 'model', items: count * rows.length, bindings };
  if (!needsGradient) {
    const { values } = yield* ask({ kind: 'expectations', ...asked, observables: [0] });
    return { values, slope: () => 0 };
  }
  const { values, gradients } = yield* ask({ kind: 'gradients', ...asked, observable: 0 });
  return { values, slope: (item, k) => gradients[item * width + given + k] as number };
}

function lossAt(
  said: number,
  target: number,
  areClasses: boolean,
): { readonly value: number; readonly slope: number } {
  if (!areClasses) return { value: (said - target) ** 2 / 2, slope: said - target };
  const signed = target === 1 ? said : -said;
  const value = signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
  return { value, slope: logistic(said) - target };
}

function* answered(
  inputs: readonly Float64Array[],
  model: CircuitModel,
  {
    point,
    mean,
    scale,
    areClasses,
    shots,
  }: Trained & { readonly areClasses: boolean; readonly shots: number | null },
): Generator<Ask, Told, Answer> {
  if (inputs.length === 0) return toldAs(areClasses ? 'log-odds' : 'values', new Float64Array(0));
  const weights = point.subarray(0, model.weightCount);
  const width = (inputs[0]?.length ?? 0) + model.weightCount;
  const bindings = new Float64Array(inputs.length * width);
  inputs.forEach((row, r) => bindings.set([...row, ...weights], r * width));
  const { values, stderrs } = yield* ask({
    kind: 'expectations',
    key: 'model',
    items: inputs.length,
    bindings,
    observables: [0],
  });
  const [factor, offset] = [
    point[model.weightCount] as number,
    point[model.weightCount + 1] as number,
  ];
  const said = values.map((z) => mean + scale * (factor * z + offset));
  return {
    ...toldAs(areClasses ? 'log-odds' : 'values', said),
    ...(areExact(stderrs, shots)
      ? {}
      : {
          stderrs: stderrs.map(
            (error, i) => Math.abs(scale * factor) * meanError(values[i] as number, error, shots),
          ),
        }),
  };
}
