import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import { unlabelledView } from '#shared/problems/views/unlabelled.ts';
import { compression } from '#shared/results/kinds/compression.ts';
import { defineAlgorithm, type Settings } from '../algorithms/algorithm.ts';
import { partNamed, type Parts } from '../parts.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { extraQuestions, minimise, type Objective } from '../training/minimise.ts';
import { entanglingLayers, modelCircuit, Names } from './circuit-model.ts';
import { entangledParameter } from './generative-model.ts';
import { momentsOf } from './moments.ts';
import { optimizerOf, optimizerSetting } from './optimiser-setting.ts';
import { layersParameter } from './parameters.ts';
import { fitSteps, preprocessed } from './preprocess.ts';
import { requireFeatures } from './quantum-kernels.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';

const key = 'encoder';
const startDeviation = 0.1;
/** All products of Z on what is thrown away are read together, 2^n of them. */
const mostThrown = 10;

const zOn = (qubits: readonly number[], coefficient: number): PauliTerm => ({
  coefficient,
  factors: qubits.map((qubit) => ({ qubit, letter: 'Z' as const })),
});

/** The mean of (1 + Z)/2 over qubits, and the product: how likely each, and all together, are read as 0. */
function zerosOf(qubits: readonly number[]): readonly Observable[] {
  const subsets = Array.from({ length: 2 ** qubits.length }, (_, mask) =>
    qubits.filter((_q, k) => ((mask >> k) & 1) === 1),
  );
  const each = [zOn([], 0.5), ...qubits.map((q) => zOn([q], 0.5 / qubits.length))];
  return [
    { kind: 'pauli', sum: { terms: each } },
    { kind: 'pauli', sum: { terms: subsets.map((subset) => zOn(subset, 1 / subsets.length)) } },
  ];
}

interface Rows {
  readonly inputs: readonly Float64Array[];
  readonly weights: number;
}

function bindingsOf({ inputs }: Rows, points: Float64Array, count: number): Float64Array {
  const size = points.length / count;
  return new Float64Array(
    Array.from({ length: count }, (_, p) => points.subarray(p * size, (p + 1) * size)).flatMap(
      (weights) => inputs.flatMap((row) => [...row, ...weights]),
    ),
  );
}

/** The mean over rows and thrown qubits of how likely one of them is read as 1 (Cerezo et al. 2021: local losses train). */
function objectiveOf(rows: Rows): Objective {
  const n = rows.inputs.length;
  const width = (rows.inputs[0]?.length ?? 0) + rows.weights;
  return {
    sense: 'min',
    scale: 1,
    *evaluate({ count, points, needsGradient }) {
      const asked = { key, items: count * n, bindings: bindingsOf(rows, points, count) };
      const found = needsGradient
        ? yield* ask({ kind: 'gradients', ...asked, observable: 0 })
        : yield* ask({ kind: 'expectations', ...asked, observables: [0] });
      const values = new Float64Array(count).fill(1);
      const variances = new Float64Array(count);
      const gradients = new Float64Array(needsGradient ? points.length : 0);
      found.values.forEach((value, item) => {
        const p = Math.floor(item / n);
        values[p] = (values[p] as number) - value / n;
        variances[p] = (variances[p] as number) + ((found.stderrs[item] as number) / n) ** 2;
        if (found.kind !== 'gradients') return;
        for (let k = 0; k < rows.weights; k++) {
          const at = p * rows.weights + k;
          const slope = found.gradients[item * width + (width - rows.weights) + k] as number;
          gradients[at] = (gradients[at] as number) - slope / n;
        }
      });
      return { values, stderrs: variances.map(Math.sqrt), gradients };
    },
    describe: (point) => ({ weights: [...point] }),
  };
}

/** A feature map on as many qubits as columns, and trained layers behind it. */
function encoderOf(features: number, settings: Settings, parts: Parts) {
  const { id, ...own } = settings['featureMap'] as { readonly id: string };
  const map = partNamed(parts.featureMaps, id);
  const isEntangled = settings['entangled'] === true;
  const state = map.circuit(features, { ...own, ...(isEntangled ? {} : { entanglement: 'none' }) });
  const weights = new Names('w');
  const trained = entanglingLayers(features, settings['layers'] as number, weights, isEntangled);
  const names = [...state.parameters.map(({ name }) => name), ...weights.all];
  return {
    scaling: map.scaling,
    circuit: modelCircuit(features, [...state.operations, ...trained], names),
    weights: weights.all.length,
  };
}

/**
 * Trained gates that leave |0…0⟩ on qubits which are then thrown away, so that the others hold the state of a row; what
 * comes back has the fidelity with which they were left so (Romero, Olson and Aspuru-Guzik 2017).
 */
export const quantumAutoencoder = defineAlgorithm({
  id: 'quantum-autoencoder',
  title: 'Quantum autoencoder',
  summary:
    'The states of rows on fewer qubits, and how well they come back; rows that do not are unlike the others.',
  source: 'Romero, Olson and Aspuru-Guzik 2017, arXiv:1612.02806',
  limits: '16 columns, of which 10 are thrown away at most',
  kind: 'quantum',
  takes: unlabelledView,
  result: compression,
  steps: { name: 'evaluations', areCourse: true },
  parameters: [
    {
      kind: 'member',
      id: 'featureMap',
      title: 'Feature map',
      help: 'How a row becomes a quantum state.',
      registry: 'feature-map',
      default: { id: 'angle-ry' },
    },
    {
      kind: 'integer',
      id: 'kept',
      title: 'Qubits kept',
      help: 'How many qubits hold the state afterwards. Empty: half of them.',
      default: null,
      min: 1,
      max: 15,
    },
    layersParameter(3),
    entangledParameter,
    optimizerSetting(),
  ],
  isUsual: true,
  canPause: true,
  canFinish: true,
  accuracy: 0.05,
  asks: (settings, parts) => [
    'expectations',
    ...extraQuestions(optimizerOf(settings, parts).optimizer),
  ],
  needs: ({ rows, names }) => ({
    ownBytes: 8 * 8 * rows.length * names.length,
    qubits: names.length,
    answerBytes: 4 * 16 * 2 ** names.length,
  }),
  *run(input) {
    const { view, settings, parts, seed } = input;
    const { names, rows, train, test, used } = view;
    const kept = qubitsKept(names.length, settings);
    const { circuit, scaling, weights } = encoderOf(names.length, settings, parts);
    const thrown = names.flatMap((_, q) => (q < kept ? [] : [q]));
    yield { kind: 'define', key, circuit, observables: zerosOf(thrown) };
    const at = (places: readonly number[]) => places.map((i) => rows[i] as Float64Array);
    const steps = fitSteps(at(train), [scaling]);
    const inputs = preprocessed(at(train), steps);
    const rng = rngOf(seed, 350);
    const minimum = yield* minimise(objectiveOf({ inputs, weights }), {
      ...optimizerOf(settings, parts),
      start: Float64Array.from({ length: weights }, () => startDeviation * rng.normal()),
      rng: rngOf(seed, 351),
      curve: 'loss',
      bestCurve: 'bestLoss',
      oneByOne: false,
      snapshot: input.snapshot,
    });
    const all = { inputs: [...inputs, ...preprocessed(at(test), steps)], weights };
    const said = yield* fidelities(all, minimum.point, input.finish.ofLast(input.shots));
    const told = [...train, ...test].map((place, k) => ({
      row: used[place] as number,
      fidelity: said.values[k] as number,
      stderr: said.stderrs[k] as number,
      isTest: k >= train.length,
    }));
    return {
      result: {
        names: [...names],
        inputs: names.length,
        kept,
        fidelity: {
          train: meanFidelity(told.filter(({ isTest }) => !isTest)),
          test: meanFidelity(told.filter(({ isTest }) => isTest)),
        },
        rows: told.toSorted((a, b) => a.row - b.row),
        parameters: { weights: [...minimum.point] },
        evaluations: minimum.evaluations,
        iterations: minimum.iterations,
        converged: minimum.converged,
        baseline: { algorithm: 'pca', explained: varianceKept(names, at(train), kept) },
        ...input.usage(),
      },
      warnings: [],
    };
  },
});

function* fidelities(
  rows: Rows,
  point: Float64Array,
  last: { readonly shots?: number },
): Generator<Ask, { readonly values: Float64Array; readonly stderrs: Float64Array }, Answer> {
  return yield* ask({
    kind: 'expectations',
    key,
    items: rows.inputs.length,
    bindings: bindingsOf(rows, point, 1),
    observables: [1],
    ...last,
  });
}

function meanFidelity(rows: readonly { readonly fidelity: number; readonly stderr: number }[]) {
  const mean = rows.reduce((sum, { fidelity }) => sum + fidelity, 0) / rows.length;
  const variance = rows.reduce((sum, { stderr }) => sum + stderr ** 2, 0);
  return { value: mean, stderr: Math.sqrt(variance) / rows.length };
}

function qubitsKept(features: number, settings: Settings): number {
  requireFeatures(features);
  const given = settings['kept'] as number | undefined;
  const kept = given ?? Math.max(1, Math.ceil(features / 2));
  if (kept >= features || features - kept > mostThrown) {
    throw new AppError(
      'bad-input',
      `${features} columns are ${features} qubits; between ${Math.max(1, features - mostThrown)} and ${features - 1} of them can be kept, not ${kept}.`,
      { path: 'settings.kept' },
    );
  }
  return kept;
}

/** Share of the variance along the first principal components. */
function varianceKept(
  names: readonly string[],
  rows: readonly Float64Array[],
  components: number,
): number {
  const isSame = names.every((_, k) => rows.every((row) => row[k] === rows[0]?.[k]));
  if (isSame || rows.length < 2) return Number.NaN;
  const { matrix } = momentsOf({ names, rows, used: [] }, false);
  const { values } = symmetricEigen(matrix, names.length);
  const sum = (part: Float64Array): number => part.reduce((total, value) => total + value, 0);
  return sum(values.subarray(0, components)) / sum(values);
}
