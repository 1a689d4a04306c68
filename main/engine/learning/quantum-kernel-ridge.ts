import type { AlgorithmInput } from '../algorithms/algorithm.ts';
import { onKernel, ridgeMachine } from './kernel-machine.ts';
import { kernelRidgeLearner } from './kernel-ridge.ts';
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
  const machine = ridgeMachine(given.settings['alpha'] as number, areClasses);
  return onKernel({ id: 'quantum-kernel-ridge', preprocessing: [], scaling }, kernel, machine);
}

export const quantumKernelRidge = defineLearner({
  id: 'quantum-kernel-ridge',
  title: 'Quantum kernel ridge regression',
  summary:
    'Ridge regression on the kernel of a feature map, beside one on an RBF kernel on the same folds.',
  kind: 'quantum',
  family: 'QSVM',
  parameters: [...quantumKernelParameters, ridgePenalty],
  accuracy: 5e-2,
  asks: kernelQuestions,
  needs: quantumKernelNeeds,
  classes: (given) => learnerOf(given, true),
  values: (given) => learnerOf(given, false),
  baseline: ({ settings }, areClasses) =>
    kernelRidgeLearner({ alpha: settings['alpha'] }, areClasses),
});
