import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { Needs, Settings } from '../algorithms/algorithm.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { unitRange } from './feature-maps.ts';
import { entangledParameter } from './generative-model.ts';
import {
  dotOf,
  type Learner,
  type LinearModel,
  linearValue,
  type Query,
  type Told,
  toldAs,
} from './learner.ts';
import { logisticFit, ridgeFit } from './linear.ts';
import { areExact, meanError } from './shot-error.ts';
import { linearShape } from '#shared/models/fitted.ts';
import { defineLearner } from './learner-algorithm.ts';
import { logisticLearner } from './logistic.ts';
import { readouts, reservoirCircuit, type ReservoirShape } from './reservoir.ts';
import { linearLearner } from './ridge.ts';

const key = 'reservoir';

function shapeOf(settings: Settings): ReservoirShape {
  return {
    qubits: settings['qubits'] as number,
    time: settings['time'] as number,
    trotterSteps: settings['trotterSteps'] as number,
    isEntangled: settings['entangled'] === true,
    seed: settings['reservoirSeed'] as number,
  };
}

interface Readouts {
  readonly rows: readonly Float64Array[];
  /** Standard errors in the same layout, where anything was measured. */
  readonly errors: readonly Float64Array[] | null;
}

/** What a linear learner makes of readouts by their weights. Errors that are read from the same shots may all point one way. */
function told(model: LinearModel, { rows, errors }: Readouts, areClasses: boolean): Told {
  const said = Float64Array.from(rows, (row) => linearValue(model, row));
  const sizes = model.coefficients.map(Math.abs);
  return {
    ...toldAs(areClasses ? 'log-odds' : 'values', said),
    ...(errors === null ? {} : { stderrs: Float64Array.from(errors, (row) => dotOf(sizes, row)) }),
  };
}

/** A linear learner on what the reservoir says of each row. */
function reservoirLearner(settings: Settings, areClasses: boolean): Learner {
  const shape = shapeOf(settings);
  const observables = readouts(shape.qubits);
  const alpha = settings['alpha'] as number;
  let isDefined = false;
  const read = function* ({ rows }: Query, shots: number | null): Generator<Ask, Readouts, Answer> {
    if (rows.length === 0) return { rows: [], errors: null };
    const size = rows[0]?.length ?? 0;
    if (!isDefined) {
      yield { kind: 'define', key, circuit: reservoirCircuit(size, shape), observables };
      isDefined = true;
    }
    const bindings = new Float64Array(rows.length * size);
    rows.forEach((row, r) => bindings.set(row, r * size));
    const width = observables.length;
    const { values, stderrs } = yield* ask({
      kind: 'expectations',
      key,
      items: rows.length,
      bindings,
      observables: observables.map((_, k) => k),
    });
    const errors = stderrs.map((error, k) => meanError(values[k] as number, error, shots));
    const ofRow = (all: Float64Array) => rows.map((_, r) => all.slice(r * width, (r + 1) * width));
    return { rows: ofRow(values), errors: areExact(stderrs, shots) ? null : ofRow(errors) };
  };
  return {
    id: 'quantum-reservoir',
    preprocessing: [],
    scaling: unitRange,
    *fit(task) {
      const train = yield* read(task.train, null);
      const test = yield* read(task.test, null);
      const model = areClasses
        ? logisticFit(train.rows, task.labels, { C: 1 / alpha, l1Ratio: 0 })
        : ridgeFit(train.rows, Float64Array.from(task.labels), alpha);
      return { train: told(model, train, areClasses), test: told(model, test, areClasses), model };
    },
    load: (kept) => linearShape.parse(kept),
    *predict(loaded, query, shots) {
      // Only what `load` gave comes here.
      return told(loaded as LinearModel, yield* read(query, shots), areClasses);
    },
    circuit: (_, features) => reservoirCircuit(features, shape),
  };
}

function reservoirNeeds({ rows, features, labels }: TrainingRows, { qubits }: Settings): Needs {
  const width = qubits as number;
  return {
    ownBytes: 8 * rows.length * (features.length + width * width) + 8 * labels.length,
    qubits: width,
    answerBytes: 4 * 16 * 2 ** width,
  };
}

export const quantumReservoir = defineLearner({
  id: 'quantum-reservoir',
  title: 'Quantum reservoir',
  summary:
    'Features, or the lags of a series, drive a drawn quantum system; a linear learner is trained on what is measured of it.',
  source: 'Fujii and Nakajima 2017, arXiv:1602.08159',
  kind: 'quantum',
  parameters: [
    {
      kind: 'integer',
      id: 'qubits',
      title: 'Qubits',
      help: 'Of the reservoir; there is a readout for each and for every two of them.',
      default: 5,
      min: 1,
      max: 16,
    },
    {
      kind: 'number',
      id: 'time',
      title: 'Time',
      help: 'How long it evolves after each feature, in units of 1/coupling.',
      default: 1,
      min: 0,
      exclusiveMin: true,
      max: 1000,
    },
    {
      kind: 'integer',
      id: 'trotterSteps',
      title: 'Product steps',
      help: 'Into which the evolution after each feature is divided.',
      default: 2,
      min: 1,
      max: 1000,
      advanced: true,
    },
    {
      kind: 'integer',
      id: 'reservoirSeed',
      title: 'Seed of the reservoir',
      help: 'Draws its couplings and fields; the same one is used in every fold.',
      default: 0,
      min: 0,
    },
    {
      kind: 'number',
      id: 'alpha',
      title: 'α',
      help: 'Weight of the squared coefficients of the linear learner; larger keeps them smaller.',
      default: 0.001,
      min: 0,
      exclusiveMin: true,
    },
    entangledParameter,
  ],
  accuracy: 0.05,
  asks: () => ['expectations'],
  needs: reservoirNeeds,
  classes: ({ settings }) => reservoirLearner(settings, true),
  values: ({ settings }) => reservoirLearner(settings, false),
  baseline: (_, areClasses) =>
    areClasses
      ? logisticLearner({ C: 1, l1Ratio: 0 })
      : linearLearner({ id: 'ridge', alpha: 1, areClasses: false }),
});
