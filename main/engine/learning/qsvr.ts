import { onKernel, valueMachine } from './kernel-machine.ts';
import { defineLearner } from './learner-algorithm.ts';
import { tube, weightOfErrors } from './parameters.ts';
import {
  kernelQuestions,
  quantumKernel,
  quantumKernelNeeds,
  quantumKernelParameters,
} from './quantum-kernels.ts';
import { supportVectorRegressor } from './svr.ts';

export const qsvr = defineLearner({
  id: 'qsvr',
  title: 'Quantum kernel SVR',
  summary:
    'Support vector regression on the kernel of a feature map, beside an RBF machine on the same folds.',
  kind: 'quantum',
  family: 'QSVM',
  parameters: [...quantumKernelParameters, weightOfErrors, tube],
  isUsual: true,
  accuracy: 2e-2,
  asks: kernelQuestions,
  needs: quantumKernelNeeds,
  values(given) {
    const { scaling, kernel } = quantumKernel(given);
    const { C, epsilon } = given.settings as { readonly C: number; readonly epsilon: number };
    return onKernel({ id: 'qsvr', preprocessing: [], scaling }, kernel, valueMachine(C, epsilon));
  },
  baseline: ({ settings }) =>
    supportVectorRegressor({ C: settings['C'], epsilon: settings['epsilon'] }),
});
