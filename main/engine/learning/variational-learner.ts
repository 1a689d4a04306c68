import { AppError } from '#shared/base/errors.ts';
import { fittedShape, float, floats, type Read } from '#shared/models/fitted.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { Algorithm, AlgorithmInput, Needs, Settings } from '../algorithms/algorithm.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { extraQuestions, minimise } from '../training/minimise.ts';
import { bindingsOf, key, lossOf, partsOf, targetsOf } from './circuit-loss.ts';
import { type CircuitModel, type ModelKind, withWeights } from './circuit-model.ts';
import {
  type FitTask,
  type Fitted,
  type Learner,
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

/** Weights, then the factors and the offset of the ⟨Z⟩; mean and scale give values back their unit. */
const shape = fittedShape({ point: floats, mean: float, scale: float });

type Trained = Read<typeof shape>;

function variational(id: string, given: Given, kind: ModelKind, areClasses: boolean): Learner {
  let defined: CircuitModel | null = null;
  const define = function* ({ rows }: Query): Generator<Ask, CircuitModel, Answer> {
    const features = rows[0]?.length ?? 0;
    requireWidth(kind.qubits(features));
    if (defined === null) {
      defined = kind.model(features);
      const observables = Array.from({ length: defined.reads ?? 1 }, (_, q) => zOf(q));
      yield { kind: 'define', key, circuit: defined.circuit, observables };
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

function zOf(qubit: number): Observable {
  const factors = [{ qubit, letter: 'Z' as const }];
  return { kind: 'pauli', sum: { terms: [{ coefficient: 1, factors }] } };
}

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
  const reads = model.reads ?? 1;
  const factors = new Float64Array(reads).fill((areClasses ? 2 : 1) / reads);
  const start = Float64Array.of(...model.start(task.rng), ...factors, 0);
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

interface Answering extends Trained {
  readonly areClasses: boolean;
  readonly shots: number | null;
}

function* answered(
  given: readonly Float64Array[],
  model: CircuitModel,
  { point, mean, scale, areClasses, shots }: Answering,
): Generator<Ask, Told, Answer> {
  const tells = areClasses ? 'log-odds' : 'values';
  if (given.length === 0) return toldAs(tells, new Float64Array(0));
  const { factors, offset } = partsOf(model, point);
  const reads = factors.length;
  const { values, stderrs } = yield* ask({
    kind: 'expectations',
    key,
    items: given.length,
    bindings: bindingsOf(model, given, point),
    observables: Array.from(factors.keys()),
  });
  const over = (row: number, of: (k: number, factor: number) => number): number =>
    factors.reduce((sum, factor, q) => sum + of(row * reads + q, factor), 0);
  const said = Float64Array.from(
    given,
    (_, r) => mean + scale * (over(r, (k, factor) => factor * (values[k] as number)) + offset),
  );
  if (areExact(stderrs, shots)) return toldAs(tells, said);
  // Qubits are read from the same shots, so their errors may all point one way.
  const errorAt = (k: number): number =>
    meanError(values[k] as number, stderrs[k] as number, shots);
  return {
    ...toldAs(tells, said),
    stderrs: Float64Array.from(given, (_, r) =>
      over(r, (k, factor) => Math.abs(scale * factor) * errorAt(k)),
    ),
  };
}
