import type { Settings } from '../algorithms/algorithm.ts';
import { classicalKernel } from './classical-kernel.ts';
import { kernelNeeds, onKernel, ridgeMachine } from './kernel-machine.ts';
import { kernelParameters } from './kernels.ts';
import { type Learner, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { ridgePenalty } from './parameters.ts';

/** Ridge regression in the space of a classical kernel. */
export function kernelRidgeLearner(settings: Settings, areClasses: boolean): Learner {
  return onKernel(
    { id: 'kernel-ridge', preprocessing: standardised },
    classicalKernel(settings),
    ridgeMachine(settings['alpha'] as number, areClasses),
  );
}

export const kernelRidge = defineLearner({
  id: 'kernel-ridge',
  title: 'Kernel ridge regression',
  summary: 'Least squares with a penalty in the space of a kernel, without an intercept.',
  kind: 'classical',
  parameters: [ridgePenalty, ...kernelParameters],
  accuracy: 2e-2,
  needs: kernelNeeds,
  classes: ({ settings }) => kernelRidgeLearner(settings, true),
  values: ({ settings }) => kernelRidgeLearner(settings, false),
});
