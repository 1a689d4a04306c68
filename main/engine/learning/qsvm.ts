import { AppError } from '#shared/base/errors.ts';
import { rowsView } from '#shared/problems/views/rows.ts';
import { learner } from '#shared/results/kinds/learner.ts';
import { type AlgorithmInput, defineAlgorithm } from '../algorithms/algorithm.ts';
import { partNamed } from '../parts.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { classificationRun, type KernelLearner, kernelNeeds } from './cross-validation.ts';
import { rbfLearner } from './rbf-learner.ts';
import { fitUnitRange } from './scaling.ts';

/** More features need more qubits than a laptop simulates in a kernel's time. */
const maximumFeatures = 16;
const bytesPerAmplitude = 16;

export const qsvm = defineAlgorithm({
  id: 'qsvm',
  title: 'Quantum kernel SVM',
  summary:
    'A support vector machine on the fidelity kernel of a feature map, beside an RBF machine on the same folds.',
  source: 'Havlíček et al. 2019, arXiv:1804.11326',
  kind: 'quantum',
  takes: rowsView,
  result: learner,
  steps: { name: 'folds', areCourse: false },
  parameters: [
    {
      kind: 'member',
      id: 'featureMap',
      title: 'Feature map',
      help: 'How a row of features becomes a quantum state.',
      registry: 'feature-map',
      default: { id: 'zz' },
    },
    {
      kind: 'number',
      id: 'C',
      title: 'C',
      help: 'Weight of training errors; larger fits the training rows more closely.',
      default: 1,
      min: 0,
      exclusiveMin: true,
    },
  ],
  isUsual: true,
  canPause: true,
  asks: () => ['overlaps'],
  // The states of all rows are kept while their overlaps are taken.
  needs: (data) => ({
    ...kernelNeeds(data),
    qubits: data.features.length,
    answerBytes: data.labels.length * bytesPerAmplitude * 2 ** data.features.length,
  }),
  *run(input) {
    const machine = quantumLearner(input);
    const baseline = rbfLearner({ kernel: 'rbf', C: input.settings['C'] });
    return yield* classificationRun(input, machine, baseline);
  },
});

function quantumLearner({
  settings,
  parts,
}: Pick<AlgorithmInput, 'settings' | 'parts'>): KernelLearner {
  const { id, ...own } = settings['featureMap'] as { readonly id: string };
  const map = partNamed(parts.featureMaps, id);
  let defined = false;
  return {
    id: 'qsvm',
    C: settings['C'] as number,
    *gram(train, test) {
      const features = train[0]?.length ?? 0;
      if (features > maximumFeatures) {
        throw new AppError(
          'too-large',
          `A feature map uses one qubit per feature; ${features} features are too many (at most ${maximumFeatures}). Name fewer in problem.features.`,
          { path: 'problem.features' },
        );
      }
      if (!defined)
        yield { kind: 'define', key: 'map', circuit: map.circuit(features, own), observables: [] };
      defined = true;
      const scale = fitUnitRange(train);
      const rows = [...train, ...test].map(scale);
      return yield* fidelityKernel(rows, train.length);
    },
  };
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
