import type { Settings } from '../algorithms/algorithm.ts';
import { classicalKernel } from './classical-kernel.ts';
import { kernelNeeds, onKernel, valueMachine } from './kernel-machine.ts';
import { kernelParameters } from './kernels.ts';
import { type Learner, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { tube, weightOfErrors } from './parameters.ts';

/** ε-SVR on a classical kernel. */
export function supportVectorRegressor(settings: Settings): Learner {
  return onKernel(
    { id: 'svr', preprocessing: standardised },
    classicalKernel(settings),
    valueMachine(settings['C'] as number, settings['epsilon'] as number),
  );
}

export const svr = defineLearner({
  id: 'svr',
  title: 'Support vector regression',
  summary: 'Values within a tube by support vectors (LIBSVM), the baseline of quantum regression.',
  kind: 'classical',
  parameters: [weightOfErrors, tube, ...kernelParameters],
  // A tube of 0.1 is left around every value.
  accuracy: 2e-2,
  needs: kernelNeeds,
  values: ({ settings }) => supportVectorRegressor(settings),
});
