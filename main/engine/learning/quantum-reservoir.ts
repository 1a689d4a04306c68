import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { Needs, Settings } from '../algorithms/algorithm.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { unitRange } from './feature-maps.ts';
import { entangledParameter } from './generative-model.ts';
import { type Fitted, type Learner } from './learner.ts';
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

/** What the reservoir says of each row, then what a linear learner makes of it. */
function reservoirLearner(settings: Settings, areClasses: boolean): Learner {
  const shape = shapeOf(settings);
  const observables = readouts(shape.qubits);
  const alpha = settings['alpha'] as number;
  const linear = areClasses
    ? logisticLearner({ C: 1 / alpha, l1Ratio: 0 })
    : linearLearner({ id: 'ridge', alpha, areClasses: false });
  let isDefined = false;
  const read = function* (
    rows: readonly Float64Array[],
  ): Generator<Ask, readonly Float64Array[], Answer> {
    if (rows.length === 0) return [];
    const size = rows[0]?.length ?? 0;
    if (!isDefined) {
      yield { kind: 'define', key, circuit: reservoirCircuit(size, shape), observables };
      isDefined = true;
    }
    const bindings = new Float64Array(rows.length * size);
    rows.forEach((row, r) => bindings.set(row, r * size));
    const asked = observables.map((_, k) => k);
    const found = yield* ask({
      kind: 'expectations',
      key,
      items: rows.length,
      bindings,
      observables: asked,
    });
    const width = observables.length;
    return rows.map((_, r) => found.values.slice(r * width, (r + 1) * width));
  };
  return {
    id: 'quantum-reservoir',
    preprocessing: [],
    scaling: unitRange,
    *fit(task) {
      const train = yield* read(task.train);
      const test = yield* read(task.test);
      const given = linear.fit({ ...task, train, test });
      const fitted: Fitted = Symbol.iterator in given ? yield* given : given;
      const { coefficients: _own, intercept: _offset, ...said } = fitted;
      return said;
    },
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
