import { AppError } from '#shared/base/errors.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { TrainingRows } from '#shared/problems/views/rows.ts';
import type { AlgorithmInput, Needs } from '../algorithms/algorithm.ts';
import { partNamed } from '../parts.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import type { FeatureMap } from './feature-maps.ts';
import { type Gram, kernelNeeds } from './kernel-machine.ts';
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
];

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
      return yield* fidelityKernel([...train, ...test], train.length);
    },
  };
}

function* defineMap(
  map: FeatureMap,
  features: number,
  settings: Readonly<Record<string, unknown>>,
): Generator<Ask, void, Answer> {
  if (features > maximumFeatures) {
    throw new AppError(
      'too-large',
      `A feature map uses one qubit per feature; ${features} features are too many (at most ${maximumFeatures}). Name fewer in problem.features, or keep fewer components.`,
      { path: 'problem.features' },
    );
  }
  yield { kind: 'define', key: 'map', circuit: map.circuit(features, settings), observables: [] };
}

/** K of every row with the first `columns` rows: symmetric among those, 1 on the diagonal. */
export function* fidelityKernel(
  rows: readonly Float64Array[],
  columns: number,
): Generator<Ask, Float64Array, Answer> {
  const size = rows[0]?.length ?? 0;
  const bindings = new Float64Array(rows.length * size);
  rows.forEach((row, r) => bindings.set(row, r * size));
  const pairs: number[] = [];
  for (let r = 0; r < rows.length; r++)
    for (let c = 0; c < Math.min(r, columns); c++) pairs.push(r, c);
  const answer = yield* ask({
    kind: 'overlaps',
    key: 'map',
    items: rows.length,
    bindings,
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
