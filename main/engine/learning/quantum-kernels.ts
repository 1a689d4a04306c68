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
import { type Kernel, kernelNeeds, type MeasuredKernel } from './kernel-machine.ts';
import { gammaOf, kernelBetween, kernelOf } from './kernels.ts';
import type { Learner } from './learner.ts';
import { areExact, meanError, shareError } from './shot-error.ts';

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

/** The preprocessing of a feature map and its kernel. */
export function quantumKernel({ settings, parts }: Pick<AlgorithmInput, 'settings' | 'parts'>): {
  readonly scaling: NonNullable<Learner['scaling']>;
  readonly kernel: Kernel;
} {
  const { id, ...own } = settings['featureMap'] as { readonly id: string };
  const map = partNamed(parts.featureMaps, id);
  const { learn, between } = isProjected(settings) ? projectedKernel(settings) : overlapKernel;
  let defined = false;
  const define = function* (rows: Rows) {
    if (!defined) yield* defineMap(map, rows[0]?.length ?? 0, own);
    defined = true;
  };
  return {
    scaling: map.scaling,
    kernel: {
      *learn(task) {
        yield* define(task.train.rows);
        return yield* learn(task);
      },
      *between(rows, anchors, shots) {
        yield* define(rows);
        return yield* between(rows, anchors, shots);
      },
      circuit: (features) => map.circuit(features, own),
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

type Rows = readonly Float64Array[];

/** A kernel of a map that is defined. */
interface AskedKernel {
  readonly learn: (...given: Parameters<Kernel['learn']>) => AskedFor<Kernel['learn']>;
  readonly between: (...given: Parameters<Kernel['between']>) => AskedFor<Kernel['between']>;
}

type AskedFor<F extends (...given: never[]) => unknown> = Extract<
  ReturnType<F>,
  Generator<Ask, unknown, Answer>
>;

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
 * The means of training rows are kept, so that only those of other rows are measured later.
 */
function projectedKernel(settings: Settings): AskedKernel {
  return {
    *learn({ train, test }) {
      const { means } = yield* measuredMeans([...train.rows, ...test.rows]);
      const anchors = means.slice(0, train.rows.length);
      const gamma = gammaOf(settings, anchors);
      const gram = kernelBetween(means, anchors, kernelOf({ kernel: 'rbf' }, gamma));
      return { gram, anchors: { rows: anchors, gamma } };
    },
    *between(rows, anchors, shots) {
      const gamma = anchors.gamma ?? 1;
      const { means, stderrs } = yield* measuredMeans(rows);
      const values = kernelBetween(means, anchors.rows, kernelOf({ kernel: 'rbf' }, gamma));
      const size = anchors.rows.length;
      // To first order in the errors of the row's own means, which all of its kernels share.
      const errorOf = (r: number, weights: Float64Array): number => {
        const [mean, errors] = [means[r] as Float64Array, stderrs[r] as Float64Array];
        return Math.hypot(
          ...errors.map((error, k) => {
            const slope = anchors.rows.reduce((sum, anchor, c) => {
              const pull = (weights[c] as number) * (values[r * size + c] as number);
              return sum + pull * ((mean[k] as number) - (anchor[k] as number));
            }, 0);
            return 2 * gamma * slope * meanError(mean[k] as number, error, shots);
          }),
        );
      };
      return { values, errorOf: stderrs.every((row) => areExact(row, shots)) ? null : errorOf };
    },
  };
}

/** X, Y and Z of each qubit of every row's state. */
function* measuredMeans(
  rows: Rows,
): Generator<Ask, { readonly means: Rows; readonly stderrs: Rows }, Answer> {
  const size = 3 * (rows[0]?.length ?? 0);
  const { values, stderrs } = yield* ask({
    kind: 'expectations',
    key: 'map',
    items: rows.length,
    bindings: bindingsOf(rows),
    observables: Array.from({ length: size }, (_, k) => k),
  });
  const cut = (all: Float64Array): Rows =>
    rows.map((_, r) => all.subarray(r * size, (r + 1) * size));
  return { means: cut(values), stderrs: cut(stderrs) };
}

function bindingsOf(rows: Rows): Float64Array {
  const size = rows[0]?.length ?? 0;
  const bindings = new Float64Array(rows.length * size);
  rows.forEach((row, r) => bindings.set(row, r * size));
  return bindings;
}

/** |⟨φ(x)|φ(x')⟩|². */
const overlapKernel: AskedKernel = {
  *learn({ train, test }) {
    const gram = yield* fidelityKernel([...train.rows, ...test.rows], train.rows.length);
    return { gram, anchors: { rows: train.rows, gamma: null } };
  },
  *between(rows, anchors, shots): Generator<Ask, MeasuredKernel, Answer> {
    const size = anchors.rows.length;
    const pairs = rows.flatMap((_, r) => anchors.rows.flatMap((_anchor, c) => [size + r, c]));
    const { values, stderrs } = yield* ask({
      kind: 'overlaps',
      key: 'map',
      items: size + rows.length,
      bindings: bindingsOf([...anchors.rows, ...rows]),
      pairs: Uint32Array.from(pairs),
    });
    // Every pair is measured by itself.
    const errorOf = (r: number, weights: Float64Array): number =>
      Math.hypot(
        ...weights.map((weight, c) => {
          const at = r * size + c;
          return weight * shareError(values[at] as number, stderrs[at] as number, shots);
        }),
      );
    return { values, errorOf: areExact(stderrs, shots) ? null : errorOf };
  },
};

/** K of every row with the first `columns` rows: symmetric among those, 1 on the diagonal. */
export function* fidelityKernel(
  rows: readonly Float64Array[],
  columns: number,
): Generator<Ask, Float64Array, Answer> {
  const below = (r: number): number => Math.min(r, columns);
  const pairs = new Uint32Array(2 * rows.reduce((sum, _, r) => sum + below(r), 0));
  let at = 0;
  for (let r = 0; r < rows.length; r++) {
    for (let c = 0; c < below(r); c++) {
      pairs[at++] = r;
      pairs[at++] = c;
    }
  }
  const answer = yield* ask({
    kind: 'overlaps',
    key: 'map',
    items: rows.length,
    bindings: bindingsOf(rows),
    pairs,
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
