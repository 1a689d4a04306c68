import { AppError } from '#shared/base/errors.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { AlgorithmInput, Needs, Settings } from '../algorithms/algorithm.ts';
import { partNamed } from '../parts.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, QuestionKind } from '../programs/program.ts';
import type { FeatureMap } from './feature-maps.ts';
import { type Gram, kernelNeeds } from './kernel-machine.ts';
import { classicalGram } from './kernels.ts';
import type { Learner } from './learner.ts';

/** More features need more qubits than a laptop simulates in a kernel's time. */
const maximumFeatures = 16;
const bytesPerAmplitude = 16;

/** Settings of what learns on a quantum kernel. */
export const quantumKernelParameters: readonly ParameterDescriptor[] = [
  {
    kind: 'member',
    id: 'featureMap',
    title: 'Feature map',
    help: 'How a row of features becomes a quantum state.',
    registry: 'feature-map',
    default: { id: 'zz' },
  },
  {
    kind: 'choice',
    id: 'kernel',
    title: 'Kernel',
    help: 'Fidelity compares whole states; projected compares the qubits one by one by an RBF of their X, Y and Z.',
    default: 'fidelity',
    options: [
      { value: 'fidelity', title: 'Fidelity' },
      { value: 'projected', title: 'Projected' },
    ],
  },
  {
    kind: 'number',
    id: 'gamma',
    title: 'γ',
    help: 'Scale of the projected kernel. Empty, or “scale”: 1/(3 · qubits × variance of the means).',
    default: null,
    min: 0,
    exclusiveMin: true,
    word: 'scale',
    advanced: true,
  },
];

const isProjected = (settings: Settings): boolean => settings['kernel'] === 'projected';

/** What a quantum kernel asks of a backend. */
export function kernelQuestions(settings: Settings): readonly QuestionKind[] {
  return [isProjected(settings) ? 'expectations' : 'overlaps'];
}

/** The states of all rows are kept while their overlaps are taken. */
export function quantumKernelNeeds(data: TrainingRows): Needs {
  return {
    ...kernelNeeds(data),
    qubits: data.features.length,
    answerBytes: data.labels.length * bytesPerAmplitude * 2 ** data.features.length,
  };
}

/** The preprocessing of a feature map and the way to its kernel. */
export function quantumKernel({ settings, parts }: Pick<AlgorithmInput, 'settings' | 'parts'>): {
  readonly scaling: NonNullable<Learner['scaling']>;
  readonly gram: Gram;
} {
  const { id, ...own } = settings['featureMap'] as { readonly id: string };
  const map = partNamed(parts.featureMaps, id);
  let defined = false;
  return {
    scaling: map.scaling,
    *gram({ train, test }) {
      if (!defined) yield* defineMap(map, train[0]?.length ?? 0, own);
      defined = true;
      const rows = [...train, ...test];
      return isProjected(settings)
        ? yield* projectedKernel(rows, train.length, settings['gamma'])
        : yield* fidelityKernel(rows, train.length);
    },
  };
}

/** More features than a map has qubits for are `too-large`. */
export function requireFeatures(features: number): void {
  if (features <= maximumFeatures) return;
  throw new AppError(
    'too-large',
    `A feature map uses one qubit per feature; ${features} features are too many (at most ${maximumFeatures}). Name fewer in problem.features, or keep fewer components.`,
    { path: 'problem.features' },
  );
}

function* defineMap(
  map: FeatureMap,
  features: number,
  settings: Settings,
): Generator<Ask, void, Answer> {
  requireFeatures(features);
  const circuit = map.circuit(features, settings);
  yield { kind: 'define', key: 'map', circuit, observables: onEachQubit(qubitCountOf(circuit)) };
}

/** X, Y and Z of each qubit in turn. */
function onEachQubit(qubits: number): Observable[] {
  return Array.from({ length: qubits }, (_, qubit) => qubit).flatMap((qubit) =>
    (['X', 'Y', 'Z'] as const).map(
      (letter): Observable => ({
        kind: 'pauli',
        sum: { terms: [{ coefficient: 1, factors: [{ qubit, letter }] }] },
      }),
    ),
  );
}

/**
 * exp(−γ Σ (⟨P_q⟩ − ⟨P_q⟩')²) over X, Y and Z of every qubit, twice the squared distances of their reduced states
 * (Huang et al. 2021, arXiv:2011.01938). γ absent = 1/(means of a row × variance of those of the training rows).
 */
function* projectedKernel(
  rows: readonly Float64Array[],
  columns: number,
  given: unknown,
): Generator<Ask, Float64Array, Answer> {
  const size = rows[0]?.length ?? 0;
  const observables = Array.from({ length: 3 * size }, (_, k) => k);
  const { values } = yield* ask({
    kind: 'expectations',
    key: 'map',
    items: rows.length,
    bindings: bindingsOf(rows),
    observables,
  });
  const means = rows.map((_, r) => values.subarray(r * 3 * size, (r + 1) * 3 * size));
  const train = means.slice(0, columns);
  return classicalGram(train, means.slice(columns), { kernel: 'rbf', gamma: given });
}

function bindingsOf(rows: readonly Float64Array[]): Float64Array {
  const size = rows[0]?.length ?? 0;
  const bindings = new Float64Array(rows.length * size);
  rows.forEach((row, r) => bindings.set(row, r * size));
  return bindings;
}

/** K of every row with the first `columns` rows: symmetric among those, 1 on the diagonal. */
export function* fidelityKernel(
  rows: readonly Float64Array[],
  columns: number,
): Generator<Ask, Float64Array, Answer> {
  const pairs: number[] = [];
  for (let r = 0; r < rows.length; r++)
    for (let c = 0; c < Math.min(r, columns); c++) pairs.push(r, c);
  const answer = yield* ask({
    kind: 'overlaps',
    key: 'map',
    items: rows.length,
    bindings: bindingsOf(rows),
    pairs: Uint32Array.from(pairs),
  });
  const kernel = new Float64Array(rows.length * columns);
  for (let c = 0; c < columns; c++) kernel[c * columns + c] = 1;
  answer.values.forEach((value, k) => {
    const [r, c] = [pairs[2 * k] as number, pairs[2 * k + 1] as number];
    kernel[r * columns + c] = value;
    if (r < columns) kernel[c * columns + r] = value;
  });
  return kernel;
}
