import type { AlgorithmInput } from '../algorithms/algorithm.ts';
import { kernelRidgeLearner } from './kernel-ridge.ts';
import { landmarksParameter, ridgeOnKernel } from './landmarks.ts';
import type { Learner } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { ridgePenalty } from './parameters.ts';
import {
  kernelQuestions,
  quantumKernel,
  quantumKernelNeeds,
  quantumKernelParameters,
} from './quantum-kernels.ts';

function learnerOf(
  given: Pick<AlgorithmInput, 'settings' | 'parts'>,
  areClasses: boolean,
): Learner {
  const { scaling, kernel } = quantumKernel(given);
  const head = { id: 'quantum-kernel-ridge', preprocessing: [], scaling };
  return ridgeOnKernel(head, kernel, {
    landmarks: given.settings['landmarks'] as number | undefined,
    alpha: given.settings['alpha'] as number,
    areClasses,
  });
}

export const quantumKernelRidge = defineLearner({
  id: 'quantum-kernel-ridge',
  title: 'Quantum kernel ridge regression',
  summary:
    'Ridge regression on the kernel of a feature map, beside one on an RBF kernel on the same folds.',
  kind: 'quantum',
  family: 'QSVM',
  parameters: [...quantumKernelParameters, ridgePenalty, landmarksParameter],
  accuracy: 5e-2,
  asks: kernelQuestions,
  needs(data, { landmarks }) {
    const needs = quantumKernelNeeds(data);
    const share = ((landmarks as number | undefined) ?? Infinity) / data.rows.length;
    return share >= 1 ? needs : { ...needs, ownBytes: share * needs.ownBytes };
  },
  classes: (given) => learnerOf(given, true),
  values: (given) => learnerOf(given, false),
  baseline: ({ settings }, areClasses) =>
    kernelRidgeLearner({ alpha: settings['alpha'] }, areClasses),
});
