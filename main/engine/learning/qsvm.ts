import { classMachine, onKernel } from './kernel-machine.ts';
import { defineLearner } from './learner-algorithm.ts';
import { weightOfErrors } from './parameters.ts';
import {
  kernelQuestions,
  quantumKernel,
  quantumKernelNeeds,
  quantumKernelParameters,
} from './quantum-kernels.ts';
import { supportVectorClassifier } from './svm.ts';

export const qsvm = defineLearner({
  id: 'qsvm',
  title: 'Quantum kernel SVM',
  summary:
    'A support vector machine on the kernel of a feature map, beside an RBF machine on the same folds.',
  source: 'Havlíček et al. 2019, arXiv:1804.11326',
  kind: 'quantum',
  family: 'QSVM',
  parameters: [...quantumKernelParameters, weightOfErrors],
  isUsual: true,
  asks: kernelQuestions,
  needs: quantumKernelNeeds,
  classes(given) {
    const { scaling, kernel } = quantumKernel(given);
    const machine = classMachine(given.settings['C'] as number);
    return onKernel({ id: 'qsvm', preprocessing: [], scaling }, kernel, machine);
  },
  baseline: ({ settings }) => supportVectorClassifier({ C: settings['C'] }),
});
